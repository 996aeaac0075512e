import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { LF } from '../../../src/edi/bytes.ts';
import { readAll } from '../../../src/edi/read.ts';
import { writeInterchange } from '../../../src/edi/x12/write.ts';
import { hasSoundEnvelope } from '../support/check.ts';
import { generatedX12, x12Style } from '../support/generated.ts';
import { plainX12, styleOf, wholeInterchanges } from '../support/plain.ts';
import { SAMPLES_VARIABLE, sampleFiles, samplesFolder } from '../support/samples.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

/** Reads the interchanges of a file and writes each of them in the style of its sender. */
function rewritten(file: Buffer): readonly (readonly [read: Buffer, written: Buffer | string])[] {
  return wholeInterchanges(readAll(file)).map((whole) => {
    const { interchange, end } = whole;
    const read = file.subarray(interchange.start, end);
    const style = styleOf(read, interchange.delimiters);
    const result = writeInterchange(plainX12(whole), { ...style, encoding: isUtf8(read) ? 'utf8' : 'windows-1252' });
    if (!result.ok) return [read, result.refusals.map(({ text }) => text).join('\n')];
    // A line break behind the last terminator is outside the interchange, unless it is part of the terminator.
    const behind = read.at(-1) === LF ? 0 : style.lineBreak.length;
    return [read, result.bytes.subarray(0, result.bytes.length - behind)];
  });
}

/** Samples without a fault in their envelopes that the writer does not give back, and why. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  '210-edi-net-1.edi': 'some lines hold two segments',
  '810-stupidedi-1.edi': 'some lines hold all segments of a document',
  '850-stupidedi-1.edi': 'some lines hold all segments of a document',
  '855-stupidedi-2.edi': 'some lines hold all segments of a document',
  '855-stupidedi-3.edi': 'some lines hold all segments of a document',
  '940-x12-types-3.edi': 'a terminator is missing, so that a line break stands in an element',
  '997-pyx12-1.edi': 'the TA1 stands behind the groups instead of before them',
  '997-pyx12-3.edi': 'the TA1 stands behind the groups instead of before them',
  '999-staedi-1.edi': 'the last segment has no terminator',
};

describe('An X12 interchange that was read is written back byte by byte', () => {
  const documents = [
    gs(
      'SH',
      st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S', 'REF*BM*A:B**', 'N1*ST*Z\xfcrich \x80'),
      st('856', 'BSN*00'),
    ),
    gs({ code: 'SH', version: '003040' }, st('856', 'BSN*00')),
  ];
  const rows: Readonly<Record<string, string>> = {
    'of the usual style': isa({}, ...documents),
    'with a line for each segment': isa({ after: '\r\n' }, ...documents),
    'whose segments end with the line': isa({ segment: '\n', element: '|', component: '>' }, ...documents),
    'whose segments end with a line break of two bytes': isa({ segment: '\r\n' }, ...documents),
    'with repetitions': isa({ version: '00501', repetition: '^' }, gs('SH', st('856', 'REF*A^B:C^D*^*E'))),
    'with a TA1': isa({ usage: 'T', acknowledge: '1' }, 'TA1*000000001*240102*1530*A*000', ...documents),
    'without groups': isa({}, 'TA1*000000001*240102*1530*A*000'),
  };
  for (const [what, file] of Object.entries(rows)) {
    it(what, () => {
      const pairs = rewritten(bytes(file));
      assert.equal(pairs.length, 1);
      for (const [read, written] of pairs) assert.equal(written.toString('latin1'), read.toString('latin1'));
    });
  }

  it('of any shape, also several in one file', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(generatedX12, x12Style), { minLength: 1, maxLength: 3 }), (interchanges) => {
        const file = interchanges.map(([plain, style]) => {
          const result = writeInterchange(plain, style);
          assert.ok(result.ok, result.ok ? '' : result.refusals.map(({ text }) => text).join('\n'));
          return result.bytes;
        });
        const pairs = rewritten(Buffer.concat(file));
        assert.equal(pairs.length, file.length);
        for (const [read, written] of pairs) assert.equal(written.toString('latin1'), read.toString('latin1'));
      }),
      { numRuns: 300 },
    );
  });

  const folder = samplesFolder();
  if (folder === null) {
    it(`except the published samples: there is no samples folder (set ${SAMPLES_VARIABLE})`, () => {});
    return;
  }
  for (const [name, file] of sampleFiles(folder, 'x12')) {
    if (!hasSoundEnvelope(file)) continue;
    const reason = DIFFERENCES[name];
    it(`${name}${reason === undefined ? '' : `, but ${reason}`}`, () => {
      const pairs = rewritten(file);
      const same = pairs.every(([read, written]) => written.toString('latin1') === read.toString('latin1'));
      assert.equal(same, reason === undefined, pairs.join('\n\n'));
    });
  }
});
