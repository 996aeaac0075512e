import { newsOf } from '../events/revision.ts';
import type { CanonicalEvent, Json } from '../events/types.ts';
import { fieldDifferences } from '../mapping/trials/field-differences.ts';
import type { ReplayExample, ReplayGroup, ReplayReport } from './replay-types.ts';

/** So many groups are kept, and so many examples of each. */
const MOST_GROUPS = 200;
const MOST_EXAMPLES = 3;
const MOST_CHARACTERS = 120;

/** What one document came to. */
export interface ReplayTally {
  readonly document: keyof ReplayReport['documents'];
  readonly same: number;
  readonly changes: readonly ReplayChange[];
}

/** One thing that is not as it was. */
export interface ReplayChange {
  readonly what: ReplayGroup['what'];
  readonly name: string;
  readonly document: string;
  readonly text?: string;
  /** Of an event that changed: as it was told, and as it is told now. */
  readonly events?: { readonly before: CanonicalEvent; readonly after: CanonicalEvent };
}

/** A report of nothing. */
export const EMPTY_REPORT: ReplayReport = {
  documents: { unchanged: 0, changed: 0, refused: 0, passedOver: 0 },
  events: { same: 0, changed: 0, new: 0, withdrawn: 0 },
  groups: [],
  ungrouped: 0,
};

/** The report with what more documents came to. */
export function addToReport(report: ReplayReport, tallies: readonly ReplayTally[]): ReplayReport {
  const documents = { ...report.documents };
  const events = { ...report.events };
  const groups = new Map(report.groups.map((group) => [keyOf(group), group]));
  let { ungrouped } = report;
  for (const tally of tallies) {
    documents[tally.document] += 1;
    events.same += tally.same;
    for (const change of tally.changes) {
      if (change.what === 'changed' || change.what === 'new' || change.what === 'withdrawn') events[change.what] += 1;
      for (const { field, example } of placesOf(change)) {
        const named = { what: change.what, name: change.name, field };
        const known = groups.get(keyOf(named));
        if (known === undefined && groups.size >= MOST_GROUPS) ungrouped += 1;
        else groups.set(keyOf(named), counted(known ?? { ...named, count: 0, examples: [] }, example));
      }
    }
  }
  return { documents, events, groups: [...groups.values()], ungrouped };
}

function keyOf({ what, name, field }: Pick<ReplayGroup, 'what' | 'name' | 'field'>): string {
  return `${what} ${name} ${field}`;
}

function counted(group: ReplayGroup, example: ReplayExample): ReplayGroup {
  const examples = group.examples.length < MOST_EXAMPLES ? [...group.examples, example] : group.examples;
  return { ...group, count: group.count + 1, examples };
}

/** The fields of a change, each once however many entries of a list are concerned. */
function placesOf(change: ReplayChange): readonly { readonly field: string; readonly example: ReplayExample }[] {
  const { document, text = '', events } = change;
  if (events === undefined) return [{ field: '', example: { document, before: null, after: null, text: cut(text) } }];
  const places = new Map<string, ReplayExample>();
  for (const { pointer, before, after } of fieldDifferences(newsOf(events.before), newsOf(events.after))) {
    const field = pointer.replace(/\/[0-9]+(?=\/|$)/g, '/*');
    if (!places.has(field)) {
      places.set(field, { document, before: shortened(before), after: shortened(after), text: '' });
    }
  }
  return [...places].map(([field, example]) => ({ field, example }));
}

function shortened(value: Json | undefined): Json {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? cut(text) : value;
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
