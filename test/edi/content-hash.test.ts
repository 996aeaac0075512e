import assert from 'node:assert/strict';
import { documentHash } from '../../src/edi/content-hash.ts';
import { readChunks } from './support/items.ts';
import { bytes, gs, isa, st } from './support/x12.ts';

const segments = ['BSN*00*S1', 'SV1*HC:1:2', 'N1*ST*A  B'];
const original = isa({}, gs('SH', st('856', ...segments)));

/** The hash of the first document of a file. */
function hashOf(file: string): string {
  for (const item of readChunks([bytes(file)])) if (item.kind === 'document') return documentHash(item.document);
  throw new Error('no document');
}

const SAME: Readonly<Record<string, string>> = {
  'other control numbers': isa(
    { controlNumber: '000000099' },
    gs({ code: 'SH', controlNumber: '77' }, st({ type: '856', controlNumber: '0815' }, ...segments)),
  ),
  'other delimiters': isa({ element: '|', component: '>', segment: '!' }, gs('SH', st('856', ...segments))),
  'line breaks': isa({ after: '\r\n' }, gs('SH', st('856', ...segments))),
  'lines as terminators': isa({ segment: '\r\n' }, gs('SH', st('856', ...segments))),
  'blanks at the end of elements': isa({}, gs('SH', st('856', 'BSN*00  *S1 ', ...segments.slice(1)))),
};

const OTHER: Readonly<Record<string, readonly string[]>> = {
  'another value': ['BSN*00*S2', ...segments.slice(1)],
  'another set of blanks inside': [...segments.slice(0, 2), 'N1*ST*A B'],
  'an element more': ['BSN*00*S1*', ...segments.slice(1)],
  'a segment less': segments.slice(1),
  'components that have become elements': ['BSN*00*S1', 'SV1*HC*1*2', 'N1*ST*A  B'],
  'a value that has moved to its neighbour': ['BSN*00S*1', ...segments.slice(1)],
};

describe('the content hash of a document', () => {
  for (const [title, file] of Object.entries(SAME)) {
    it(`is the same with ${title}`, () => assert.equal(hashOf(file), hashOf(original)));
  }
  for (const [title, changed] of Object.entries(OTHER)) {
    it(`is another with ${title}`, () => {
      const count = segments.length + 2;
      assert.notEqual(hashOf(isa({}, gs('SH', st({ type: '856', count }, ...changed)))), hashOf(original));
    });
  }

  it('takes the data of a BIN as it is', () => {
    const binary = (data: string) => hashOf(isa({}, gs('SH', st('856', `BIN*3*${data}`))));
    assert.notEqual(binary('a\r\n'), binary('a\n\r'));
    assert.equal(binary('a:~'), binary('a:~'));
  });

  it('is sha256 in hex, and of a large document too', () => {
    const large = gs('SH', st('856', ...Array.from({ length: 20_000 }, (_, at) => `REF*BM*${at}`)));
    assert.match(hashOf(isa({}, large)), /^[0-9a-f]{64}$/);
    assert.equal(hashOf(isa({}, large)), hashOf(isa({ segment: '\n', element: '|' }, large)));
  });
});
