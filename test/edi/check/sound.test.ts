import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { formOf, isPlain, isSound } from '../../../src/edi/check/sound.ts';
import { byteClasses, valueFault } from '../../../src/edi/check/value.ts';
import type { ElementDefinition, ElementType } from '../../../src/edi/dictionary/types.ts';

const CODES = [undefined, new Set(['AB', '01', 'ABCD']), new Set(['A', 'ABCDE'])];
const TYPES: readonly ElementType[] = ['A', 'AN', 'ID', 'DT', 'TM', 'R', 'N', 'B'];
const DELIMITERS = [
  { element: 0x2a, component: 0x3a, repetition: 0x5e, segment: 0x7e, release: null },
  { element: 0x2b, component: 0x3a, repetition: null, segment: 0x27, release: 0x3f },
] as const;

const elements: fc.Arbitrary<ElementDefinition> = fc.record({
  number: fc.constant('1'),
  type: fc.constantFrom(...TYPES),
  decimals: fc.constant(0),
  min: fc.nat(4),
  max: fc.integer({ min: 4, max: 12 }),
  codes: fc.constantFrom(...CODES),
});

const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'AB01 -.,:^?é\t'), minLength: 1, maxLength: 12 }),
  fc.stringMatching(/^[0-9]{1,13}$/),
  fc.stringMatching(/^(19|20)[0-9]{2}(0[0-9]|1[0-3])[0-3][0-9]$/),
  fc.stringMatching(/^[0-2][0-9][0-6][0-9]([0-6][0-9])?$/),
  fc.constantFrom('AB', '01', 'ABCD', 'A', 'ABCDE', 'XY'),
);

describe('A quick look at a value', () => {
  it('vouches for no value that the full check refuses', () => {
    let [vouched, sound] = [0, 0];
    fc.assert(
      fc.property(elements, texts, fc.constantFrom(...DELIMITERS), fc.boolean(), (element, text, delimiters, cut) => {
        const bytes = Buffer.from(text, 'utf8');
        const tables = byteClasses(delimiters);
        const [classes, plain] = cut ? [tables.cut, tables.cutPlain] : [tables.strict, tables.plain];
        const rules = { classes, release: delimiters.release, shortDates: false };
        const fault = valueFault(bytes, 0, bytes.length, element, rules);
        const quick =
          isPlain(bytes, 0, bytes.length, plain) && isSound(bytes, 0, bytes.length, formOf(element), classes);
        if (quick) assert.equal(fault, null);
        if (quick) vouched++;
        if (fault === null) sound++;
      }),
      { numRuns: 5000, seed: 7 },
    );
    assert.ok(vouched > 0.3 * sound, `${vouched} of ${sound} sound values are vouched for`);
  });
});
