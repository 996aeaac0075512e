import assert from 'node:assert/strict';
import { globSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { PurgeReport } from '../../src/inbound/purge.ts';
import { run } from '../support/crossdock.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

const EVERYTHING = ['ledger', 'purge', '--before', '2099-01-01'] as const;

describe('purging on a gateway', function () {
  this.timeout(60_000);
  let place: Place;
  let gateway: GatewayProcess;

  before(async () => {
    place = await createPlace();
    gateway = await startGateway(place);
    for (const number of [1, 2, 3]) {
      await place.drop('warehouse', `${number}.edi`, fromWarehouse(number, shippingAdvice(number)));
    }
    await gateway.settled('1.edi', '2.edi', '3.edi');
    const [yesterday] = [new Date(Date.now() - 86_400_000)];
    for (const path of blobs()) utimesSync(join(place.data, path), yesterday, yesterday);
  });
  after(async () => {
    await gateway.kill9();
    place.remove();
  });

  const blobs = () => globSync('archive/??/*', { cwd: place.data });
  async function balanced(): Promise<void> {
    const { code, stdout } = await place.run('ledger', 'check', '--bytes');
    assert.equal(code, 0, stdout);
  }

  it('shows first what would go, by the gateway that runs', async () => {
    const { code, stdout } = await place.run(...EVERYTHING, '--dry-run', '--json');
    assert.equal(code, 0);
    const { events, bytes, removed }: PurgeReport = JSON.parse(stdout);
    assert.deepEqual([events.events, bytes.files, removed], [3, 3, 0]);
    assert.equal((await gateway.events()).length, 3);
    const { stdout: text } = await place.run(...EVERYTHING, '--dry-run', '--only', 'events');
    assert.equal(text, 'events     3 of 3 files\n');
  });

  for (const [point, left] of [
    ['purge.before_remove', 3],
    ['purge.before_note', 0],
  ] as const) {
    it(`may be killed at ${point}, and goes on the next time`, async () => {
      await gateway.stop();
      const env = { ...place.env, NODE_ENV: 'test', FAILPOINTS: `${point}=kill` };
      const killed = await run([...EVERYTHING, '--only', 'bytes'], { cwd: place.config, env });
      assert.notEqual(killed.code, 0, killed.stdout);
      assert.equal(blobs().length, left);
      await balanced();
      gateway = await startGateway(place);
    });
  }

  it('removes the rest, and tells so', async () => {
    const { stdout } = await place.run(...EVERYTHING);
    assert.equal(
      stdout,
      'events     3 of 3 files\ndocuments  3 of 3 files\nbytes      0 of 0 files, 3 blobs removed\n',
    );
    assert.equal((await place.run(...EVERYTHING)).stdout.split('\n')[1], 'documents  0 of 0 files');
    await balanced();
    const [file] = await gateway.files();
    await assert.rejects(gateway.text(`/v1/files/${file?.id}/raw`), /410.*BYTES_PURGED/);
    assert.match((await place.run('audit', 'list')).stdout, /operator ledger\.purged/);
    assert.equal((await place.run('ledger', 'purge')).code, 2);
  });
});
