import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ElementDefinition } from '../../src/edi/dictionary/types.ts';
import { CONVERSIONS, type Conversion } from '../../src/mapping/conversions.ts';

const AMOUNT: ElementDefinition = { number: '610', type: 'N', decimals: 2, min: 1, max: 15, codes: undefined };
const COUNT: ElementDefinition = { number: '6060', type: 'R', decimals: 0, min: 1, max: 15, codes: undefined };
const DATE: ElementDefinition = { number: '373', type: 'DT', decimals: 0, min: 8, max: 8, codes: undefined };

const EDIFACT: ElementDefinition = { number: '2380', type: 'AN', decimals: 0, min: 1, max: 35, codes: undefined };

const MARKS: ElementDefinition = { number: '87', type: 'AN', decimals: 0, min: 1, max: 48, codes: undefined };

/** Room for date, time and zone, at a place whose clock nobody knows. */
const ROOM = { parts: 3, local: () => undefined };

function conversion(name: string): Conversion {
  const found = CONVERSIONS[name];
  assert(found !== undefined);
  return found;
}

describe('conversions', () => {
  const rows: readonly (readonly [string, ElementDefinition, readonly string[], string | number | undefined])[] = [
    ['number', AMOUNT, ['12345'], 123.45],
    ['number', AMOUNT, ['12a'], undefined],
    ['signed', COUNT, ['12', '1'], -12],
    ['signed', COUNT, ['12', '2'], 12],
    ['signed', COUNT, ['12', ''], 12],
    ['signed', COUNT, ['-12', '1'], -12],
    ['signed', COUNT, ['0', '1'], 0],
    ['signed', COUNT, ['x', '1'], undefined],
    ['date', DATE, ['20261204'], '2026-12-04'],
    ['date', DATE, ['1204'], undefined],
    ['datetime', DATE, ['20261204', '1030', 'UT'], '2026-12-04T10:30:00+00:00'],
    ['datetime', EDIFACT, ['202612041030', '203'], '2026-12-04T10:30:00'],
    ['datetime', EDIFACT, ['20261204103015', '204'], '2026-12-04T10:30:15'],
    ['datetime', EDIFACT, ['20261204', '102'], '2026-12-04'],
    ['datetime', EDIFACT, ['20261204', ''], '2026-12-04'],
    ['datetime', EDIFACT, ['261204', '101'], '2026-12-04'],
    ['datetime', EDIFACT, ['202612041030UTC', '303'], '2026-12-04T10:30:00+00:00'],
    ['datetime', EDIFACT, ['202612041030+0100', '205'], '2026-12-04T10:30:00+01:00'],
    ['datetime', EDIFACT, ['202612041030', '102'], undefined],
    ['datetime', EDIFACT, ['20261304', '102'], undefined],
    ['datetime', EDIFACT, ['202612041030XYZ', '303'], undefined],
    ['datetime', EDIFACT, ['202648', '616'], undefined],
    ['sscc', MARKS, ['00106141412345678908'], '106141412345678908'],
    ['sscc', MARKS, ['106141412345678908'], '106141412345678908'],
    ['sscc', EDIFACT, ['106141412345678908'], '106141412345678908'],
    ['sscc', EDIFACT, ['BOX 7'], 'BOX 7'],
    ['joined', EDIFACT, ['Desk lamp', ''], 'Desk lamp'],
    ['joined', EDIFACT, ['Corn crunchies', 'case of 12'], 'Corn crunchies case of 12'],
    ['joined', EDIFACT, ['Basin mixer with waste and long han', 'dle'], 'Basin mixer with waste and long handle'],
    ['gtin8', DATE, ['12345670'], '12345670'],
    ['gtin12', DATE, ['036000291452'], '036000291452'],
    ['gtin12', DATE, ['4006381333931'], undefined],
    ['gtin13', DATE, ['4006381333931'], '4006381333931'],
    ['gtin14', DATE, ['10012345000017'], '10012345000017'],
    ['gtin14', DATE, ['1001234500001X'], undefined],
  ];
  for (const [name, element, parts, expected] of rows) {
    it(`${name} reads ${parts.join(' ')} as ${expected ?? 'nothing'}`, () => {
      const { read, write } = conversion(name);
      const value = read(parts, element);
      assert.equal(value, expected);
      if (value === undefined) return;
      const again = read(write(value, element, ROOM)[0] ?? [], element);
      if (name === 'datetime') assert.equal(new Date(String(again)).getTime(), new Date(String(value)).getTime());
      else assert.equal(again, value);
    });
  }

  it('an SSCC has its identifier before it in X12 and not in EDIFACT', () => {
    const { write } = conversion('sscc');
    assert.deepEqual(write('106141412345678908', MARKS, ROOM)[0], ['00106141412345678908']);
    assert.deepEqual(write('106141412345678908', EDIFACT, ROOM), [['106141412345678908']]);
  });

  describe('a text that is joined of several elements', () => {
    const { read, write } = conversion('joined');
    const room = { ...ROOM, parts: 2 };
    const rows: readonly (readonly [string, readonly string[] | undefined])[] = [
      ['Desk lamp', ['Desk lamp', '']],
      ['Basin mixer with waste and long handle', ['Basin mixer with waste and long han', 'dle']],
      ['Basin mixer with waste and a chrome handle', ['Basin mixer with waste and a', 'chrome handle']],
      ['x'.repeat(70), ['x'.repeat(35), 'x'.repeat(35)]],
      ['x'.repeat(71), undefined],
      [`${'x'.repeat(34)}  y`, undefined],
      ['🚚'.repeat(36), ['🚚'.repeat(35), '🚚']],
      [`${'🚚'.repeat(34)} y`, ['🚚'.repeat(34), 'y']],
      [`${'x'.repeat(34)}\u00a0y`, undefined],
      [`x ${'x'.repeat(32)}\u00a0y`, ['x', `${'x'.repeat(32)}\u00a0y`]],
    ];
    for (const [text, texts] of rows) {
      it(`"${text}" ${texts === undefined ? 'has no room' : `is written as ${JSON.stringify(texts)}`}`, () => {
        const [way] = write(text, EDIFACT, room);
        assert.deepEqual(way, texts);
        if (way !== undefined) assert.equal(read(way, EDIFACT), text);
      });
    }

    it('is read as it was, whatever it is', () => {
      fc.assert(
        fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\u00a0', '🚚'), maxLength: 80 }), (generated) => {
          const text = generated.trim();
          const [way] = write(text, EDIFACT, { ...ROOM, parts: 3 });
          if (way === undefined) return;
          assert.equal(read(way, EDIFACT), text);
          assert.ok(way.every((each) => each === each.trim() && [...each].length <= EDIFACT.max));
        }),
      );
    });
  });

  it('refuse to write a value of another kind', () => {
    for (const [name, { shape, write }] of Object.entries(CONVERSIONS)) {
      assert.deepEqual(write(shape === 'number' ? 'text' : 7, DATE, ROOM), [], name);
    }
  });
});
