/**
 * X12 data element 623: what a time code says about the offset from UTC. A fixed offset, the IANA zone whose daylight
 * saving decides it, or `local` (the time of the place, which the event's own place or partner settles).
 * Codes 01 to 12 count hours ahead of UTC; from 13 on they stand for hours behind (25 - n). Of several codes for one
 * offset the first is written: those of the mainland come first, numbers last.
 */
export const TIME_ZONE_CODES: ReadonlyMap<string, string> = new Map([
  ['UT', '+00:00'],
  ['GM', '+00:00'],
  ['LT', 'local'],
  ['ES', '-05:00'],
  ['CS', '-06:00'],
  ['MS', '-07:00'],
  ['PS', '-08:00'],
  ['ED', '-04:00'],
  ['CD', '-05:00'],
  ['MD', '-06:00'],
  ['PD', '-07:00'],
  ['ET', 'America/New_York'],
  ['CT', 'America/Chicago'],
  ['MT', 'America/Denver'],
  ['PT', 'America/Los_Angeles'],
  ['TS', '-04:00'],
  ['TD', '-03:00'],
  ['TT', 'America/Halifax'],
  ['NS', '-03:30'],
  ['ND', '-02:30'],
  ['NT', 'America/St_Johns'],
  ['AS', '-09:00'],
  ['AD', '-08:00'],
  ['AT', 'America/Anchorage'],
  ['HS', '-10:00'],
  ['HD', '-09:00'],
  ['HT', 'Pacific/Honolulu'],
  ...Array.from({ length: 24 }, (_, index): [string, string] => {
    const code = index + 1;
    const hours = code <= 12 ? code : code - 25;
    return [String(code).padStart(2, '0'), `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`];
  }),
]);
