import { parseArgs } from 'node:util';
import { loadRows, play } from './play.ts';
import { headline, type Outcome, summary } from './report.ts';
import { codeOf, type Row } from './row.ts';

const USAGE = 'npm run chaos -- [--rows 1-13,17] [--seed 42] [--count 200]';

/** What can be asked for, and a line for each row. */
function help(rows: readonly Row[]): string {
  return [
    USAGE,
    '',
    '  --rows   which rows; all without it',
    '  --seed   repeats a run',
    '  --count  how often, or for how many seconds, where a row does something again and again',
    '',
    'Rows (*: npm test plays it too, or another test that shows the same):',
    ...rows.map((row) => `  ${codeOf(row)} ${row.gate === false ? ' ' : '*'} ${row.title}${notYetOf(row)}`),
  ].join('\n');
}

function notYetOf({ notYet }: Row): string {
  return notYet === undefined ? '' : ` (not yet: ${notYet})`;
}

/** `1-13,17` as numbers. */
function numbersOf(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    if (from === undefined) throw new Error(`"${part}" is no row. ${USAGE}`);
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
  });
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    seed: { type: 'string' },
    count: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const all = await loadRows();
if (values.help) {
  console.log(help(all));
  process.exit(0);
}
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const wanted = values.rows === undefined ? null : numbersOf(values.rows);
const rows = all.filter(({ number }) => wanted?.includes(number) ?? true);
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
