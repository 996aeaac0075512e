import { accepted } from '../../edi/finding.ts';
import { isObject } from '../../events/json.ts';
import type { Json, JsonObject } from '../../events/types.ts';
import type { MapWriter } from './compile-writer.ts';
import type { Domain, DomainField } from './domain.ts';
import type { EventToWrite, MapWriting, WriteContext } from './types.ts';

/** Fields taken away before it is given up. */
const MOST_TRIES = 12;
/** Places of entries in the order of numbers. */
const ORDER = new Intl.Collator('en', { numeric: true });

/**
 * Writes as much of an event as fits: fields that are refused (two that want one element, for the most part) are taken away,
 * and it is tried again. For generated events, which know nothing of such meetings. Not read back.
 */
export function writeWhatFits(
  writer: MapWriter,
  event: EventToWrite,
  context: WriteContext,
): MapWriting & { readonly event: EventToWrite } {
  let fitting = event;
  for (let tries = 0; ; tries++) {
    const writing = writer.write([fitting], context, false);
    if (accepted(writing.findings) || tries === MOST_TRIES) return { ...writing, event: fitting };
    const refused = writing.findings
      .filter(({ severity }) => severity === 'rejected')
      .map(({ path }) => withOwner(path, writer.domain));
    const smaller = refused.includes(null)
      ? null
      : withoutAll(
          fitting.data,
          refused.filter((path) => path !== null),
        );
    if (smaller === null) return { ...writing, event: fitting };
    fitting = { ...fitting, data: smaller };
  }
}

/** The path of a field, or of the object or entry that cannot be without it; null when the event cannot be. */
function withOwner(path: string, domain: Domain): string | null {
  const [data = '', ...steps] = path.split('/');
  const required: boolean[] = [];
  let at: Domain | undefined = domain;
  for (const step of steps) {
    const field: DomainField | undefined = at?.kind === 'object' ? at.fields.get(step) : undefined;
    required.push(field?.required === true);
    at = at?.kind === 'list' ? at.items : field?.domain;
  }
  const kept = required.lastIndexOf(false) + 1;
  return kept === 0 ? null : [data, ...steps.slice(0, kept)].join('/');
}

/**
 * Data without the fields at these paths, as findings write them (`data/lines/0/sku`), and without what that leaves empty; null
 * when nothing is left. Entries of lists are taken away from the last, so that the places of the others stay.
 */
export function withoutAll(data: JsonObject, paths: readonly string[]): JsonObject | null {
  let left: Json | undefined = data;
  const ordered = [...new Set(paths)].map((path) => path.split('/').slice(1)).sort(fromTheLast);
  for (const steps of ordered) left = left === undefined ? undefined : without(left, steps);
  return isObject(left) ? left : null;
}

function fromTheLast(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((step, at) => step !== b[at]);
  const [left = '', right = ''] = [a[index], b[index]];
  return index < 0 ? b.length - a.length : ORDER.compare(right, left);
}

/** A value without what the steps lead to, and without what that leaves empty; undefined when nothing is left. */
function without(value: Json, steps: readonly string[]): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return undefined;
  if (Array.isArray(value)) {
    const entries = value.flatMap((entry: Json, index): readonly Json[] => {
      const left = String(index) === step ? without(entry, rest) : entry;
      return left === undefined ? [] : [left];
    });
    return entries.length === 0 ? undefined : entries;
  }
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([name, field]): readonly (readonly [string, Json])[] => {
    const left = name === step ? without(field, rest) : field;
    return left === undefined ? [] : [[name, left]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
