import type { ReadItem, Standard } from '../../../src/edi/envelope.ts';
import { createReader } from '../../../src/edi/read.ts';
import type { Segments } from '../../../src/edi/segments.ts';

/** What a reader gives for chunks. */
export function readChunks(chunks: readonly Buffer[], reader = createReader()): readonly ReadItem[] {
  const items: ReadItem[] = [];
  for (const chunk of chunks) items.push(...reader.push(chunk));
  items.push(...reader.end());
  return items;
}

/** The bytes cut at the given places. */
export function cutAt(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  const edges = [0, ...places, bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}

/**
 * Items in short, for people: `ISA 000000001`, `GS SH 1`, `856 0001 (4)`, `GE 1`, `IEA 000000001`; and `UNB 1`, `UNG ORDERS 1`,
 * `ORDERS 1 (9)`, `UNE 1`, `UNZ 1`, without the implicit groups of EDIFACT.
 */
export function outline(items: readonly ReadItem[]): readonly string[] {
  let standard: Standard = 'x12';
  return items.flatMap((item) => {
    if (item.kind === 'interchange') standard = item.interchange.standard;
    if ((item.kind === 'group' || item.kind === 'group-end') && standard === 'edifact' && item.group.implicit)
      return [];
    return [outlineOne(item, TAGS[standard])];
  });
}

const TAGS: Readonly<Record<Standard, Readonly<Record<'open' | 'group' | 'end' | 'groupEnd' | 'close', string>>>> = {
  x12: { open: 'ISA', group: 'GS', end: 'SE', groupEnd: 'GE', close: 'IEA' },
  edifact: { open: 'UNB', group: 'UNG', end: 'UNT', groupEnd: 'UNE', close: 'UNZ' },
};

function outlineOne(item: ReadItem, tags: (typeof TAGS)[Standard]): string {
  switch (item.kind) {
    case 'gap':
      return `${item.reason} ${item.end - item.start}`;
    case 'interchange':
      return `${tags.open} ${item.interchange.controlNumber}`;
    case 'interchange-acknowledgment':
      return `TA1 ${item.segments.text(0, 1)}`;
    case 'group':
      return item.group.implicit
        ? `${tags.group} implicit`
        : `${tags.group} ${item.group.code} ${item.group.controlNumber}`;
    case 'document': {
      const { type, controlNumber, segments, complete } = item.document;
      return `${type} ${controlNumber} (${segments.count})${complete ? '' : ` ${tags.end} missing`}`;
    }
    case 'stray':
      return `stray ${item.segments.tag(0)}`;
    case 'group-end':
      return `${tags.groupEnd} ${item.trailer?.text(0, 2) ?? 'missing'}`;
    case 'broken':
      return `broken ${item.reason} ${item.end - item.start}`;
    case 'interchange-end':
      return `${tags.close} ${item.trailer?.text(0, 2) ?? 'missing'}`;
  }
}

/** Everything items say, as plain values that can be compared. */
export function detail(items: readonly ReadItem[]): readonly unknown[] {
  return items.map(detailOne);
}

function detailOne(item: ReadItem): unknown {
  switch (item.kind) {
    case 'gap':
    case 'broken':
      return item;
    case 'interchange': {
      const { header, ...rest } = item.interchange;
      return { ...rest, header: texts(header) };
    }
    case 'interchange-acknowledgment':
    case 'stray':
      return { kind: item.kind, segments: texts(item.segments) };
    case 'group':
      return { ...item.group, header: item.group.header === null ? null : texts(item.group.header) };
    case 'document':
      return { ...item.document, segments: texts(item.document.segments) };
    case 'group-end':
      return { end: item.group.ordinal, trailer: item.trailer === null ? null : texts(item.trailer) };
    case 'interchange-end':
      return {
        end: item.end,
        ordinal: item.interchange.ordinal,
        trailer: item.trailer === null ? null : texts(item.trailer),
      };
  }
}

/** Segments as texts, each with its bytes in the file and its elements. */
export function texts(segments: Segments): readonly (readonly [from: number, to: number, ...parts: string[]])[] {
  return Array.from({ length: segments.count }, (_, segment) => [
    segments.startOf(segment),
    segments.endOf(segment),
    segments.tag(segment),
    ...Array.from({ length: segments.elementCount(segment) }, (_, element) => segments.text(segment, element + 1)),
  ]);
}

/** Throws unless every byte lies in exactly one interchange or gap, in order. */
export function checkBytes(items: readonly ReadItem[], length: number): void {
  let at = 0;
  let inside = false;
  const expect = (start: number, what: string): void => {
    if (start !== at) throw new Error(`${what} begins at ${start}, the one before ends at ${at}`);
  };
  for (const item of items) {
    if (item.kind === 'gap') {
      expect(item.start, `gap ${item.reason}`);
      if (inside || item.end <= item.start) throw new Error(`gap ${item.reason} at ${item.start} is empty or inside`);
      at = item.end;
    } else if (item.kind === 'interchange') {
      expect(item.interchange.start, 'interchange');
      if (inside) throw new Error(`interchange inside another at ${at}`);
      inside = true;
    } else if (item.kind === 'interchange-end') {
      if (!inside || item.end <= at) throw new Error(`interchange end at ${item.end} without a beginning`);
      inside = false;
      at = item.end;
    } else if (!inside) throw new Error(`${item.kind} outside an interchange`);
  }
  if (inside || at !== length) throw new Error(`bytes end at ${at} of ${length}`);
}
