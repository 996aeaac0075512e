import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/crossdock.ts';
import { changeFile, mapFolder } from '../support/map-folder.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const CANCELLED = 'maps/x12/940/tests/an-order-cancelled.json';
const EVENT = {
  type: 'logistics.warehouse-order.released.v1',
  data: { depositorOrder: 'DO-1', lines: [{ quantity: 3, uom: 'each', sku: 'S1' }] },
};

describe('crossdock map test', function () {
  this.timeout(30_000);
  const folder = tempFolder();
  const test = (words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
    run(['map', 'test', ...words], { cwd: folder(), env });

  beforeEach(() => mapFolder(folder(), 'x12/940'));

  it('runs the tests of every map, and tells what no rule reads and how much the rules know', async () => {
    const { code, stdout, stderr } = await test();
    assert.deepEqual([code, stderr], [0, '13 tests ok.\n']);
    assert.match(stdout, /^x12\/940@1\.0\.0\n {2}ok {5}a new order of three lines\n/);
    assert.match(stdout, /\n {2}no rule reads W6603, W0113 of 940 0001 in "a new order of three lines"\n/);
    assert.match(stdout, /\n {2}13 of 13 tests ok; its rules know \d+ of \d+ elements \(9\d\.\d %\)\n$/);
  });

  it('names a field that differs with the rule that fills it, and ends with 1', async () => {
    changeFile(folder(), CANCELLED, '"purchaseOrder": "PO-88123"', '"purchaseOrder": "PO-88124"');
    const { code, stdout, stderr } = await test(['x12/940@1.0.0']);
    assert.deepEqual([code, stderr], [1, '1 of 13 tests failed.\n']);
    assert.match(
      stdout,
      /FAILED an order cancelled\n +events\/0\/data\/purchaseOrder: expected "PO-88124", got "PO-88123" \(maps\/x12\/940\/1\.0\.0\.yaml:\d+\)\n/,
    );
  });

  it('names the rule of a field that is missing, and findings that nobody expected', async () => {
    changeFile(folder(), CANCELLED, '"data": {', '"data": { "loadNumber": "L-1",');
    rmSync(join(folder(), 'maps/x12/940/tests/no-beginning.findings.txt'));
    const { code, stdout } = await test();
    assert.equal(code, 1);
    assert.match(stdout, /events\/0\/data\/loadNumber: expected "L-1", got nothing/);
    assert.match(stdout, /FAILED no beginning\n +findings\/1: expected nothing, got "[A-Z_]+ rejected /);
  });

  for (const [how, words, env] of [
    ['--update', ['--update'], {}],
    ['UPDATE=1', [], { UPDATE: '1' }],
  ] as const) {
    it(`writes what is expected anew with ${how}, and names the files`, async () => {
      const before = readFileSync(join(folder(), CANCELLED), 'utf8');
      changeFile(folder(), CANCELLED, '"purchaseOrder": "PO-88123"', '"purchaseOrder": "PO-88124"');
      const { code, stdout } = await test(words, env);
      assert.equal(code, 0);
      assert.deepEqual(stdout.match(/\S+ written anew/g), [`${CANCELLED} written anew`]);
      assert.equal(readFileSync(join(folder(), CANCELLED), 'utf8'), before);
    });
  }

  it('writes events beside the map, and compares the document or the findings', async () => {
    const tests = 'maps/x12/940/tests';
    const long = { ...EVENT, data: { ...EVENT.data, depositorOrder: 'D'.repeat(30) } };
    await writeFiles(folder(), {
      [`${tests}/one-line.write.json`]: JSON.stringify(EVENT),
      [`${tests}/a-number-too-long.write.json`]: JSON.stringify(long),
    });
    assert.match((await test()).stdout, /FAILED one line\n +document\/1: expected nothing, got "ISA\*/);
    assert.equal((await test(['--update'])).code, 0);
    const document = readFileSync(join(folder(), `${tests}/one-line.write.edi`), 'utf8');
    assert.match(document, /~\nW05\*N\*DO-1~\nLX\*1~\nW01\*3\*EA\*\*VN\*S1~\n/);
    const findings = readFileSync(join(folder(), `${tests}/a-number-too-long.write.findings.txt`), 'utf8');
    assert.match(findings, /^MAP_WRITE_VALUE rejected data\/depositorOrder /);
    assert.equal((await test()).code, 0);
    changeFile(folder(), `${tests}/one-line.write.edi`, 'W01*3*', 'W01*4*');
    assert.match(
      (await test()).stdout,
      /FAILED one line\n +document\/\d: expected "W01\*4\*EA\*\*VN\*S1~", got "W01\*3\*/,
    );
  });

  it('gives the same as JSON', async () => {
    changeFile(folder(), CANCELLED, '"purchaseOrder": "PO-88123"', '"purchaseOrder": "PO-88124"');
    const { code, stdout } = await test(['--json']);
    assert.equal(code, 1);
    const [report] = JSON.parse(stdout);
    assert.equal(report.map, 'x12/940@1.0.0');
    assert.ok(report.coverage.known < report.coverage.elements);
    const failed = report.tests.filter(({ ok }: { ok: boolean }) => !ok);
    assert.deepEqual(
      failed.map(({ name, differences }: { name: string; differences: { field: string; expected: string }[] }) => [
        name,
        differences.map(({ field, expected }) => [field, expected]),
      ]),
      [['an order cancelled', [['events/0/data/purchaseOrder', 'PO-88124']]]],
    );
  });

  it('ends with 1 for a map that is not there or has no test', async () => {
    const { code, stderr } = await test(['x12/941']);
    assert.equal(code, 1);
    assert.match(stderr, /MAP_NOT_FOUND there is no map "x12\/941"\. Did you mean "x12\/940"\?/);
    rmSync(join(folder(), 'maps/x12/940/tests'), { recursive: true });
    const untested = await test();
    assert.equal(untested.code, 1);
    assert.match(untested.stderr, /x12\/940@1\.0\.0 has no test\. Put a document into maps\/x12\/940\/tests\/\./);
  });
});
