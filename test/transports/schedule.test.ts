import assert from 'node:assert/strict';
import { dayIn, nextLook, quietFor, type Schedule } from '../../src/transports/schedule.ts';

const at = (text: string): number => Date.parse(text);
const schedule: Schedule = { every: 60_000, cron: null, quiet: [], timezone: 'America/Chicago' };

describe('when a source is looked at', () => {
  it('comes after its pause, a tenth more or less', () => {
    assert.deepEqual(
      [0, 0.5, 1].map((jitter) => nextLook(schedule, 1_000_000, jitter)),
      [1_054_000, 1_060_000, 1_066_000],
    );
  });

  const CRON: readonly (readonly [pattern: string, from: string, next: string])[] = [
    ['*/15 6-20 * * 1-5', '2026-11-27T18:07:00-06:00', '2026-11-27T18:15:00-06:00'],
    ['*/15 6-20 * * 1-5', '2026-11-27T20:50:00-06:00', '2026-11-30T06:00:00-06:00'],
    // The night in which 02:30 does not exist in Chicago.
    ['30 2 * * *', '2026-03-07T12:00:00-06:00', '2026-03-08T03:00:00-05:00'],
  ];
  for (const [cron, from, next] of CRON) {
    it(`follows ${cron} on the clocks of the partner, from ${from}`, () => {
      assert.equal(new Date(nextLook({ ...schedule, cron }, at(from), 0)).toISOString(), new Date(next).toISOString());
    });
  }

  it('is put off while it shall be quiet, over midnight too', () => {
    const quiet = [
      { from: 22 * 60, to: 5 * 60 + 30 },
      { from: 12 * 60, to: 12 * 60 + 15 },
    ];
    const minutes = (text: string): number => quietFor({ ...schedule, quiet }, at(text)) / 60_000;
    assert.deepEqual(
      ['21:59', '22:00', '23:30', '00:00', '05:29', '05:30', '12:14', '12:15'].map((time) =>
        minutes(`2026-11-27T${time}:00-06:00`),
      ),
      [0, 450, 360, 330, 1, 0, 1, 0],
    );
  });

  it('has the day of the partner', () => {
    assert.equal(dayIn('America/Chicago', at('2026-11-28T03:00:00Z')), '2026-11-27');
    assert.equal(dayIn('Asia/Tokyo', at('2026-11-28T16:00:00Z')), '2026-11-29');
  });
});
