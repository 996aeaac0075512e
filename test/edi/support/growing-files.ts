import { unb, unh } from './edifact.ts';
import { gs, isa, st } from './x12.ts';

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
export const GROWING_FILES: readonly (readonly [what: string, count: number, file: (count: number) => string])[] = [
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
