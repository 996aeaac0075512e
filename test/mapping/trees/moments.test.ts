import assert from 'node:assert/strict';
import { ISO_DATE, ISO_DATE_TIME, readWritten, writeWritten } from '../../../src/mapping/trees/written-moments.ts';

const READ: readonly (readonly [form: string, text: string, value: string | undefined])[] = [
  [ISO_DATE, '2026-12-04', '2026-12-04'],
  [ISO_DATE, '2026-02-30', undefined],
  [ISO_DATE, '20261204', undefined],
  ['DD.MM.YYYY', '04.12.2026', '2026-12-04'],
  ['DD.MM.YYYY', '2026.12.04', undefined],
  ['MM/DD/YYYY', '12/04/2026', '2026-12-04'],
  ['DD/MM/YYYY', '12/04/2026', '2026-04-12'],
  ['YYYY/MM/DD', '2026/12/04', '2026-12-04'],
  [ISO_DATE_TIME, '2026-12-04T10:30:00-08:00', '2026-12-04T10:30:00-08:00'],
  [ISO_DATE_TIME, '2026-12-04T10:30:00.250Z', '2026-12-04T10:30:00Z'],
  [ISO_DATE_TIME, '2026-12-04 10:30', '2026-12-04T10:30:00'],
  [ISO_DATE_TIME, '2026-12-04T10:30+01', '2026-12-04T10:30:00+01:00'],
  [ISO_DATE_TIME, '2026-12-04T10:30:00+0530', '2026-12-04T10:30:00+05:30'],
  [ISO_DATE_TIME, '2026-12-04', '2026-12-04'],
  [ISO_DATE_TIME, '2026-12-04T24:00:00', undefined],
  [ISO_DATE_TIME, '2026-12-04T10:61', undefined],
  [ISO_DATE_TIME, '4 December 2026', undefined],
];

describe('dates and times in a form that the layout says', () => {
  for (const [form, text, value] of READ) {
    it(`${form}: ${text} is ${value ?? 'none'}`, () => assert.equal(readWritten(text, form), value));
  }

  it('are written in the same form, and only where it has room for them', () => {
    assert.equal(writeWritten('2026-12-04', 'DD.MM.YYYY'), '04.12.2026');
    assert.equal(writeWritten('2026-12-04T10:30:00Z', 'DD.MM.YYYY'), undefined);
    assert.equal(writeWritten('2026-12-04T10:30:00Z', ISO_DATE_TIME), '2026-12-04T10:30:00Z');
  });
});
