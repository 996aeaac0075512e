import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../support/crossdock.ts';
import { needs } from '../support/servers/server.ts';
import { loadRows, play } from './play.ts';
import { headline, type Outcome } from './report.ts';
import { codeOf, type Row } from './row.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** Rows mostly wait: for leases to end, and for processes to start. */
const AT_ONCE = 3;

const rows = await loadRows();

describe(`the rows of the fault matrix that every run shows (SEED=${SEED} repeats it)`, function () {
  this.timeout(240_000);
  const waiting: { readonly row: Row; readonly done: (outcome: Outcome | Promise<Outcome>) => void }[] = [];
  let playing = 0;

  function next(): void {
    if (playing >= AT_ONCE) return;
    const entry = waiting.shift();
    if (entry === undefined) return;
    playing += 1;
    const outcome = play(entry.row, { seed: SEED, count: null, log: () => {} });
    entry.done(outcome);
    outcome.finally(() => {
      playing -= 1;
      next();
    });
  }

  for (const row of rows.filter(({ gate }) => gate === true)) {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    describe(codeOf(row), () => {
      for (const software of row.needs ?? []) needs(software);
      it(row.title, async function () {
        const outcome = await promise;
        if (outcome.result === 'skipped') this.skip();
        assert.equal(outcome.result, 'passed', `${headline(outcome)}\n${outcome.says}\n${outcome.faults.join('\n')}`);
      });
    });
    waiting.push({ row, done: resolve });
  }

  before('they begin', () => {
    for (let count = 0; count < AT_ONCE; count++) next();
  });
});

describe('the rows of the fault matrix', () => {
  it('have each a number of their own', () => {
    const numbers = rows.map(({ number }) => number);
    assert.deepEqual(numbers, [...new Set(numbers)]);
  });

  it('name tests of the suite that are there', () => {
    const missing = rows.flatMap((row) => {
      if (typeof row.gate !== 'object') return [];
      const { file, title } = row.gate;
      return readFileSync(join(CHECKOUT, file), 'utf8').includes(title) ? [] : [`${codeOf(row)}: ${file} ${title}`];
    });
    assert.deepEqual(missing, []);
  });

  it('say how they are shown, or why they are not', () => {
    const silent = rows.filter((row) => row.run === undefined && row.notYet === undefined && row.gate === false);
    assert.deepEqual(silent.map(codeOf), []);
  });
});
