import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readDate, readDateTime, readTime, writeDate, writeDateTime } from '../../src/mapping/moments.ts';
import { TIME_ZONE_CODES } from '../../src/mapping/time-zone-codes.ts';

const noClock = (): undefined => undefined;

/** What a moment names: an instant, a date, or a time of some clock. */
function instantOf(moment: string | undefined): string | number | undefined {
  return moment !== undefined && /[+-]..:..$/.test(moment) ? Date.parse(moment) : moment;
}

describe('dates and times of documents', () => {
  const rows: readonly (readonly [string, string, string, string | undefined])[] = [
    ['20261204', '', '', '2026-12-04'],
    ['261204', '', '', '2026-12-04'],
    ['701204', '', '', '1970-12-04'],
    ['20240229', '', '', '2024-02-29'],
    ['20230229', '', '', undefined],
    ['20000229', '', '', '2000-02-29'],
    ['19000229', '', '', undefined],
    ['20261304', '', '', undefined],
    ['20260431', '', '', undefined],
    ['2026-12-04', '', '', undefined],
    ['00000000', '', '', undefined],
    ['', '1030', '', undefined],
    ['20261204', '1030', '', '2026-12-04T10:30:00'],
    ['20261204', '103045', '', '2026-12-04T10:30:45'],
    ['20261204', '1030459', '', '2026-12-04T10:30:45'],
    ['20261204', '10304599', '', '2026-12-04T10:30:45'],
    ['20261204', '10300', '', undefined],
    ['20261204', '2400', '', undefined],
    ['20261204', '1060', '', undefined],
    // The zone: none and LT stay local, S and D codes are fixed, T codes follow daylight saving.
    ['20261204', '1030', 'LT', '2026-12-04T10:30:00'],
    ['20261204', '1030', 'UT', '2026-12-04T10:30:00+00:00'],
    ['20261204', '1030', 'ES', '2026-12-04T10:30:00-05:00'],
    ['20260704', '1030', 'ES', '2026-07-04T10:30:00-05:00'],
    ['20261204', '1030', 'ET', '2026-12-04T10:30:00-05:00'],
    ['20260704', '1030', 'ET', '2026-07-04T10:30:00-04:00'],
    // 8 March 2026, 02:30 does not exist; 1 November 2026, 01:30 comes twice, and the first is meant.
    ['20260308', '0159', 'ET', '2026-03-08T01:59:00-05:00'],
    ['20260308', '0230', 'ET', '2026-03-08T03:30:00-04:00'],
    ['20260308', '0300', 'ET', '2026-03-08T03:00:00-04:00'],
    ['20261101', '0130', 'ET', '2026-11-01T01:30:00-04:00'],
    ['20261101', '0130', 'ES', '2026-11-01T01:30:00-05:00'],
    ['20261101', '0200', 'ET', '2026-11-01T02:00:00-05:00'],
    ['20261204', '1030', '01', '2026-12-04T10:30:00+01:00'],
    ['20261204', '1030', '12', '2026-12-04T10:30:00+12:00'],
    ['20261204', '1030', '13', '2026-12-04T10:30:00-12:00'],
    ['20261204', '1030', '24', '2026-12-04T10:30:00-01:00'],
    ['20261204', '1030', '25', undefined],
    ['20261204', '1030', 'XX', undefined],
    ['20261204', '1030', 'constructor', undefined],
  ];
  for (const [date, time, zone, expected] of rows) {
    it(`reads ${date || 'no date'} ${time} ${zone} as ${expected ?? 'nothing'}`, () => {
      assert.equal(readDateTime(date, time, zone), expected);
    });
  }

  const written: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['2026-12-04', ['20261204']],
    ['2026-12-04T10:30:00', ['20261204', '1030']],
    ['2026-12-04T10:30:45', ['20261204', '103045']],
    ['2026-12-04T10:30:00-08:00', ['20261204', '1030', 'PS']],
    ['2026-12-04T10:30:00-05:00', ['20261204', '1030', 'ES']],
    ['2026-12-04T10:30:00Z', ['20261204', '1030', 'UT']],
    ['2026-12-04T10:30:00+01:00', ['20261204', '1030', '01']],
    ['2026-12-04T10:30:00+05:30', ['20261204', '0500', 'UT']],
    ['4 December', undefined],
  ];
  for (const [value, expected] of written) {
    it(`writes ${value} as ${expected?.join(' ') ?? 'nothing'}`, () => {
      assert.deepEqual(writeDateTime(value, 3, noClock)[0], expected);
    });
  }

  it('keeps the precision: a date stays a date, minutes stay minutes', () => {
    assert.equal(readDate(writeDate('2026-12-04', 8) ?? ''), '2026-12-04');
    assert.equal(readDate(writeDate('2026-12-04', 6) ?? ''), '2026-12-04');
    assert.equal(writeDate('2026-12-04T10:30:00', 8), undefined);
    assert.equal(readTime('1030'), '10:30:00');
  });

  it('does not name a zone whose clocks were put forward past that time', () => {
    const ways = writeDateTime('2095-03-13T02:00:00-05:00', 3, noClock);
    assert.deepEqual(
      ways.find(([, , code]) => code === 'CT'),
      undefined,
    );
    assert.deepEqual(ways[0], ['20950313', '0200', 'ES']);
  });

  it('reads back every moment it writes', () => {
    const two = (max: number) => fc.nat(max).map((n) => String(n).padStart(2, '0'));
    const day = fc
      .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const zone = fc.constantFrom('', ...[...TIME_ZONE_CODES.values()].filter((meaning) => /^[+-]/.test(meaning)));
    const moment = fc
      .tuple(day, fc.boolean(), two(23), two(59), two(59), zone)
      .map(([date, timed, h, m, s, offset]) => (timed ? `${date}T${h}:${m}:${s}${offset}` : date));
    fc.assert(
      fc.property(moment, (value) => {
        for (const [date = '', time = '', code = ''] of writeDateTime(value, 3, noClock)) {
          assert.equal(instantOf(readDateTime(date, time, code)), instantOf(value));
        }
      }),
    );
  });
});
