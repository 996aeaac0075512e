import type { Place } from '../util/problem.ts';
import { type RuleLine, ruleLines } from './rule-lines.ts';
import type { MapSource } from './rules.ts';

/** A rule that two versions of a map do not have in common. */
export interface RuleDifference {
  /** As in RuleLine: `lines[]/sku`, `write W0601`, `event`. */
  readonly name: string;
  /** The rule before; null where it was added. */
  readonly before: RuleSide | null;
  /** The rule after; null where it was removed. */
  readonly after: RuleSide | null;
}

export interface RuleSide {
  readonly text: string;
  readonly at: Place;
}

/** Where the rules of two maps differ, in the order of the second; what it has no more comes last. */
export function mapDifference(before: MapSource, after: MapSource): readonly RuleDifference[] {
  const [left, right] = [byName(ruleLines(before)), byName(ruleLines(after))];
  const changed = [...right].flatMap(([name, line]): readonly RuleDifference[] => {
    const old = left.get(name);
    return old?.text === line.text ? [] : [{ name, before: old ?? null, after: line }];
  });
  const removed = [...left].filter(([name]) => !right.has(name));
  return [...changed, ...removed.map(([name, line]) => ({ name, before: line, after: null }))];
}

/** A name that occurs twice, as a constant in two blocks of one name may, is counted. */
function byName(lines: readonly RuleLine[]): ReadonlyMap<string, RuleLine> {
  const named = new Map<string, RuleLine>();
  for (const line of lines) {
    let name = line.name;
    for (let count = 2; named.has(name); count++) name = `${line.name} (${count})`;
    named.set(name, line);
  }
  return named;
}
