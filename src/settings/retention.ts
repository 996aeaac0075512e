import { parseDuration } from '../util/duration.ts';
import { didYouMean } from '../util/suggest.ts';
import type { Parsed } from './keys.ts';

const PARTS = ['events', 'documents', 'bytes'] as const;

/** How long each part of a file is kept after it came in, in milliseconds; what is missing is kept for ever. */
export type Retention = Readonly<Partial<Record<(typeof PARTS)[number], number>>>;

const REMEDY = 'Write bytes 90d, documents 400d, events 400d, or only those that are to go.';

/** Reads `bytes 90d, documents 400d, events 400d`; empty keeps everything. */
export function parseRetention(text: string): Parsed<Retention> {
  const kept: Partial<Record<(typeof PARTS)[number], number>> = {};
  for (const item of text.split(',').map((part) => part.trim())) {
    if (item === '') continue;
    const [name = '', duration = '', ...others] = item.split(/\s+/);
    const part = PARTS.find((known) => known === name);
    if (part === undefined) return { what: `"${name}" is no part of a file.`, remedy: didYouMean(name, PARTS) };
    const milliseconds = parseDuration(duration);
    if (milliseconds === null || others.length > 0) {
      return { what: `"${item}" does not say how long.`, remedy: REMEDY };
    }
    kept[part] = milliseconds;
  }
  const { events, documents } = kept;
  if (documents !== undefined && (events === undefined || events > documents)) {
    const what = 'Documents are not kept shorter than the events that came of them.';
    return { what, remedy: 'Name events too, with a time that is not longer than that of documents.' };
  }
  return { value: kept };
}
