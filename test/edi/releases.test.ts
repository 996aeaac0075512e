import assert from 'node:assert/strict';
import { readAll } from '../../src/edi/read.ts';
import { findingsOf } from './support/check.ts';
import { unb, unh } from './support/edifact.ts';
import { outline } from './support/items.ts';
import { bytes, gs, isa, st } from './support/x12.ts';

/** ISA12 and the GS08 that goes with it. */
const X12_RELEASES: readonly (readonly [interchange: string, group: string])[] = [
  ['00300', '003000'],
  ['00303', '003030'],
  ['00304', '003040'],
  ['00305', '003050'],
  ['00306', '003060'],
  ['00307', '003070'],
  ['00400', '004000'],
  ['00401', '004010'],
  ['00401', '004010VICS'],
  ['00402', '004020'],
  ['00403', '004030'],
  ['00404', '004040'],
  ['00405', '004050'],
  ['00406', '004060'],
  ['00501', '005010'],
  ['00501', '005010X231A1'],
  ['00502', '005020'],
  ['00503', '005030'],
  ['00601', '006010'],
  ['00602', '006020'],
  ['00701', '007010'],
  ['00702', '007020'],
  ['00801', '008010'],
];

describe('an interchange of any release', () => {
  for (const [interchange, group] of X12_RELEASES) {
    it(`X12 ${interchange} with ${group} is read, with repetitions from 00402 on, and checked`, () => {
      const options = { version: interchange, repetition: interchange < '00402' ? 'U' : '^' };
      const file = bytes(isa(options, gs({ code: 'SH', version: group }, st('856', 'BSN*00*S1*20240102*1530'))));
      const items = readAll(file);
      assert.deepEqual(outline(items), ['ISA 000000001', 'GS SH 1', '856 0001 (3)', 'GE 1', 'IEA 000000001']);
      const [item] = items;
      assert.ok(item?.kind === 'interchange');
      assert.equal(item.interchange.delimiters.repetition, interchange < '00402' ? null : '^'.charCodeAt(0));
      const codes = findingsOf(file).map(({ code }) => code);
      assert.ok(
        !codes.includes('SET_UNKNOWN') && codes.every((code) => !code.startsWith('INTERCHANGE_')),
        codes.join(),
      );
    });
  }

  for (const [syntax, date] of [
    ['UNOA:1', '240102:1530'],
    ['UNOB:2', '240102:1530'],
    ['UNOC:3', '240102:1530'],
    ['UNOC:4', '20240102:1530'],
  ] as const) {
    it(`EDIFACT ${syntax} is read, with repetitions from syntax 4 on, and checked`, () => {
      const file = bytes(unb({ syntax, date }, unh('ORDERS', 'BGM+220+1+9')));
      const items = readAll(file);
      assert.deepEqual(outline(items), ['UNB 1', 'ORDERS 1 (3)', 'UNZ 1']);
      const [item] = items;
      assert.ok(item?.kind === 'interchange');
      assert.equal(item.interchange.delimiters.repetition, syntax.endsWith('4') ? '*'.charCodeAt(0) : null);
      const codes = findingsOf(file).map(({ code }) => code);
      assert.ok(
        !codes.includes('SET_UNKNOWN') && codes.every((code) => !code.startsWith('INTERCHANGE_')),
        codes.join(),
      );
    });
  }
});
