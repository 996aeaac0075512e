import { elementTables, messageTables } from '../edifact/notation.ts';
import type { TableTexts } from '../parse-tables.ts';
import { SERVICE_CODES, SERVICE_ELEMENTS, SERVICE_SEGMENTS } from '../service-segments.ts';
import { elements } from './elements.ts';
import { orderMessages } from './messages-orders.ts';
import { transportMessages } from './messages-transport.ts';
import { warehouseMessages } from './messages-warehouse.ts';
import { segments } from './segments.ts';

/**
 * Facts of UN/EDIFACT D.96A about the messages that are mapped here: which segments, in which order and groups, how often,
 * and which elements they are made of. Written by hand; no names, explanations or code lists of the directory. An imported
 * directory of the same release stands instead of them, with its codes; test/edi/dictionary/edifact-facts.test.ts compares
 * the two.
 */
export const edifactReleaseD96A: TableTexts = {
  standard: 'edifact',
  release: 'D96A',
  get sets() {
    return messageTables(warehouseMessages + transportMessages + orderMessages);
  },
  segments: segments + SERVICE_SEGMENTS,
  get elements() {
    return elementTables(elements) + SERVICE_ELEMENTS;
  },
  codes: SERVICE_CODES,
};
