import type { Json } from '../../events/types.ts';
import type { RuleDifference } from '../map-difference.ts';
import { ruleName } from '../rule-lines.ts';
import { type FieldDifference, fieldDifferences } from './field-differences.ts';
import { findingLine } from './goldens.ts';
import type { TranslatedFile } from './translated-file.ts';

/** What two versions of a map make of the same file. */
export interface FileComparison {
  readonly file: string;
  /** Fields of the events that differ, from `/0/data/…` on; the first step is the number of the event. */
  readonly fields: readonly FieldDifference[];
  /** Findings that only one of them gives, as lines. */
  readonly findings: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Events that the one and the other makes. */
  readonly events: { readonly before: number; readonly after: number };
}

/** Compares what a file gave with two versions of a map. */
export function compareTranslations(file: string, before: TranslatedFile, after: TranslatedFile): FileComparison {
  const [left, right] = [before.findings.map(lineOf), after.findings.map(lineOf)];
  return {
    file,
    fields: fieldDifferences(plain(before.events), plain(after.events)),
    findings: {
      before: left.filter((line) => !right.includes(line)),
      after: right.filter((line) => !left.includes(line)),
    },
    events: { before: before.events.length, after: after.events.length },
  };
}

/** True when both versions make the same of the file. */
export function isSame({ fields, findings }: FileComparison): boolean {
  return fields.length + findings.before.length + findings.after.length === 0;
}

/** Changed fields that have one cause: the rule that differs. */
export interface CauseOfChange {
  /** Null for what no rule of the map explains: what the event derives, or a rule of another field. */
  readonly cause: RuleDifference | null;
  readonly changes: readonly { readonly file: string; readonly difference: FieldDifference }[];
}

/**
 * All changed fields of some files, grouped by the rule that differs; those of no rule last. A value that a rule gave or lost
 * is followed to where it went: into a list of `rest`, or into what the event derives.
 */
export function groupedByCause(
  comparisons: readonly FileComparison[],
  rules: readonly RuleDifference[],
): readonly CauseOfChange[] {
  const causes = new Map<RuleDifference | null, { file: string; difference: FieldDifference }[]>();
  for (const rule of [...rules, null]) causes.set(rule, []);
  for (const { file, fields } of comparisons) {
    const own = fields.map((difference) => ({ difference, cause: causeOf(difference, rules) }));
    const moved = new Map(
      own.flatMap(({ difference, cause }) =>
        cause === null ? [] : textsIn(difference).map((text) => [text, cause] as const),
      ),
    );
    for (const { difference, cause } of own) {
      const followed = textsIn(difference).flatMap((text) => moved.get(text) ?? []);
      causes.get(cause ?? followed[0] ?? null)?.push({ file, difference });
    }
  }
  return [...causes].flatMap(([cause, changes]) => (changes.length === 0 ? [] : [{ cause, changes }]));
}

/** The values in both sides of a difference, as texts. */
function textsIn({ before, after }: FieldDifference): readonly string[] {
  const leaves = (value: Json | undefined): readonly string[] => {
    if (value === undefined || value === null) return [];
    if (typeof value !== 'object') return [String(value)];
    return Object.values(value).flatMap(leaves);
  };
  return [...leaves(before), ...leaves(after)];
}

/** The differing rule of the field itself, else of what is in it or around it, the nearest first. */
function causeOf({ pointer }: FieldDifference, rules: readonly RuleDifference[]): RuleDifference | null {
  const [, , part, ...steps] = pointer.split('/');
  if (part === 'type') return rules.find(({ name }) => name === 'event') ?? null;
  if (part !== 'data' && part !== undefined) return null;
  const field = ruleName(`/${steps.join('/')}`);
  const inside =
    rules.find(({ name }) => name === field) ?? rules.find(({ name }) => field !== '' && name.startsWith(field));
  if (inside !== undefined) return inside;
  const around = rules.filter(({ name }) => field.startsWith(`${name}/`) || field.startsWith(`${name}[]`));
  return around.toSorted((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function lineOf(finding: TranslatedFile['findings'][number]): string {
  return findingLine(finding).trimEnd();
}

function plain(events: TranslatedFile['events']): Json {
  return JSON.parse(JSON.stringify(events));
}
