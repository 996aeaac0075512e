import assert from 'node:assert/strict';
import { parseBlockReference, parseValueReference } from '../../src/mapping/reference.ts';
import { resolveValue } from '../../src/mapping/resolve-value.ts';
import { type Block, enter, isFault, rootBlock } from '../../src/mapping/scope.ts';
import { dictionaries } from './support/maps.ts';

function rootOf(set: string): Block {
  const definition = dictionaries.find('x12', '004010')?.dictionary.set(set);
  assert(definition !== undefined);
  return rootBlock(definition.root);
}

function blockOf(set: string, path: string): Block {
  const root = rootOf(set);
  if (path === '') return root;
  const parsed = parseBlockReference(path);
  assert(!('fault' in parsed));
  const blocks = enter(root, true, parsed.steps);
  assert(!isFault(blocks), JSON.stringify(blocks));
  return blocks.at(-1) ?? root;
}

/** Segment, positions, and how many blocks further out it was found; or the code of the fault. */
function resolved(set: string, path: string, text: string, every = false): string {
  const reference = parseValueReference(text);
  assert(!('fault' in reference));
  const value = resolveValue(blockOf(set, path), reference, every);
  if (isFault(value)) return `${value.code} ${value.fault} ${value.remedy}`;
  const places = value.places.map(
    ({ position, component }) => `${position}${component === null ? '' : `-${component}`}`,
  );
  const pair = value.pair === null ? '' : ` pair ${value.pair.qualifiers.join(',')} to ${value.pair.values.join(',')}`;
  return `${value.definition.tag} ${places.join(',')}${pair} out ${value.outwards}`;
}

describe('a reference in its set', () => {
  const rows: readonly (readonly [string, string, string, string])[] = [
    // Tag and number run together: only one way fits the set.
    ['856', '', 'BSN02', 'BSN 2 out 0'],
    ['856', '', 'BSN03..04', 'BSN 3,4 out 0'],
    ['214', '', 'B1001', 'B10 1 out 0'],
    ['214', 'LX/AT7', 'AT705..07', 'AT7 5,6,7 out 0'],
    ['214', 'LX/AT7', 'MS101', 'MS1 1 out 0'],
    ['945', '', 'W0601', 'W06 1 out 0'],
    ['945', '', 'W0302', 'W03 2 out 0'],
    ['945', 'LX/W12', 'G6901', 'G69 1 out 0'],
    ['856', 'HL(S)/N1(01=ST)', 'N102', 'N1 2 out 0'],
    ['856', 'HL(S)/N1(01=ST)', 'N301..02', 'N3 1,2 out 0'],
    // Data-element numbers, with and without leading zeros.
    ['856', '', 'BSN396', 'BSN 2 out 0'],
    ['856', 'HL(S)/N1', 'N1093', 'N1 2 out 0'],
    ['856', 'HL(S)', 'REF(128=BM)127', 'REF 2 out 0'],
    // Pairs in any position.
    ['945', 'LX/W12', 'W12(235=UP)234', 'W12 8 pair 7,17,21 to 8,18,22 out 0'],
    ['856', 'HL(S)/HL(I)', 'LIN(235=UP)234', `LIN 3 pair ${pairs(2)} to ${pairs(3)} out 0`],
    // Components.
    ['856', 'HL(S)', 'MEA04-1', 'MEA 4-1 out 0'],
    // Outwards, and from the top.
    ['945', 'LX/W12', 'MAN(01=GM)02', 'MAN 2 out 1'],
    ['214', 'LX/AT7', 'B1001', 'B10 1 out 2'],
    ['214', 'LX/AT7', 'L11(02=BM)01', 'L11 1 out 1'],
    ['214', 'LX/AT7/MS2', 'MS101', 'MS1 1 out 1'],
    ['214', 'LX/AT7', '/L11(02=BM)01', 'L11 1 out 2'],
    // A bare number is the block's own segment.
    ['945', 'LX/W12', '03', 'W12 3 out 0'],
    ['214', 'LX/AT7/MS2', '02', 'MS2 2 out 0'],
    // A loop may be entered in passing.
    ['856', 'HL(S)', 'N1(01=ST)02', 'N1 2 out 0'],
    ['856', '', 'HL(S)/TD503', 'TD5 3 out 0'],
  ];
  for (const [set, path, text, expected] of rows) {
    it(`${text} in ${path || 'the top'} of ${set} is ${expected}`, () => {
      assert.equal(resolved(set, path, text), expected);
    });
  }

  it('gives every place of a repeated element number to `all`', () => {
    assert.equal(resolved('945', 'LX', 'MAN087', true), 'MAN 2,3,5,6 out 0');
  });

  const faults: readonly (readonly [string, string, string, RegExp])[] = [
    ['856', '', 'W0601', /^MAP_SEGMENT .*no W06 in ST\. Mend the tag; ST has BSN, DTM, HL, CTT\.$/],
    ['856', '', 'TD503', /^MAP_SEGMENT .*no TD5 in ST\. It belongs to HL: enter that first/],
    ['214', 'LX/AT7', 'AT712', /^MAP_ELEMENT AT7 has no element 12\. AT7 has elements 01 to 07\./],
    ['856', '', 'BSN999', /^MAP_ELEMENT BSN has no data element 999\. It has 353, 396/],
    [
      '945',
      'LX/W12',
      'W12235',
      /^MAP_ELEMENT Data element 235 occurs 3 times in W12\. Write the position, as in W1207/,
    ],
    ['856', '', 'BSN02-1', /^MAP_ELEMENT BSN02 has no component 1\. It is no composite/],
    ['856', 'HL(S)', 'MEA04-16', /^MAP_ELEMENT MEA04 has no component 16\. It has components 1 to 15\./],
    ['856', '', 'BSN04..03', /^MAP_REFERENCE The span "BSN04\.\.03" runs backwards/],
    ['856', '', '02', /^MAP_REFERENCE "02" is the number of an element, and no segment is around it\..*BSN02/],
    ['856', 'HL(S)', 'REF(01=BMX1)02', /^MAP_CODE "BMX1" cannot stand in REF/],
  ];
  for (const [set, path, text, expected] of faults) {
    it(`refuses ${text} in ${path || 'the top'} of ${set}`, () => assert.match(resolved(set, path, text), expected));
  }

  it('does not reach an HL that lies under another one', () => {
    const parsed = parseBlockReference('HL(O)');
    assert(!('fault' in parsed));
    const blocks = enter(rootOf('856'), false, parsed.steps);
    assert(isFault(blocks));
    assert.equal(blocks.code, 'MAP_UNREACHABLE');
    assert.match(blocks.remedy, /in: HL\(S\).*each: HL\(O\)/);
  });
});

function pairs(first: number): string {
  return Array.from({ length: 15 }, (_, index) => first + 2 * index).join(',');
}
