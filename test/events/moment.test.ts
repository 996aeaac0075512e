import assert from 'node:assert/strict';
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

  it('is published as a date or with its offset, never local', () => {
    assert(isPublishedMoment('2026-12-04'));
    assert(isPublishedMoment('2026-12-04T10:30:00-08:00'));
    assert(!isPublishedMoment('2026-12-04T10:30:00'));
  });
});
