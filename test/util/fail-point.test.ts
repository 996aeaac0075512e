import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { armFailPoints, FAIL_POINTS, failPoints } from '../../src/util/fail-point.ts';
import { CHECKOUT, CROSSDOCK, run } from '../support/crossdock.ts';
import { sourceFiles } from '../support/source-files.ts';

const test = (FAILPOINTS: string) => armFailPoints({ NODE_ENV: 'test', FAILPOINTS });

describe('fail points', () => {
  it('are none unless a test armed them', () => {
    const FAILPOINTS = 'work.after_claim=throw:EIO';
    assert.equal(failPoints, null);
    for (const NODE_ENV of [undefined, '', 'production', 'development', 'Test']) {
      assert.equal(armFailPoints({ NODE_ENV, FAILPOINTS }), null);
    }
    assert.equal(test(''), null);
    assert.notEqual(test(FAILPOINTS), null);
  });

  it('throw with the code that was asked for, each time or at the time that was', () => {
    const always = test('work.after_claim=throw:ECONNRESET@*');
    for (let time = 0; time < 3; time++) {
      assert.throws(() => always?.reach('work.after_claim'), { code: 'ECONNRESET' });
    }
    const third = test('work.after_claim=throw:EIO@3;ingest.spool=throw:ENOSPC');
    third?.reach('work.after_claim');
    third?.reach('work.after_claim');
    assert.throws(() => third?.reach('work.after_claim'), { code: 'EIO' });
    third?.reach('work.after_claim');
    assert.throws(() => third?.reach('ingest.spool'), { code: 'ENOSPC' });
  });

  it('fail for one subject alone', () => {
    const points = test('work.before_translate[000000007]=throw:EPOISON');
    points?.reach('work.before_translate', '000000008');
    assert.throws(() => points?.reach('work.before_translate', '000000007'), { code: 'EPOISON' });
  });

  it('wait, or keep the thread busy', async () => {
    const points = test('pool.acquire=delay:20;work.after_claim=spin:20');
    const began = performance.now();
    await points?.reach('pool.acquire');
    assert.equal(points?.reach('work.after_claim'), undefined);
    assert.ok(performance.now() - began >= 38);
  });

  for (const text of ['work.after_claim', 'work.nowhere=kill', 'work.after_claim=explode', 'work.after_claim=kill@x']) {
    it(`refuse "${text}" and name those there are`, () => {
      assert.throws(() => test(text), /ingest\.spool/);
    });
  }

  it('end a process of a test with kill -9, and nothing of a process in production', async () => {
    const folder = join(CHECKOUT, 'src/util/fail-point.ts');
    const script = `const { failPoints } = await import(${JSON.stringify(folder)});
      await failPoints?.reach('work.after_claim'); console.log('alive');`;
    const reach = (NODE_ENV: string) =>
      run(['--input-type=module', '-e', script], {
        command: process.execPath,
        env: { NODE_ENV, FAILPOINTS: 'work.after_claim=kill' },
      });
    assert.deepEqual((await reach('test')).code, null);
    assert.equal((await reach('production')).stdout, 'alive\n');
  });

  it('do nothing to a command in production', async () => {
    const answer = await run(['--version'], {
      command: CROSSDOCK,
      env: { FAILPOINTS: 'nonsense', NODE_ENV: 'production' },
    });
    assert.equal(answer.code, 0, answer.stderr);
  });

  it('are each reached at one place at least, and no other is', () => {
    const reached = sourceFiles('src').flatMap(({ text }) =>
      [...text.matchAll(/\.reach\('([^']+)'/g)].map(([, name]) => name ?? ''),
    );
    assert.deepEqual([...new Set(reached)].sort(), Object.keys(FAIL_POINTS).sort());
  });

  it('are listed in docs/operations.md with what is true there', () => {
    const page = readFileSync(join(CHECKOUT, 'docs/operations.md'), 'utf8');
    const section = page.slice(page.indexOf('## What faults do'));
    const listed = [...section.matchAll(/^\| `([a-z0-9]+\.[a-z_]+)` \| (.*) \|$/gm)].map(([, name, says]) => [
      name,
      says,
    ]);
    assert.deepEqual(listed, Object.entries(FAIL_POINTS));
  });
});
