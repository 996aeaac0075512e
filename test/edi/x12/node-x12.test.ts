import assert from 'node:assert/strict';
import { X12Interchange, X12Parser } from 'node-x12';
import { createX12Reader } from '../../../src/edi/x12/reader.ts';
import { createRandom } from '../../../src/util/random.ts';
import { x12Interchange } from '../support/generated-files.ts';
import { readChunks, texts } from '../support/items.ts';
import { SAMPLES_VARIABLE, sampleFiles, samplesFolder } from '../support/samples.ts';
import { bytes, gs, type InterchangeOptions, isa, st } from '../support/x12.ts';

/**
 * A second opinion: the strict whole-file parser of node-x12 on single interchanges. What it is known to do otherwise is left
 * out here: ISA13 and IEA02 lose their zeros, a TA1 and an irregular ISA are refused, a BIN is split at its data, letters of
 * UTF-8 are for the caller to decode. It also refuses what we read and tell as a finding.
 */
const sets = [
  st('856', 'BSN*00*S1*20240102*1530', 'HL*1**S', 'N1*ST* A  B *92*0007', 'REF*BM**', 'TD5***:>^'),
  st('856', 'BSN*01*S2'),
];
const FILES: Readonly<Record<string, InterchangeOptions>> = {
  'the usual delimiters': {},
  'other delimiters': { element: '|', component: '>', segment: '!' },
  lines: { segment: '\n' },
  'line feeds after terminators': { after: '\n' },
  'line breaks after terminators': { after: '\r\n' },
  'a repetition separator': { version: '00501', repetition: '^' },
};
const GENERATED = 200;

/** Why it refuses a published sample, by what it says. */
const REFUSALS: readonly (readonly [reason: string, message: RegExp])[] = [
  ['the ISA is not 106 bytes long', /ISA segment is not the correct length/],
  ['SE01 is a wrong count', /value in SE01 .* does not match the number of segments/],
  ['two control numbers differ', /value in (?:IEA02|GE02) .* does not match/],
  ['ISA16 is missing, so that it takes the line feed for the terminator', /value in GE02 .*~.* does not match/],
  ['the ISA has an element too many', /cannot appear outside of a functional group/],
  ['several interchanges', /no single X12Interchange/],
  ['a TA1 stands before the groups', /TA1 segment cannot appear outside/],
];

/** Samples that it refuses, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  '204-edi-net-1.edi': 'SE01 is a wrong count',
  '210-omniparser-1.edi': 'SE01 is a wrong count',
  '210-staedi-1.edi': 'the ISA is not 106 bytes long',
  '214-edi-net-2.edi': 'the ISA is not 106 bytes long',
  '214-x12-types-1.edi': 'the ISA is not 106 bytes long',
  '214-x12-types-2.edi': 'two control numbers differ',
  '810-edi-net-1.edi': 'the ISA is not 106 bytes long',
  '810-edi-net-2.edi': 'the ISA is not 106 bytes long',
  '810-edi-net-3.edi': 'the ISA is not 106 bytes long',
  '810-edi-net-4.edi': 'the ISA is not 106 bytes long',
  '820-stupidedi-1.edi': 'the ISA is not 106 bytes long',
  '824-stupidedi-1.edi': 'the ISA is not 106 bytes long',
  '824-stupidedi-2.edi': 'the ISA is not 106 bytes long',
  '850-edi-net-1.edi': 'ISA16 is missing, so that it takes the line feed for the terminator',
  '850-edi-net-2.edi': 'the ISA is not 106 bytes long',
  '850-node-x12-2.edi': 'several interchanges',
  '850-x12-types-2.edi': 'the ISA is not 106 bytes long',
  '855-stupidedi-1.edi': 'the ISA is not 106 bytes long',
  '856-stupidedi-1.edi': 'the ISA is not 106 bytes long',
  '856-stupidedi-2.edi': 'SE01 is a wrong count',
  '856-x12-types-1.edi': 'the ISA is not 106 bytes long',
  '856-x12-types-2.edi': 'the ISA is not 106 bytes long',
  '860-stupidedi-1.edi': 'the ISA is not 106 bytes long',
  '940-x12-types-1.edi': 'SE01 is a wrong count',
  '940-x12-types-4.edi': 'ISA16 is missing, so that it takes the line feed for the terminator',
  '940-x12-types-5.edi': 'ISA16 is missing, so that it takes the line feed for the terminator',
  '940-x12-types-6.edi': 'SE01 is a wrong count',
  '940-x12-types-7.edi': 'SE01 is a wrong count',
  '940-x12-types-8.edi': 'the ISA has an element too many',
  '945-x12-types-1.edi': 'SE01 is a wrong count',
  '997-pyx12-1.edi': 'a TA1 stands before the groups',
  '997-pyx12-3.edi': 'a TA1 stands before the groups',
  '997-staedi-2.edi': 'SE01 is a wrong count',
  '997-staedi-3.edi': 'two control numbers differ',
  '997-stupidedi-1.edi': 'the ISA is not 106 bytes long',
  'TA1-staedi-1.edi': 'a TA1 stands before the groups',
  'TA1-staedi-2.edi': 'a TA1 stands before the groups',
};

describe('the X12 reader and node-x12', () => {
  for (const [title, options] of Object.entries(FILES)) {
    it(`find the same segments and elements with ${title}`, () => {
      const file = isa(options, gs('SH', ...sets), gs('QM', st('214', 'B10*1*2*SCAC')));
      assert.equal(theirs(file).length, 3);
      assert.deepEqual(ours(file), theirs(file));
    });
  }

  it(`find the same in ${GENERATED} generated interchanges`, () => {
    for (let seed = 0; seed < GENERATED; seed++) {
      const file = x12Interchange(createRandom(seed), { plain: true });
      assert.deepEqual(ours(file), theirs(file), `seed ${seed}`);
    }
  });

  const folder = samplesFolder();
  if (folder === null) {
    it(`are not compared on published samples: there is no samples folder (set ${SAMPLES_VARIABLE})`, () => {});
    return;
  }
  for (const [name, file] of sampleFiles(folder, 'x12')) {
    const reason = REFUSED[name];
    it(reason === undefined ? `find the same in ${name}` : `differ in ${name}, which it refuses: ${reason}`, () => {
      const text = file.toString('latin1');
      if (reason === undefined) {
        assert.deepEqual(ours(text), theirs(text));
        return;
      }
      const message = REFUSALS.find(([known]) => known === reason)?.[1];
      assert.ok(message !== undefined, 'the reason is none of those above');
      assert.throws(() => theirs(text), { message });
      assert.ok(ours(text).length > 0 || name.startsWith('TA1-'));
    });
  }
});

function ours(file: string): readonly unknown[] {
  return readChunks([bytes(file)], createX12Reader()).flatMap((item) =>
    item.kind === 'document' ? [texts(item.document.segments).map(([, , ...parts]) => parts)] : [],
  );
}

function theirs(file: string): readonly unknown[] {
  const interchange = new X12Parser(true).parse(file);
  assert.ok(interchange instanceof X12Interchange, 'it is no single X12Interchange');
  return interchange.functionalGroups.flatMap((group) =>
    group.transactions.map(({ header, segments, trailer }) =>
      [header, ...segments, trailer].map(({ tag, elements }) => [tag, ...elements.map(({ value }) => value)]),
    ),
  );
}
