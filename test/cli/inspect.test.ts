import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Inspection } from '../../src/edi/inspect.ts';
import { gs, isa, st } from '../edi/support/x12.ts';
import { CHECKOUT, run } from '../support/crossdock.ts';

const FILE = 'partners/demo-3pl/samples/945-short-shipped.edi';

describe('crossdock inspect', () => {
  it('says as JSON what a file is, in the published shape', async () => {
    const text = await readFile(join(CHECKOUT, FILE), 'latin1');
    const { code, stdout } = await run(['inspect', FILE, '--json']);
    assert.equal(code, 0);
    const document: readonly [number, number] = [text.indexOf('ST*'), text.indexOf('GE*') - 1];
    assert.deepEqual(JSON.parse(stdout), {
      interchanges: [
        {
          standard: 'x12',
          version: '00401',
          sender: { qualifier: 'ZZ', id: 'DEMO3PL' },
          receiver: { qualifier: 'ZZ', id: 'CROSSDOCK' },
          controlNumber: '000001004',
          test: false,
          delimiters: { element: '*', component: ':', repetition: null, segment: '~', release: null },
          bytes: [0, text.lastIndexOf('~') + 1],
          groups: [
            {
              code: 'SW',
              version: '004010',
              controlNumber: '1004',
              implicit: false,
              transactionSets: [
                { type: '945', release: '004010', controlNumber: '0001', segments: 20, bytes: document },
              ],
            },
          ],
        },
      ],
      findings: [],
    });
  });

  it('reads standard input, with other delimiters and several interchanges', async () => {
    const first = isa({ usage: 'T', element: '|', component: '>', segment: '\n' }, gs('IB', st('846', 'BIA*00')));
    const second = isa({ controlNumber: '000000002' }, gs('SH'), gs('PO', st('850'), st('850')));
    const { code, stdout } = await run(['inspect', '-', '--json'], { input: `${first}\r\n${second}` });
    assert.equal(code, 0);
    const { interchanges }: Inspection = JSON.parse(stdout);
    assert.deepEqual(
      interchanges.map(({ test, delimiters, groups, bytes }) => [
        test,
        delimiters.element,
        delimiters.segment,
        groups.map((group) => group.transactionSets.length),
        bytes,
      ]),
      [
        [true, '|', '\n', [1], [0, first.length]],
        [false, '*', '~', [0, 2], [first.length + 2, first.length + 2 + second.length]],
      ],
    );
  });

  it('shows a person every segment on a line of its own', async () => {
    const { stdout } = await run(['inspect', FILE, '--segments']);
    assert.match(stdout, /^x12 00401 interchange 000001004: ZZ\/DEMO3PL -> ZZ\/CROSSDOCK, bytes 0-/);
    assert.match(stdout, /^ +14 {2}W12 \| CP \| 30 \| 24 \| 6 \| EA/m);
  });

  it('ends with 3 when there is no interchange, and says why', async () => {
    for (const [input, reason] of [
      ['', 'EMPTY_FILE'],
      ['hello', 'NOT_EDI'],
    ] as const) {
      const { code, stdout } = await run(['inspect', '-', '--json'], { input });
      const { interchanges, findings }: Inspection = JSON.parse(stdout);
      assert.deepEqual([code, interchanges, findings.at(-1)?.code], [3, [], reason]);
    }
  });

  it('prints no control characters of a document to the terminal', async () => {
    const input = isa({}, gs('IB', st('846', 'BIA*\u001b[2J\u0007*DD')));
    const { stdout } = await run(['inspect', '-', '--segments'], { input });
    assert.match(stdout, /\\x1b\[2J\\x07/);
    assert.ok(!stdout.includes('\u001b'));
  });
});
