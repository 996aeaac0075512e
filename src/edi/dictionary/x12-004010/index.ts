import type { TableTexts } from '../parse-tables.ts';
import { codes } from './codes.ts';
import { elements } from './elements.ts';
import { segments } from './segments.ts';
import { sets } from './sets.ts';

/** Facts of X12 004010 written from published partner guides, in our own notation. */
export const x12Release004010: TableTexts = { standard: 'x12', release: '004010', sets, segments, elements, codes };
