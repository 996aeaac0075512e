import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPublishedMoment, momentKind } from '../../src/events/moment.ts';

describe('a moment', () => {
  for (const [text, kind] of [
    ['2026-12-04', 'date'],
    ['2028-02-29', 'date'],
    ['2026-12-04T10:30:00', 'local'],
    ['2026-12-04T10:30:00Z', 'instant'],
    ['2026-12-04T10:30:00.125-08:00', 'instant'],
    ['2026-02-29', undefined],
    ['2026-00-10', undefined],
    ['2026-13-01', undefined],
    ['2026-12-00', undefined],
    ['2026-12-04T24:00:00', undefined],
    ['2026-12-04T10:60:00', undefined],
    ['2026-12-04T10:30', undefined],
    ['2026-12-04T10:30:00-19:00', undefined],
    ['2026-12-04T10:30:00+0800', undefined],
    ['20261204', undefined],
    ['', undefined],
  ] as const) {
    it(`"${text}" is ${kind ?? 'none'}`, () => assert.equal(momentKind(text), kind));
  }

  it('is the same as a pattern would find, of texts that are nearly moments', () => {
    const characters = fc.constantFrom(...'0123456789:-+.TZ ');
    const nearly = fc
      .tuple(
        fc.constantFrom('2026-12-04', '2026-12-04T10:30:00', '2026-12-04T10:30:00.12', '2026-12-04T10:30:00-08:00'),
      )
      .chain(([text]) =>
        fc
          .tuple(fc.nat(text.length), fc.nat(2), fc.array(characters, { maxLength: 3 }))
          .map(([at, taken, put]) => text.slice(0, at) + put.join('') + text.slice(at + taken)),
      );
    fc.assert(
      fc.property(nearly, (text) => momentKind(text) === kindByPattern(text)),
      { numRuns: 5000 },
    );
  });

  it('is published as a date or with its offset, never local', () => {
    assert(isPublishedMoment('2026-12-04'));
    assert(isPublishedMoment('2026-12-04T10:30:00-08:00'));
    assert(!isPublishedMoment('2026-12-04T10:30:00'));
  });
});

const PATTERN =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(Z|[+-](?:0\d|1[0-8]):[0-5]\d)?)?$/;

function kindByPattern(text: string): string | undefined {
  const found = PATTERN.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, time, offset] = found;
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return undefined;
  return time === undefined ? 'date' : offset === undefined ? 'local' : 'instant';
}
