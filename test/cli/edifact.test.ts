import assert from 'node:assert/strict';
import type { Finding } from '../../src/edi/finding.ts';
import type { Inspection } from '../../src/edi/inspect.ts';
import type { CanonicalEvent } from '../../src/events/types.ts';
import { una, unb, ung, unh } from '../edi/support/edifact.ts';
import { jsonLines, run } from '../support/crossdock.ts';

/** No directory has this message. */
const message = unh({ type: 'NOSUCH', version: 'D:01B:UN:EAN007' }, "FTX+AAI+++IT?'S \xe9");
const FILE = una() + unb({ syntax: 'UNOC:3', sender: '4012345000009:14', reference: '0X7', rest: '++++++1' }, message);

describe('crossdock on EDIFACT', () => {
  it('inspects it, in the published shape', async () => {
    const { code, stdout } = await run(['inspect', '-', '--json'], { input: FILE });
    assert.equal(code, 0);
    const { interchanges }: Inspection = JSON.parse(stdout);
    // The accented letter is two bytes on standard input.
    const bytes = [FILE.indexOf('UNH'), FILE.indexOf('UNZ') + 1];
    assert.deepEqual(interchanges, [
      {
        standard: 'edifact',
        version: 'UNOC:3',
        sender: { qualifier: '14', id: '4012345000009' },
        receiver: { qualifier: '14', id: 'RECEIVER' },
        controlNumber: '0X7',
        test: true,
        delimiters: { element: '+', component: ':', repetition: null, segment: "'", release: '?' },
        bytes: [0, FILE.length + 1],
        groups: [
          {
            code: '',
            version: '',
            controlNumber: '',
            implicit: true,
            transactionSets: [{ type: 'NOSUCH', release: 'D01B', controlNumber: '1', segments: 3, bytes }],
          },
        ],
      },
    ]);
  });

  it('shows a person its segments without release characters, and its groups', async () => {
    const { stdout } = await run(['inspect', '-', '--segments'], { input: FILE });
    assert.match(stdout, /^edifact UNOC:3 interchange 0X7 \(test\): /);
    assert.match(stdout, /^ {2}no group$/m);
    assert.match(stdout, /^ +2 {2}FTX \| AAI \| {2}\| {2}\| IT'S é$/m);
    const grouped = await run(['inspect', '-'], { input: unb({}, ung('NOSUCH', message)) });
    assert.match(grouped.stdout, /^ {2}group NOSUCH 1, D:96A$/m);
  });

  it('validates its envelope', async () => {
    const { code, stdout } = await run(['validate', '-', '--json'], { input: FILE });
    const { accepted, findings }: { accepted: boolean; findings: readonly Finding[] } = JSON.parse(stdout);
    assert.deepEqual([code, accepted, findings.map((found) => found.code)], [0, true, ['SET_UNKNOWN']]);
    const wrong = await run(['validate', '-', '--json'], {
      input: FILE.replace('UNT+3', 'UNT+4').replace('+0X7', '+'),
    });
    const found: { findings: readonly Finding[] } = JSON.parse(wrong.stdout);
    assert.equal(wrong.code, 3);
    const codes = found.findings.map(({ code: name, ack }) => `${name} ${ack?.contrl ?? ''}`.trim());
    assert.deepEqual(codes, [
      'SET_COUNT_WRONG 29',
      'SET_UNKNOWN 14',
      'INTERCHANGE_HEADER_ELEMENT 13',
      'INTERCHANGE_CONTROL_DIFFERS 28',
    ]);
  });

  it('tells a message that no map reads as document-received', async () => {
    const { code, stdout } = await run(['translate', '-'], { input: FILE });
    const [event, ...others] = jsonLines<CanonicalEvent>(stdout);
    assert.deepEqual([code, others], [0, []]);
    assert.equal(event?.type, 'logistics.exchange.document-received.v1');
  });
});
