import assert from 'node:assert/strict';
import { isAscii, isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import type { EdifactWriteOptions } from '../../../src/edi/edifact/plain.ts';
import { writeEdifactInterchange } from '../../../src/edi/edifact/write.ts';
import { readAll } from '../../../src/edi/read.ts';
import { hasSoundEnvelope } from '../support/check.ts';
import { una, unb, ung, unh } from '../support/edifact.ts';
import { generatedEdifact } from '../support/generated.ts';
import { styleOf, wholeInterchanges } from '../support/plain.ts';
import { plainEdifact } from '../support/plain-edifact.ts';
import { SAMPLES_VARIABLE, sampleFiles, samplesFolder } from '../support/samples.ts';
import { bytes } from '../support/x12.ts';

/** Reads the interchanges of a file and writes each of them in the style of its sender. */
function rewritten(file: Buffer): readonly (readonly [read: Buffer, written: Buffer | string])[] {
  return wholeInterchanges(readAll(file)).map((whole) => {
    const { interchange, end } = whole;
    const read = file.subarray(interchange.start, end);
    const declared = read.subarray(0, 3).toString() === 'UNA';
    const style = { ...styleOf(read, interchange.delimiters), ...textStyle(read, interchange.delimiters.charset) };
    const decimal = declared && read[5] === 0x2c ? ',' : '.';
    const result = writeEdifactInterchange(plainEdifact(whole), { ...style, una: declared, decimal });
    if (!result.ok) return [read, result.refusals.map(({ text }) => text).join('\n')];
    return [read, result.bytes.subarray(0, result.bytes.length - style.lineBreak.length)];
  });
}

/** Senders write letters that their syntax identifier has not. */
function textStyle(read: Buffer, charset: EdifactWriteOptions['charset']): Pick<EdifactWriteOptions, 'charset'> {
  if (!isAscii(read) && isUtf8(read)) return { charset: 'utf-8' };
  return { charset: charset ?? 'windows-1252' };
}

/** Samples without a fault in their envelopes that the writer does not give back, and why. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'INVOIC-staedi-2.edi': 'a digit is released, which means nothing to the syntax',
  'ORDERS-underware-1.edi': 'line breaks stand inside a tag and inside an element',
};

describe('An EDIFACT interchange that was read is written back byte by byte', () => {
  const messages = [
    unh('DESADV', "BGM+351+D?+1?'+9", 'FTX+AAI+++Z\xfcrich:what??::'),
    unh({ type: 'DESADV', version: 'D:96A:UN:EAN005+COMMON+2:F' }),
  ];
  const other = { element: '*', component: '=', segment: '~' };
  const rows: Readonly<Record<string, string>> = {
    'of the usual style': unb({ syntax: 'UNOC:3' }, ...messages),
    'with a UNA and a line for each segment': `${una({ decimal: ',' })}\r\n${unb({ after: '\r\n' }, ...messages)}`,
    'with other delimiters': una(other) + unb(other, unh('DESADV', 'BGM+351?+')),
    'with groups': unb({ rest: '+P:AA+A++2+EANCOM+1' }, ung('DESADV', ...messages), ung('DESADV')),
    'of syntax 4': unb({ syntax: 'UNOC:4', date: '20240102:1530' }, unh('DESADV', 'FTX+A*B:C**?*+*')),
    'of level B': unb(
      { element: '\x1d', component: '\x1f', segment: '\x1c', syntax: 'UNOB:3' },
      unh('DESADV', 'BGM+1:2'),
    ),
  };
  for (const [what, file] of Object.entries(rows)) {
    it(what, () => {
      const pairs = rewritten(bytes(file));
      assert.equal(pairs.length, 1);
      for (const [read, written] of pairs) {
        // Behind the interchange stands no line break but its own.
        assert.equal(written.toString('latin1'), read.toString('latin1'));
      }
    });
  }

  it('of any shape, also several in one file', () => {
    fc.assert(
      fc.property(fc.array(generatedEdifact, { minLength: 1, maxLength: 3 }), (interchanges) => {
        const file = interchanges.map(([plain, style]) => {
          const result = writeEdifactInterchange(plain, style);
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
  for (const [name, file] of sampleFiles(folder, 'edifact')) {
    if (!hasSoundEnvelope(file)) continue;
    const reason = DIFFERENCES[name];
    it(`${name}${reason === undefined ? '' : `, but ${reason}`}`, () => {
      const pairs = rewritten(file);
      const same = pairs.every(([read, written]) => written.toString('latin1') === read.toString('latin1'));
      assert.equal(same, reason === undefined, pairs.map(String).join('\n\n'));
    });
  }
});
