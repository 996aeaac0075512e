import assert from 'node:assert/strict';
import { fitsPeriod, periodFormat } from '../../../src/edi/check/period.ts';

/** DE 2379, values that are such dates, and values that are not. */
const ROWS: Readonly<Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  101: { good: ['240229', '000229'], bad: ['241301', '240230', '20240229', '24022'] },
  102: {
    good: ['20240229', '19991231'],
    bad: ['20230229', '20240431', '20240100', '240229', '2024-02-29', '2024022A'],
  },
  201: { good: ['2402292359'], bad: ['2402292360', '24022923'] },
  202: { good: ['240229235959'], bad: ['240229235960'] },
  203: { good: ['202402292359', '202402292400'], bad: ['202402292401', '202402292500', '20240229'] },
  204: { good: ['20240229235959'], bad: ['20240229235960', '202402292359'] },
  301: { good: ['2402292359EST'], bad: ['2402292359'] },
  303: { good: ['202402292359EST', '202402292359+01'], bad: ['202402292359', '202402292359E'] },
  304: { good: ['20240229235959UTC'], bad: ['20240229235959'] },
  401: { good: ['0000', '2359'], bad: ['2360', '235959'] },
  402: { good: ['235959'], bad: ['2359'] },
  602: { good: ['2024'], bad: ['24', 'YYYY'] },
  609: { good: ['2412'], bad: ['2413'] },
  610: { good: ['202412'], bad: ['202400'] },
  615: { good: ['2453'], bad: ['2454', '2400'] },
  616: { good: ['202401'], bad: ['202454'] },
  718: { good: ['20240101-20240131', '2024010120240131'], bad: ['20240101', '20240101/20240131', '20240101-20240132'] },
  719: { good: ['202401010800-202401311700', '202401010800202401311700'], bad: ['20240101-20240131'] },
};

const OF_OTHER_CODES: readonly string[] = ['', '1', '2', '804', '10', '1022', 'ZZZ'];

function fits(code: string, value: string): boolean | undefined {
  const bytes = Buffer.from(`:${value}:${code}`, 'latin1');
  const format = periodFormat(bytes, value.length + 2, bytes.length);
  return format === undefined ? undefined : fitsPeriod(bytes, 1, 1 + value.length, format);
}

describe('A date, time or period of EDIFACT', () => {
  for (const [code, { good, bad }] of Object.entries(ROWS)) {
    it(`of format ${code} is on a calendar and of that length`, () => {
      assert.deepEqual(
        good.filter((value) => fits(code, value) !== true),
        [],
      );
      assert.deepEqual(
        bad.filter((value) => fits(code, value) !== false),
        [],
      );
    });
  }

  it('is not looked at where the format is not clear', () => {
    for (const code of OF_OTHER_CODES) assert.equal(fits(code, 'soon'), undefined, code);
  });
});
