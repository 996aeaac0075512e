import assert from 'node:assert/strict';
import { checkDocument } from '../../../src/edi/check/document.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { readAll } from '../../../src/edi/read.ts';
import type { LoopInstance, Structure } from '../../../src/edi/structure-types.ts';
import { unb, unh } from '../support/edifact.ts';
import { bytes } from '../support/x12.ts';

const dictionaries = createDictionaries();

/** The groups of a message whose segments all have a place, each with its own segments in brackets: `LIN{LIN+1 QTY+12} PCI{PCI}`. */
function groupsOf(type: string, version: string, segments: readonly string[]): string {
  for (const item of readAll(bytes(unb({}, unh({ type, version }, ...segments))))) {
    if (item.kind !== 'document') continue;
    const group = { ordinal: 0, code: '', version: '', controlNumber: '', implicit: true, header: null };
    const { findings, structure } = checkDocument(item.document, group, dictionaries);
    const misplaced = findings.filter(({ ack }) => ack?.level === 'segment');
    assert.deepEqual(misplaced, []);
    assert.ok(structure !== null);
    return structure.root.children.map((child) => groupText(structure, child)).join(' ');
  }
  return 'no message';
}

function groupText(structure: Structure, instance: LoopInstance): string {
  const { segments } = structure;
  const own = instance.segments.map((segment) =>
    segments.bytes
      .latin1Slice(segments.partStart(segment, 0), segments.endOf(segment) - segments.base)
      .replace(/'$/, ''),
  );
  const inside = instance.children.map((child) => groupText(structure, child));
  return `${instance.node.name}{${[...own, ...inside].join(' ')}}`;
}

/** Messages whose segments could go to more groups than one, and where they belong. */
const CASES: readonly (readonly [
  title: string,
  type: string,
  version: string,
  segments: readonly string[],
  groups: string,
])[] = [
  [
    'packages and lines of a despatch advice, whose markings, numbers and quantities have the same tags',
    'DESADV',
    'D:96A:UN',
    [
      ...[
        'BGM',
        'CPS+1',
        'PAC+1',
        'QTY+52:1',
        'PCI+1',
        'GIN+BJ+1',
        'GIN+BJ+2',
        'PCI+2',
        'LIN+1',
        'QTY+12:1',
        'GIN+BX+1',
      ],
      ...['RFF+ON:1', 'PCI+3', 'QTY+11:1', 'GIN+BX+2', 'LIN+2', 'QTY+12:2', 'CPS+2', 'LIN+3', 'CPS+3', 'PAC+2'],
    ],
    [
      'CPS{CPS+1 PAC{PAC+1 QTY+52:1 PCI{PCI+1 GIN{GIN+BJ+1} GIN{GIN+BJ+2}} PCI{PCI+2}}',
      'LIN{LIN+1 QTY+12:1 GIN+BX+1 RFF{RFF+ON:1} PCI{PCI+3 QTY+11:1 GIN{GIN+BX+2}}} LIN{LIN+2 QTY+12:2}}',
      'CPS{CPS+2 LIN{LIN+3}} CPS{CPS+3 PAC{PAC+2}}',
    ].join(' '),
  ],
  [
    'references of a despatch advice, of the whole and of a party',
    'DESADV',
    'D:96A:UN',
    ['BGM', 'RFF+ON:1', 'DTM+1', 'NAD+DP', 'RFF+VA:2', 'DTM+2', 'RFF+IA:3', 'NAD+SU', 'CPS+1'],
    'RFF{RFF+ON:1 DTM+1} NAD{NAD+DP RFF{RFF+VA:2 DTM+2} RFF{RFF+IA:3}} NAD{NAD+SU} CPS{CPS+1}',
  ],
  [
    'conditions of a receiving advice, of a marking, of a number and of the line',
    'RECADV',
    'D:01B:UN',
    [
      'BGM',
      'DTM+1',
      'NAD+DP',
      'CPS+1',
      'LIN+1',
      'CDI+1',
      'GIN+1+2',
      'CDI+2',
      'PCI+1',
      'CDI+3',
      'GIN+1+3',
      'CDI+4',
      'LIN+2',
      'CDI+5',
    ],
    [
      'NAD{NAD+DP} CPS{CPS+1 LIN{LIN+1 CDI{CDI+1} GIN{GIN+1+2 CDI{CDI+2}}',
      'PCI{PCI+1 CDI{CDI+3} GIN{GIN+1+3 CDI{CDI+4}}}} LIN{LIN+2 CDI{CDI+5}}}',
    ].join(' '),
  ],
  [
    'packages of an inventory report beside its lines and inside a quantity',
    'INVRPT',
    'D:96A:UN',
    [
      'BGM',
      'DTM+1',
      'CPS+1',
      'PAC+1',
      'QTY+1:1',
      'LIN+1',
      'QTY+1:2',
      'CPS+2',
      'PAC+2',
      'QTY+1:3',
      'CPS+3',
      'LIN+2',
      'QTY+1:4',
    ],
    [
      'CPS{CPS+1 PAC{PAC+1 QTY{QTY+1:1}}}',
      'LIN{LIN+1 QTY{QTY+1:2 CPS{CPS+2 PAC{PAC+2 QTY+1:3}} CPS{CPS+3}}} LIN{LIN+2 QTY{QTY+1:4}}',
    ].join(' '),
  ],
  [
    'amounts and charges of an invoice, of the line and of the whole',
    'INVOIC',
    'D:01B:UN',
    [
      'BGM',
      'DTM+1',
      'ALC+C',
      'MOA+8',
      'LIN+1',
      'MOA+203',
      'ALC+A',
      'MOA+8',
      'MOA+25',
      'LIN+2',
      'UNS+S',
      'MOA+79',
      'TAX+7',
      'MOA+124',
      'ALC+C',
      'MOA+8',
    ],
    [
      'ALC{ALC+C MOA{MOA+8}} LIN{LIN+1 MOA{MOA+203} ALC{ALC+A MOA{MOA+8} MOA{MOA+25}}} LIN{LIN+2}',
      'MOA{MOA+79} TAX{TAX+7 MOA+124} ALC{ALC+C MOA+8}',
    ].join(' '),
  ],
];

describe('Groups of EDIFACT messages', () => {
  for (const [title, type, version, segments, groups] of CASES) {
    it(`hold what belongs to them: ${title}`, () => assert.equal(groupsOf(type, version, segments), groups));
  }
});
