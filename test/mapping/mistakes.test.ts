import assert from 'node:assert/strict';
import { linesOf, load, map945 } from './support/maps.ts';
import { eachIsToldOnce, GOOD, type Mistake, problemsOf } from './support/mistakes.ts';

const MISTAKES: readonly Mistake[] = [
  [
    'an unknown key of the map',
    'version: next',
    'version: next\nauthor: me',
    '3:1 MAP_WORD',
    'Use one of: map, version, document, layout, event, data, write, expect.',
  ],
  ['an unknown key of document', 'group: SH', 'group: SH, sett: x', '3:66 MAP_WORD', 'Did you mean "set"?'],
  ['an unknown word', 'each: HL(O)', 'eech: HL(O)', '22:5 MAP_WORD', 'Did you mean "each"?'],
  ['an unknown field', 'adviceNumber: BSN02', 'adviseNumber: BSN02', '9:3 MAP_FIELD', 'Did you mean "adviceNumber"?'],
  [
    'a field of another event',
    'trailer: TD303',
    'wagon: TD303',
    '15:5 MAP_FIELD',
    'Use one of: packaging, packageCount, weight, volume, scac,',
  ],
  [
    'either with one rule',
    'TD303',
    '{ either: [ TD303 ] }',
    '15:24 MAP_WORD',
    'Write a list, as in either: [ PRF01, REF(01=PO)02 ].',
  ],
  ['at and all together', '{ all: TD309 }', '{ all: TD309, at: TD308 }', '17:26 MAP_WORD', 'Keep one of them.'],
  [
    'a field beside at',
    '{ at: TD102, as: number }',
    '{ at: TD102, as: number, unit: TD108 }',
    '13:44 MAP_WORD',
    'Beside "at" only as, codes and only may stand.',
  ],
  [
    'a block word beside at',
    '{ at: TD102, as: number }',
    '{ at: TD102, as: number, each: TD1 }',
    '13:44 MAP_WORD',
    'Beside "at" only as, codes and only may stand.',
  ],
  [
    'as and codes together',
    'packaging: TD101',
    'packaging: { at: TD101, as: number, codes: uom }',
    '14:33 MAP_WORD',
    'Keep one of them.',
  ],
  [
    'as without a place',
    'packaging: TD101',
    'packaging: { as: number }',
    '14:18 MAP_WORD',
    'Write "at:" with the reference beside it.',
  ],
  [
    'a missing required field',
    '  adviceNumber: BSN02\n',
    '',
    '9:3 MAP_FIELD_REQUIRED',
    'Write "adviceNumber:" with the element it stands in.',
  ],
  [
    'an empty block',
    'shipTo: { in: N1(01=ST), use: party }',
    'shipTo: { in: N1(01=ST) }',
    '18:13 MAP_WORD',
    'Write its fields, or "use:" with a part.',
  ],
  [
    'an unknown event type',
    'shipment.advised.v1',
    'shipment.advized.v1',
    '6:3 MAP_TYPE',
    'Did you mean "logistics.shipment.advised.v1"?',
  ],
  [
    'event types of different fields',
    'logistics.shipment.advice-replaced.v1',
    'logistics.transport.delivered.v1',
    '5:3 MAP_EVENT',
    'Write one map for each kind of event.',
  ],
  [
    'by without types',
    '  00: logistics.shipment.advised.v1\n  05: logistics.shipment.advice-replaced.v1\n',
    '',
    '5:7 MAP_EVENT',
    'Write code: type below, or name a code table.',
  ],
  [
    'a type beside by that no code stands for',
    'by: BSN01',
    'by: BSN01\n  type: logistics.shipment.advice-amended.v1',
    '6:9 MAP_EVENT',
    'Write a code for it too, so that it can be written.',
  ],
  [
    'neither type nor by',
    'event:\n  by: BSN01\n  00: logistics.shipment.advised.v1\n  05: logistics.shipment.advice-replaced.v1\n',
    'event:\n  00: logistics.shipment.advised.v1\n',
    '5:3 MAP_EVENT',
    'Write one of the two.',
  ],
  ['a strange key of event', '  05: ', '  purpose: ', '7:3 MAP_WORD', 'Use one of: type, by, each, also.'],
  [
    'no event',
    'event:\n  by: BSN01\n  00: logistics.shipment.advised.v1\n  05: logistics.shipment.advice-replaced.v1\n',
    '',
    '1:1 MAP_HEADER',
    'Write "event: { type: logistics.….v1 }".',
  ],
  ['an unknown part', 'use: party', 'use: partie', '18:35 MAP_PART', 'Did you mean "party"?'],
  ['a set that is not installed', 'set: 856', 'set: 857', '3:11 MAP_SET', 'Did you mean "856"?'],
  [
    'a release that is not installed',
    'release: 004010',
    'release: 006020',
    '3:11 MAP_RELEASE',
    'Write the release of installed tables, as in 004010.',
  ],
  ['a standard that is none', 'standard: x12', 'standard: x13', '3:23 MAP_HEADER', 'Write "standard: x12".'],
  ['another group', 'group: SH', 'group: SW', '3:11 MAP_SET', 'Write "group: SH".'],
  [
    'a map name for another place',
    'map: x12/856',
    'map: x12/857',
    '1:1 MAP_NAME',
    'Mend "map:" and "version:", or move the file.',
  ],
  [
    'a version for another place',
    'version: next',
    'version: 1.0.0',
    '1:1 MAP_NAME',
    'Mend "map:" and "version:", or move the file.',
  ],
  ['a malformed version', 'version: next', 'version: 1.0', '2:10 MAP_HEADER', 'Write "version: 1.0.0".'],
  ['a malformed name', 'map: x12/856', 'map: 856', '1:6 MAP_HEADER', 'Write "map: x12/856".'],
  [
    'rest and each together',
    'rest: REF,',
    'rest: REF, each: REF,',
    '19:19 MAP_WORD',
    'Keep "each" for every segment of the kind.',
  ],
  ['per without each', 'rest: REF,', 'per: { type: 01 },', '19:19 MAP_WORD', 'Write "each:" with the lines to group.'],
  [
    'per over a single segment',
    'rest: REF, type: 01',
    'each: REF, per: { type: 01 }',
    '19:25 MAP_WORD',
    'Name the loop of the lines, as in HL(I) or LX/W12.',
  ],
  [
    'an unknown direction',
    '{ at: TD102, as: number }',
    '{ at: TD102, as: number, only: reading }',
    '13:50 MAP_WORD',
    'Write read or write.',
  ],
  [
    'a key twice',
    '    trailer: TD303',
    '    trailer: TD303\n    trailer: TD302',
    '16:5 YAML_SYNTAX',
    'Mend the YAML there; quotes help for text with : # { } [ ]',
  ],
  [
    'a YAML fault',
    '{ all: TD309 }',
    '{ all: TD309',
    '18:5 YAML_SYNTAX',
    'Mend the YAML there; quotes help for text with : # { } [ ]',
  ],
  [
    'an alias',
    'trailer: TD303',
    'trailer: &t TD303\n    packaging2: *t',
    '16:17 YAML_ALIAS',
    'Write the value out, or use a named part.',
  ],
  [
    'a write that is no list',
    'write:\n  BSN05: 0001\n  CTT01: count HL\n',
    'write: BSN05\n',
    '25:8 MAP_WORD',
    'Write write: { CTT01: count HL }.',
  ],
  [
    'a misspelt word for a value',
    'packaging: TD101',
    'packaging: { att: TD101, codes: uom }',
    '14:30 MAP_WORD',
    'Write "at:" with the reference beside it.',
  ],
  [
    'a misspelt word with one value',
    'packaging: TD101',
    'packaging: { att: TD101 }',
    '14:18 MAP_WORD',
    'Did you mean "at"?',
  ],
  ['a misspelt use', 'use: party', 'usee: party', '18:30 MAP_WORD', 'Did you mean "use"?'],
  ['a misspelt in', 'shipTo: { in: N1', 'shipTo: { inn: N1', '18:15 MAP_WORD', 'Did you mean "in"?'],
  [
    'an alternative that is no value',
    'TD303',
    '{ either: [ TD303, { all: TD302 } ] }',
    '15:33 MAP_WORD',
    'Name an element.',
  ],
];

describe('a mistake in a map', () => {
  it('is not in the map that the rows change', () => assert.deepEqual(problemsOf(GOOD), []));

  eachIsToldOnce(MISTAKES);

  it('does not hide the others: all are told at once, in the order of the file', () => {
    const text = GOOD.replace('version: next', 'version: one')
      .replace('05: logistics.shipment.advice-replaced.v1', '05: logistics.shipment.advice-replacd.v1')
      .replace('BSN03..04', 'BSN04..03')
      .replace('as: number', 'as: numbr')
      .replace('TD303', 'td303')
      .replace('use: item', 'use: itm')
      .replace('BSN05', 'BSN15');
    assert.deepEqual(
      problemsOf(text).map(({ line, column, code }) => `${line}:${column} ${code}`),
      [
        '2:10 MAP_HEADER',
        '7:3 MAP_TYPE',
        '10:20 MAP_REFERENCE',
        '13:36 MAP_CONVERSION',
        '15:14 MAP_REFERENCE',
        '24:32 MAP_PART',
        '26:3 MAP_ELEMENT',
      ],
    );
  });

  it('is told for every file that has one', () => {
    const maps = {
      'x12/856/next.yaml': GOOD.replace('TD303', 'TD399'),
      'x12/945/next.yaml': map945('  carrier: { in: W27, scac: 99 }\n'),
      'x12/214/next.yaml': '',
    };
    const codes = { uom: 'codes: uom\nx12: EA\n' };
    assert.deepEqual(linesOf(load({ maps, codes })), [
      'm/codes/uom.yaml:2:6 CODES_SHAPE The section "x12" holds no codes. Write code: meaning, one a line.',
      'm/x12/214/next.yaml:1:1 MAP_SHAPE The file is empty. Write the map, or delete the file.',
      'm/x12/856/next.yaml:15:14 MAP_ELEMENT TD3 has no element 99. TD3 has elements 01 to 10.',
      'm/x12/945/next.yaml:7:29 MAP_ELEMENT W27 has no element 99. W27 has elements 01 to 10.',
    ]);
  });
});
