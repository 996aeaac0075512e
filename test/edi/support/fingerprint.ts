import { isBlank } from '../../../src/edi/bytes.ts';
import type { ReadItem } from '../../../src/edi/envelope.ts';
import type { Segments } from '../../../src/edi/segments.ts';

/** Everything items say, positions and bytes included, as one text: equal texts, equal readings. Much cheaper than `detail`. */
export function fingerprint(items: readonly ReadItem[]): string {
  return items.map(fingerprintOne).join('\n');
}

function fingerprintOne(item: ReadItem): string {
  switch (item.kind) {
    case 'gap':
    case 'broken':
      return `${item.kind} ${item.reason} ${item.start} ${item.end}`;
    case 'interchange': {
      const { header, ...rest } = item.interchange;
      return `${JSON.stringify(rest)} ${runOf(header)}`;
    }
    case 'interchange-acknowledgment':
    case 'stray':
      return `${item.kind} ${runOf(item.segments)}`;
    case 'group': {
      const { header, ...rest } = item.group;
      return `${JSON.stringify(rest)} ${header === null ? '' : runOf(header)}`;
    }
    case 'document': {
      const { segments, ...rest } = item.document;
      return `${JSON.stringify(rest)} ${runOf(segments)}`;
    }
    case 'group-end':
      return `${item.group.ordinal} ${item.trailer === null ? '' : runOf(item.trailer)}`;
    case 'interchange-end':
      return `${item.interchange.ordinal} ${item.end} ${item.trailer === null ? '' : runOf(item.trailer)}`;
  }
}

/** The place of every part of a run, and its bytes. */
function runOf(segments: Segments): string {
  const { bytes, base, count } = segments;
  const places: number[] = [];
  for (let segment = 0; segment < count; segment++) {
    const last = segments.elementCount(segment);
    for (let part = 0; part <= last; part++) places.push(base + segments.partStart(segment, part));
    places.push(base + segments.partEnd(segment, last));
  }
  const end = count === 0 ? 0 : segments.partEnd(count - 1, segments.elementCount(count - 1));
  return `${places.join()} ${count === 0 ? '' : bytes.latin1Slice(segments.partStart(0, 0), end)}`;
}

/**
 * Throws unless the file is its gaps and interchanges and each interchange its header, documents, other segments and what
 * was given up: every byte in exactly one of them, in order, with nothing but blanks between two segments.
 */
export function checkAccount(items: readonly ReadItem[], file: Buffer): void {
  let at = 0;
  let inside = false;
  const take = (start: number, end: number, what: string): void => {
    if (start < at || end < start) throw new Error(`${what} at ${start} to ${end} overlaps what ends at ${at}`);
    for (; at < start; at++) {
      if (!inside || !isBlank(file[at] ?? 0)) throw new Error(`byte ${at} before ${what} belongs to nothing`);
    }
    at = end;
  };
  const takeRun = (run: Segments | null): void => {
    if (run !== null) take(run.startOf(0), Math.min(run.endOf(run.count - 1), file.length), run.tag(0));
  };
  for (const item of items) {
    if (inside === (item.kind === 'gap' || item.kind === 'interchange')) {
      throw new Error(`${item.kind} is ${inside ? 'inside' : 'outside'} an interchange at ${at}`);
    }
    switch (item.kind) {
      case 'gap':
        if (item.end <= item.start) throw new Error(`gap ${item.reason} at ${item.start} is empty`);
        take(item.start, item.end, `gap ${item.reason}`);
        break;
      case 'interchange': {
        const { start, header } = item.interchange;
        take(start, start, 'interchange');
        inside = true;
        if (header.count > 0) at = Math.min(header.endOf(0), file.length);
        break;
      }
      case 'interchange-acknowledgment':
      case 'stray':
        takeRun(item.segments);
        break;
      case 'group':
        takeRun(item.group.header);
        break;
      case 'document':
        take(item.document.start, item.document.end, item.document.type);
        break;
      case 'group-end':
        takeRun(item.trailer);
        break;
      case 'broken':
        // A header that cannot be read is given up from its first byte on.
        if (item.reason === 'header-unreadable') at = item.start;
        take(item.start, item.end, item.reason);
        break;
      case 'interchange-end':
        takeRun(item.trailer);
        take(item.end, item.end, 'end of the interchange');
        inside = false;
    }
  }
  if (inside || at !== file.length) throw new Error(`the bytes end at ${at} of ${file.length}`);
}
