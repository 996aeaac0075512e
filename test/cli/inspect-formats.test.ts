import assert from 'node:assert/strict';
import { run } from '../support/crossdock.ts';

/** What `crossdock inspect - --json` prints of an input, and how it ends. */
async function inspect(input: string): Promise<readonly [code: number | null, inspection: unknown]> {
  const { code, stdout } = await run(['inspect', '-', '--json'], { input });
  return [code, JSON.parse(stdout)];
}

describe('crossdock inspect of a file without interchanges', () => {
  it('says as JSON what XML, JSON and CSV are', async () => {
    for (const [input, expected] of [
      ['<Loads><Load/>\n<Load/></Loads>', { format: 'xml', root: 'Loads', records: 2, bytes: 30, findings: [] }],
      ['[{"a":1},{"a":2}]', { format: 'json', root: 'list', records: 2, bytes: 17, findings: [] }],
      ['{"a":1,"b":2,"c":3}', { format: 'json', root: 'object', records: 3, bytes: 19, findings: [] }],
      ['a,b\n1,2\n3,4\n', { format: 'csv', columns: ['a', 'b'], records: 2, bytes: 12, findings: [] }],
    ] as const) {
      assert.deepEqual(await inspect(input), [0, expected]);
    }
  });

  it('ends with 3 when the document cannot be read, and says why', async () => {
    const { code, stdout } = await run(['inspect', '-'], { input: '<Loads>\n<Load></Loads>' });
    assert.equal(code, 3);
    assert.deepEqual(stdout.split('\n'), [
      'xml (unreadable), 0 records, 22 bytes',
      'rejected FORMAT_SYNTAX xml/Loads/Load "</Loads>" (byte 14)',
      '  The element Load is closed by another name. The partner corrects the document and sends it again.',
      '',
    ]);
  });

  it('shows a person the columns and what is wrong with records, without control characters', async () => {
    const { code, stdout } = await run(['inspect', '-'], { input: 'item,"na\u009bme"\n1,2\n3,4,5\n' });
    assert.equal(code, 0);
    assert.match(stdout, /^csv with 2 columns, 2 records, 24 bytes\n {2}column 1: item\n {2}column 2: na\\x9bme\n/);
    assert.match(stdout, /FORMAT_RECORD_RAGGED csv\/record\[2\] "3 cells"/);
    assert.ok(!stdout.includes('\u009b'));
  });

  it('keeps a thousand findings and counts the others', async () => {
    const [code, inspection] = await inspect(`a,b\n${'1,2\n'.repeat(9)}${'1\n'.repeat(1500)}1,"`);
    assert.equal(code, 3);
    const { findings, records }: { findings: readonly { code: string; value: string }[]; records: number } = JSON.parse(
      JSON.stringify(inspection),
    );
    assert.deepEqual(
      [records, findings.length, findings.at(-2)?.code, findings.at(-1)?.code, findings.at(-1)?.value],
      [1509, 1002, 'FORMAT_TRUNCATED', 'FINDINGS_CUT', '500'],
    );
  });
});
