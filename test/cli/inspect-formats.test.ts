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
      [
        '<Loads><Load/>\n<Load/></Loads>',
        { format: 'xml', root: 'Loads', paths: [{ path: 'Load', count: 2 }], records: 2, bytes: 30, findings: [] },
      ],
      [
        '[{"a":1},{"a":2}]',
        {
          ...{ format: 'json', root: 'list', paths: [{ path: 'a', count: 2, example: '1' }] },
          ...{ records: 2, bytes: 17, findings: [] },
        },
      ],
      ['a,b\n1,2\n3,4\n', { format: 'csv', columns: ['a', 'b'], records: 2, bytes: 12, findings: [] }],
    ] as const) {
      assert.deepEqual(await inspect(input), [0, expected]);
    }
  });

  it('shows a person what there is, where, how often, and one of it', async () => {
    const { stdout } = await run(['inspect', '-'], {
      input: '<Loads><Load id="7"><Stop>Reno</Stop><Stop>Elko</Stop></Load></Loads>',
    });
    assert.deepEqual(stdout.split('\n'), [
      'xml Loads, 1 record, 69 bytes',
      '  Load       1',
      '  Load/@id   1  "7"',
      '  Load/Stop  2  "Reno"',
      '',
    ]);
  });

  it('says when there are more paths than it shows', async () => {
    const keys = Array.from({ length: 501 }, (_, index) => `"k${index}":1`).join();
    const { stdout } = await run(['inspect', '-'], { input: `{${keys}}` });
    assert.deepEqual(stdout.trimEnd().split('\n').slice(-2), [
      '  k499  1  "1"',
      '  More paths are not shown: names seem to be data here.',
    ]);
  });

  it('ends with 3 when the document cannot be read, and says why', async () => {
    const { code, stdout } = await run(['inspect', '-'], { input: '<Loads>\n<Load></Loads>' });
    assert.equal(code, 3);
    assert.deepEqual(stdout.split('\n'), [
      'xml (unreadable), 0 records, 22 bytes',
      'rejected FORMAT_SYNTAX xml/Loads/Load "</Loads>" (byte 14)',
      '  The element Load is closed by another name. Expected: </Load>. The partner corrects the document and sends it again.',
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
