import assert from 'node:assert/strict';
import { X12Interchange, X12Parser } from 'node-x12';
import { createX12Reader } from '../../../src/edi/x12/reader.ts';
import { readChunks, texts } from '../support/items.ts';
import { bytes, gs, type InterchangeOptions, isa, st } from '../support/x12.ts';

/**
 * A second opinion: the strict whole-file parser of node-x12 on single interchanges. It differs where it is known to be
 * wrong, and those places are left out: ISA13 and IEA02 lose their zeros, a TA1 and an irregular ISA are refused, a BIN is
 * split at its data.
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

describe('the X12 reader and node-x12', () => {
  for (const [title, options] of Object.entries(FILES)) {
    it(`find the same segments and elements with ${title}`, () => {
      const file = isa(options, gs('SH', ...sets), gs('QM', st('214', 'B10*1*2*SCAC')));
      const theirs = new X12Parser(true).parse(file);
      assert.ok(theirs instanceof X12Interchange);
      const documents = theirs.functionalGroups.flatMap((group) =>
        group.transactions.map(({ header, segments, trailer }) =>
          [header, ...segments, trailer].map(({ tag, elements }) => [tag, ...elements.map(({ value }) => value)]),
        ),
      );
      assert.equal(documents.length, 3);
      assert.deepEqual(ours(file), documents);
    });
  }
});

function ours(file: string): readonly unknown[] {
  return readChunks([bytes(file)], createX12Reader()).flatMap((item) =>
    item.kind === 'document' ? [texts(item.document.segments).map(([, , ...parts]) => parts)] : [],
  );
}
