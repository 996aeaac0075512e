import assert from 'node:assert/strict';
import { findingLines } from '../../src/cli/findings-table.ts';
import { findingsOf } from '../edi/support/check.ts';
import { bytes, gs, isa, st } from '../edi/support/x12.ts';

const linesOf = (...segments: readonly string[]): readonly string[] =>
  findingsOf(bytes(isa({}, gs('SH', st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S', ...segments))))).map(
    findingLines,
  );

describe('A finding for people', () => {
  it('says where and with which codes it is acknowledged, what was expected, and what to do', () => {
    assert.deepEqual(linesOf('REF*B*1'), [
      [
        'accepted-with-errors ELEMENT_TOO_SHORT 856/HL[1]/REF/01 "B" (segment 4, byte 204) [AK403 4, 0085 40]',
        '  REF01: the value is too short (element 128). Expected: 2 to 3 characters. The document was taken; the partner mends the next ones.',
      ].join('\n'),
    ]);
  });

  it('does not say twice what was expected', () => {
    const [line = ''] = linesOf('SN1**1*EA', 'SN1**2*EA');
    assert.match(line, /Segment SN1 occurs more than once here\. Expected: at most 1\. The partner/);
    const wrong = isa({}, gs('SH', st({ type: '856', count: 9 }, 'BSN*00*SHIP1*20240102*1530', 'HL*1**S')));
    assert.match(findingsOf(bytes(wrong)).map(findingLines).join(''), /there are 4\. The partner counts/);
  });

  it('prints nothing but text, whatever stands in the document', () => {
    assert.match(linesOf('N\u001b4*1')[0] ?? '', /^rejected SEGMENT_UNKNOWN 856\/N\\x1b4 \(segment 4/);
  });
});
