import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Segments } from '../../src/edi/segments.ts';
import { readNumber } from '../../src/mapping/numbers.ts';
import { quickMeanings, quickNumber } from '../../src/mapping/quick-value.ts';
import { structure } from './support/documents.ts';

const MEANINGS = new Map([
  ['EA', 'each'],
  ['LB', 'pound'],
  ['A', 'one letter'],
  ['ABCD', 'four'],
  ['CTN25', 'carton'],
  ['?', 'a sign'],
]);

/** A document whose second segment has this text as its second element. */
function segmentsWith(text: string): Segments {
  return structure('856', [`BSN*00*${text}*20261204`], '005010').segments;
}

describe('a value read from bytes', () => {
  const texts = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'EALBCDTN250?^: é+-.'), maxLength: 10 }),
    fc.stringMatching(/^[0-9]{1,12}$/),
    fc.constantFrom(...MEANINGS.keys(), ' EA', 'EA ', 'ea', 'EA^LB'),
  );

  it('is what its text says, or is left to its text', () => {
    const meaning = quickMeanings(MEANINGS);
    assert(meaning !== null);
    let [codes, numbers] = [0, 0];
    fc.assert(
      fc.property(texts, (text) => {
        const segments = segmentsWith(text);
        const [code, number] = [meaning(segments, 1, 2), quickNumber(segments, 1, 2)];
        if (code !== undefined) assert.equal(code, MEANINGS.get(text.trim()));
        if (number !== undefined) assert.equal(number, readNumber(text, 0));
        if (code !== undefined) codes++;
        if (number !== undefined) numbers++;
      }),
      { numRuns: 2000, seed: 3 },
    );
    assert(codes > 100 && numbers > 100, `${codes} codes and ${numbers} numbers were read`);
  });

  it('is not made of an element that is absent or empty', () => {
    const meaning = quickMeanings(MEANINGS);
    for (const [text, element] of [
      ['', 2],
      ['EA', 9],
    ] as const) {
      const segments = segmentsWith(text);
      assert.deepEqual([meaning?.(segments, 1, element), quickNumber(segments, 1, element)], [undefined, undefined]);
    }
  });

  it('takes only codes whose bytes are their text', () => {
    const meaning = quickMeanings(MEANINGS);
    assert.equal(meaning?.(segmentsWith('ABCD'), 1, 2), 'four');
    assert.equal(meaning?.(segmentsWith('CTN25'), 1, 2), undefined);
    assert.equal(meaning?.(segmentsWith('?'), 1, 2), undefined);
    assert.equal(quickMeanings([['CTN25', 'carton']]), null);
  });
});
