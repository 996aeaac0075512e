import { type DraftInstance, isInstanceSaid } from './draft.ts';

/** What the engine counts in one document. */
export interface Counters {
  readonly standard: 'x12' | 'edifact';
  /** By tag, for those counted through the whole document. */
  readonly counts: Map<string, number>;
}

/** The number of a segment, and where its counters stand. Component 0 is the whole element. */
export interface Counted {
  readonly number: number;
  readonly places: readonly { readonly position: number; readonly component: number; readonly text: string }[];
}

/** Segments whose first element, or its first component, is a running number. */
const RUNNING: Readonly<Record<Counters['standard'], Readonly<Record<string, number>>>> = {
  x12: { LX: 0, S5: 0 },
  edifact: { LIN: 0, CNI: 0, GID: 0 },
};

export function createCounters(standard: Counters['standard']): Counters {
  return { standard, counts: new Map() };
}

/**
 * The counters of a segment; null when it has none. HL says its number, the number of the HL around it, and whether HLs lie
 * below; CPS says its number and that of the CPS around it; the others count through the document.
 */
export function counterOf(counters: Counters, tag: string, instance: DraftInstance, enclosing: number | null): Counted | null {
  const { standard, counts } = counters;
  const hierarchical = (standard === 'x12' && tag === 'HL') || (standard === 'edifact' && tag === 'CPS');
  const running = RUNNING[standard][tag];
  if (!hierarchical && running === undefined) return null;
  const number = (counts.get(tag) ?? 0) + 1;
  counts.set(tag, number);
  const first = { position: 1, component: running ?? 0, text: String(number) };
  if (!hierarchical) return { number, places: [first] };
  const parent = enclosing === null ? [] : [{ position: 2, component: 0, text: String(enclosing) }];
  if (tag === 'CPS') return { number, places: [first, ...parent] };
  const below = instance.children.some((child) => child.node === instance.node && isInstanceSaid(child));
  return { number, places: [first, ...parent, { position: 4, component: 0, text: below ? '1' : '0' }] };
}
