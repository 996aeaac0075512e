import type { Delimiters } from '../../edi/delimiters.ts';
import type { PlainSegment } from '../../edi/plain-segment.ts';
import { Segments } from '../../edi/segments.ts';
import { structureOf } from '../../edi/structure.ts';
import type { Structure } from '../../edi/structure-types.ts';
import { type LayoutSet, TOP_TAG } from './layout-set.ts';

/** One segment of a laid-out document: its tag, and the texts of its elements. */
export type Row = readonly [tag: string, ...texts: readonly string[]];

/** The marks between texts are known by their places alone, so that a text may hold any character. */
const PLACES: Delimiters = { element: 0x1d, component: null, repetition: null, segment: 0x1c, release: null };

/** Rows as the segments that rules read. */
export function segmentsOfRows(rows: readonly Row[]): Segments {
  const pieces: string[] = [];
  const marks: number[] = [];
  const first: number[] = [];
  let at = 0;
  for (const row of rows) {
    first.push(marks.length);
    marks.push(at - 1);
    for (const text of row) {
      at += Buffer.byteLength(text);
      marks.push(at++);
      pieces.push(text);
    }
  }
  first.push(marks.length);
  const bytes = Buffer.from(pieces.map((text) => `${text}\u001d`).join(''));
  return new Segments(bytes, 0, PLACES, Int32Array.from(marks), Int32Array.from(first), 0, rows.length);
}

/** A written document laid over its set, as if it had been read. */
export function structureOfPlain(
  { definition }: Pick<LayoutSet, 'definition'>,
  segments: readonly PlainSegment[],
): Structure {
  const rows = segments.map(rowOf);
  return structureOf(definition, segmentsOfRows([[TOP_TAG], ...rows]), () => {});
}

/** Documents with a layout have neither components nor repetitions. */
function rowOf([tag, ...elements]: PlainSegment): Row {
  return [tag, ...elements.map((element) => (typeof element === 'string' ? element : ''))];
}
