import assert from 'node:assert/strict';
import { inspectItems } from '../../src/edi/inspect.ts';
import { readAll } from '../../src/edi/read.ts';
import { bytes, gs, isa, st } from './support/x12.ts';

describe('the inspection of a file', () => {
  it('tells interchanges, groups and documents with their bytes', () => {
    const first = isa(
      { repetition: '^', version: '00501', usage: 'T' },
      gs('SH', st('856', 'BSN*00'), st('856')),
      gs('QM'),
    );
    const second = isa({ controlNumber: '000000002', segment: '\n' }, 'TA1*1');
    const at = (tag: string, from = 0): number => first.indexOf(tag, from);
    const { interchanges, findings } = inspectItems(readAll(bytes(`${first}\n${second}`)));
    assert.deepEqual(findings, []);
    assert.deepEqual(interchanges[0], {
      standard: 'x12',
      version: '00501',
      sender: { qualifier: 'ZZ', id: 'SENDER' },
      receiver: { qualifier: 'ZZ', id: 'RECEIVER' },
      controlNumber: '000000001',
      test: true,
      delimiters: { element: '*', component: ':', repetition: '^', segment: '~', release: null },
      bytes: [0, first.length],
      groups: [
        {
          code: 'SH',
          version: '004010',
          controlNumber: '1',
          implicit: false,
          transactionSets: [
            {
              type: '856',
              release: '004010',
              controlNumber: '0001',
              segments: 3,
              bytes: [at('ST'), at('ST*856*0002')],
            },
            {
              type: '856',
              release: '004010',
              controlNumber: '0002',
              segments: 2,
              bytes: [at('ST*856*0002'), at('GE')],
            },
          ],
        },
        { code: 'QM', version: '004010', controlNumber: '2', implicit: false, transactionSets: [] },
      ],
    });
    assert.deepEqual(interchanges[1]?.bytes, [first.length + 1, first.length + 1 + second.length]);
    assert.deepEqual(interchanges[1]?.groups, []);
    assert.equal(interchanges[1]?.delimiters.segment, '\n');
  });

  it('passes the findings on', () => {
    const finding = {
      code: 'NOT_EDI',
      severity: 'rejected',
      path: '',
      position: { byte: 0 },
      text: 'The bytes begin no interchange.',
      remedy: 'Send an interchange.',
    } as const;
    assert.deepEqual(inspectItems(readAll(bytes('hello')), [finding]), { interchanges: [], findings: [finding] });
  });
});
