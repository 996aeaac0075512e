import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { withOffset, withoutOffset } from '../../src/events/offsets.ts';

describe('a local time gets the offset of its zone', () => {
  for (const [zone, local, expected] of [
    ['America/Chicago', '2026-03-08T01:59:59', '2026-03-08T01:59:59-06:00'],
    ['America/Chicago', '2026-03-08T02:30:00', '2026-03-08T03:30:00-05:00'],
    ['America/Chicago', '2026-03-08T03:00:00', '2026-03-08T03:00:00-05:00'],
    ['America/Chicago', '2026-11-01T00:59:00', '2026-11-01T00:59:00-05:00'],
    ['America/Chicago', '2026-11-01T01:30:00', '2026-11-01T01:30:00-05:00'],
    ['America/Chicago', '2026-11-01T02:00:00', '2026-11-01T02:00:00-06:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-04T02:45:00+11:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:45:00', '2026-10-04T02:45:00+11:00'],
    ['Asia/Kolkata', '2026-12-04T10:30:00', '2026-12-04T10:30:00+05:30'],
    ['America/Phoenix', '2026-07-04T10:30:00', '2026-07-04T10:30:00-07:00'],
    ['UTC', '2026-12-04T10:30:00', '2026-12-04T10:30:00+00:00'],
  ] as const) {
    it(`${local} in ${zone} is ${expected}`, () => assert.equal(withOffset(local, zone), expected));
  }

  it('as looking up every single time would say, on any minute of a year with its clock changes', () => {
    const zones = fc.constantFrom('America/Los_Angeles', 'America/St_Johns', 'Australia/Lord_Howe', 'Europe/Berlin');
    const start = Temporal.PlainDateTime.from('2026-01-01T00:00:00');
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 365 * 24 * 60 }), (zone, minutes) => {
        const local = start.add({ minutes }).toString();
        const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(zone);
        assert.equal(withOffset(local, zone), zoned.toPlainDateTime().toString() + zoned.offset);
      }),
      { numRuns: 300 },
    );
  });

  it('and a zone that does not exist is an error', () => {
    assert.throws(() => withOffset('2026-12-04T10:30:00', 'Mars/Olympus'), RangeError);
  });
});

describe('an instant is shown by the clock of a zone', () => {
  for (const [zone, instant, local] of [
    ['America/Chicago', '2026-03-08T07:59:59Z', '2026-03-08T01:59:59'],
    ['America/Chicago', '2026-03-08T08:30:00Z', '2026-03-08T03:30:00'],
    ['America/Chicago', '2026-11-01T06:30:00Z', '2026-11-01T01:30:00'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-04T02:30:00'],
    ['Asia/Kolkata', '2026-12-04T10:30:00Z', '2026-12-04T16:00:00'],
    ['UTC', '2026-12-04T10:30:59Z', '2026-12-04T10:30:59'],
  ] as const) {
    it(`${instant} in ${zone} is ${local}`, () => assert.equal(withoutOffset(Date.parse(instant), zone), local));
  }

  it('and not where the clock has shown the same time an hour before', () => {
    assert.equal(withoutOffset(Date.parse('2026-11-01T07:30:00Z'), 'America/Chicago'), undefined);
  });

  it('as looking up every single instant would say, on any minute of a year with its clock changes', () => {
    const zones = fc.constantFrom('America/Los_Angeles', 'America/St_Johns', 'Australia/Lord_Howe', 'Europe/Berlin');
    const start = Date.parse('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 365 * 24 * 60 }), (zone, minutes) => {
        const instant = start + minutes * 60_000;
        const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
        const local = zoned.toPlainDateTime().toString({ smallestUnit: 'second' });
        const isRead = Date.parse(withOffset(local, zone)) === instant;
        assert.equal(withoutOffset(instant, zone), isRead ? local : undefined);
      }),
      { numRuns: 300 },
    );
  });
});
