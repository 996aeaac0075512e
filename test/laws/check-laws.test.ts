import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { checkLaws } from './check-laws.ts';

describe('npm run laws', function () {
  this.timeout(300_000);

  it('tells the seed, each map as it is done, and how many keep the law', async () => {
    const index = new URL('./index.ts', import.meta.url).pathname;
    const wanted = ['--events', '20', '--seed', '7', 'csv/orders'];
    const command = spawn(process.execPath, [index, ...wanted], { stdio: ['ignore', 'ignore', 'pipe'] });
    const [told, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
    assert.match(told, /^Seed 7: 20 events for each of 1 maps, in 1 threads\.$/m);
    assert.match(told, /^1\/1 {2}holds {3}csv\/orders@1\.0\.0 {2}[0-9]+ kept.* {2}[0-9]+ s$/m);
    assert.match(told, /^1 of 1 maps keep the law, [0-9.]+ minutes, seed 7\.$/m);
    assert.equal(code, 0);
  });

  it('begins no further map once it is ended', async () => {
    const { reports, end } = checkLaws(['x12/990@1.0.0', 'x12/846@1.0.0', 'csv/orders@1.0.0'], 100_000, 1);
    await end();
    for (const { report } of reports) await assert.rejects(report, /ended/);
  });
});
