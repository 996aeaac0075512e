import { parseArgs } from 'node:util';
import { loadRows, play } from './play.ts';
import { headline, type Outcome, summary } from './report.ts';
import { codeOf } from './row.ts';

const USAGE = 'npm run chaos -- [--rows 1-13,17] [--seed 42] [--count 200]';

/** `1-13,17` as numbers. */
function numbersOf(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    if (from === undefined) throw new Error(`"${part}" is no row. ${USAGE}`);
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
  });
}

const { values } = parseArgs({
  options: { rows: { type: 'string' }, seed: { type: 'string' }, count: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const wanted = values.rows === undefined ? null : numbersOf(values.rows);
const rows = (await loadRows()).filter(({ number }) => wanted?.includes(number) ?? true);
console.log(`seed ${seed}`);
const outcomes: Outcome[] = [];
for (const row of rows) {
  console.log(`\n${codeOf(row)} ${row.title}`);
  const count = values.count === undefined ? null : Number(values.count);
  const outcome = await play(row, { seed, count, log: (line) => console.log(line) });
  if (outcome.result === 'failed') console.log(outcome.says);
  console.log(headline(outcome));
  outcomes.push(outcome);
}
console.log(`\nseed ${seed}`);
for (const line of summary(outcomes)) console.log(line);
process.exit(outcomes.some(({ result }) => result === 'failed') ? 1 : 0);
