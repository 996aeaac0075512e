import { changedTables } from '../changed-tables.ts';
import { elementTables, messageTables } from '../edifact/notation.ts';
import type { TableTexts } from '../parse-tables.ts';
import { SERVICE_CODES, SERVICE_ELEMENTS, SERVICE_SEGMENTS } from '../service-segments.ts';
import {
  actionCodes,
  actionElement,
  elementsOfVersion3,
  elementsOfVersion4,
  messages,
  segmentsOfVersion3,
  segmentsOfVersion4,
} from './tables.ts';

const version3: TableTexts = {
  standard: 'edifact',
  release: 'D3',
  sets: messageTables(messages),
  segments: segmentsOfVersion3 + SERVICE_SEGMENTS,
  elements: [elementTables(elementsOfVersion3), actionElement, SERVICE_ELEMENTS].join('\n'),
  codes: [actionCodes, SERVICE_CODES].join('\n'),
};

const version4 = changedTables(version3, {
  standard: 'edifact',
  release: '41',
  sets: '',
  segments: segmentsOfVersion4,
  elements: elementTables(elementsOfVersion4),
  codes: '',
});

/** CONTRL as its UNH names it: 2:1, 2:2 and D:3 answer to syntax versions 1 to 3, 4:1 to version 4. */
export const contrlReleases: readonly TableTexts[] = [
  { ...version3, release: '21' },
  { ...version3, release: '22' },
  version3,
  version4,
];
