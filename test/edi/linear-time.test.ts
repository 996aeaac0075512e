import assert from 'node:assert/strict';
import { createChecker } from '../../src/edi/check/index.ts';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { readAll } from '../../src/edi/read.ts';
import { unb, unh } from './support/edifact.ts';
import { bytes, gs, isa, st } from './support/x12.ts';

/** Ten times as much takes at most so many times as long; work that grows with the square would take a hundred times. */
const MOST = 15;
/**
 * Small and large files take turns, in processor time, and the fastest of each counts: others may be using the machine, which only
 * ever adds time. So many turns at most, and no more once the law is seen to hold.
 */
const LEAST_TURNS = 2;
const MOST_TURNS = 12;
/** Shorter times say nothing. */
const LEAST_SECONDS = 0.06;

const dictionaries = createDictionaries();

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('');
const asn = (body: string): string => isa({}, gs('SH', st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S', body)));
const hls = (count: number, text: (number: number) => string): string =>
  isa(
    {},
    gs(
      'SH',
      st(
        '856',
        'BSN*00*S1*20240102*1530',
        many(count, (at) => `${text(at + 1)}~`),
      ),
    ),
  );
const desadv = (...body: readonly string[]): string => unb({}, unh('DESADV', 'BGM+351+1+9', ...body));

/** What a hostile file may be made of, and how many of it make the smaller of two files. */
const CASES: readonly (readonly [what: string, count: number, file: (count: number) => string])[] = [
  ['bytes of one X12 segment', 2_000_000, (count) => asn(`REF*${'A'.repeat(count)}`)],
  ['bytes of one EDIFACT segment', 2_000_000, (count) => desadv(`FTX+${'A'.repeat(count)}`)],
  ['bytes of garbage', 2_000_000, (count) => 'A'.repeat(count)],
  ['tags inside garbage', 200_000, (count) => 'ISAUNB'.repeat(count)],
  ['elements of one X12 segment', 1_000_000, (count) => asn(`REF${'*A'.repeat(count)}`)],
  ['elements of one EDIFACT segment', 1_000_000, (count) => desadv(`FTX${'+A'.repeat(count)}`)],
  ['segments of one X12 set', 20_000, (count) => asn(many(count, () => 'REF*BM*1~'))],
  ['segments of one EDIFACT message', 20_000, (count) => desadv(many(count, () => "RFF+ON:1'"))],
  ['segments of no kind', 20_000, (count) => asn(many(count, () => 'XYZ*1~'))],
  [
    'segments outside any set',
    20_000,
    (count) =>
      isa(
        {},
        many(count, () => 'REF*1~'),
      ),
  ],
  ['terminators', 200_000, (count) => asn('~'.repeat(count))],
  ['release characters', 200_000, (count) => desadv('?'.repeat(count))],
  ['HLs under each other', 20_000, (count) => hls(count, (at) => `HL*${at}*${at === 1 ? '' : at - 1}*I`)],
  ['HLs beside each other', 20_000, (count) => hls(count, (at) => `HL*${at}*${at === 1 ? '' : 1}*I`)],
  ['HLs under themselves', 20_000, (count) => hls(count, (at) => `HL*${at}*${at}*I`)],
  ['CPS under each other', 10_000, (count) => desadv(many(count, (at) => `CPS+${at + 1}+${at}'`))],
  ['elements of many components', 200, (count) => asn(many(count, () => `MEA*WT*G*1*LB${':1'.repeat(300)}~`))],
  [
    'elements of many repetitions',
    200,
    (count) =>
      unb(
        { syntax: 'UNOC:4' },
        unh(
          'DESADV',
          many(count, () => `DTM+137${'*137'.repeat(300)}'`),
        ),
      ),
  ],
  ['sets', 2_000, (count) => isa({}, gs('SH', ...Array.from({ length: count }, () => st('856'))))],
  [
    'groups that do not end',
    3_000,
    (count) =>
      isa(
        {},
        many(count, (at) => `GS*SH*A*B*20240102*1530*${at}*X*004010~`),
      ),
  ],
  ['interchanges', 2_000, (count) => many(count, () => isa({}))],
  ['headers without an end', 3_000, (count) => many(count, () => isa({}).slice(0, 105))],
  ['beginnings of an ISA', 30_000, (count) => asn('ISA*'.repeat(count))],
  ['beginnings of a UNB', 10_000, (count) => `?${'UNB+'.repeat(count)}`],
  ['beginnings of a UNA', 10_000, (count) => `?${'UNA:+'.repeat(count)}`],
  ['UNBs that say little', 6_000, (count) => "UNB+UNOA:3+A+B+C+1'".repeat(count)],
  ['BINs whose length is wrong', 20_000, (count) => asn(many(count, () => 'BIN*9999*A~'))],
];

function seconds(file: Buffer): number {
  const before = process.cpuUsage();
  const checker = createChecker(dictionaries);
  for (const item of readAll(file)) checker.check(item);
  checker.end(file.length);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('the time to read and check a file grows with its length alone', () => {
  for (const [what, count, file] of CASES) {
    it(`when it is made of ${what}`, () => {
      const smaller = bytes(file(count));
      const larger = bytes(file(10 * count));
      let small = Number.POSITIVE_INFINITY;
      let large = Number.POSITIVE_INFINITY;
      for (let turn = 0; turn < MOST_TURNS && (turn < LEAST_TURNS || large > MOST * small); turn++) {
        small = Math.max(Math.min(small, seconds(smaller), seconds(smaller)), LEAST_SECONDS);
        large = Math.min(large, seconds(larger));
      }
      assert.ok(large <= MOST * small, `${small.toFixed(3)} s, ten times as much ${large.toFixed(3)} s`);
    }).timeout(120_000);
  }
});
