import type { Random } from '../../../../src/util/random.ts';

type Choices = Readonly<Record<string, readonly string[]>>;
type CaseOf<C extends Choices> = { readonly [Key in keyof C]: C[Key][number] };

/**
 * Cases in which every two values of different choices meet at least once; at least `least` of them. Greedy: each case is
 * the best of some random ones.
 */
export function allPairs<C extends Choices>(choices: C, random: Random, least: number): readonly CaseOf<C>[] {
  const names = Object.keys(choices);
  const open = new Set<string>();
  for (const [index, one] of names.entries()) {
    for (const other of names.slice(index + 1)) {
      for (const a of choices[one] ?? []) for (const b of choices[other] ?? []) open.add(pair(one, a, other, b));
    }
  }
  const cases: Readonly<Record<string, string>>[] = [];
  while (open.size > 0 || cases.length < least) {
    const tries = Array.from({ length: 40 }, () => randomCase(choices, random));
    const best = tries.reduce((a, b) => (met(b, names, open).length > met(a, names, open).length ? b : a));
    for (const key of met(best, names, open)) open.delete(key);
    cases.push(best);
  }
  return cases as readonly CaseOf<C>[];
}

function randomCase(choices: Choices, random: Random): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(choices).map(([name, values]) => [name, values[random.below(values.length)] ?? '']),
  );
}

function met(one: Readonly<Record<string, string>>, names: readonly string[], open: ReadonlySet<string>) {
  return names
    .flatMap((a, index) => names.slice(index + 1).map((b) => pair(a, one[a] ?? '', b, one[b] ?? '')))
    .filter((key) => open.has(key));
}

function pair(one: string, a: string, other: string, b: string): string {
  return `${one}=${a} ${other}=${b}`;
}
