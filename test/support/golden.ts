import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { outcomeLines } from '../../src/cli/map-test.ts';
import type { TrialOutcome } from '../../src/cli/map-trials.ts';

/** The tests that write what they expect anew are run with UPDATE=1 in the environment. */
export const UPDATE = process.env.UPDATE === '1';

/** A test of files must be as its files say; a failure tells each field that is not, with the rule that fills it. */
export function assertOutcome(outcome: TrialOutcome): void {
  assert.deepEqual(outcomeLines(outcome), [], `${outcome.file} gives something else; UPDATE=1 writes it anew`);
}

/** Compares a text with a file; null stands for a file that is absent. With UPDATE=1 the file is written or removed. */
export function assertFile(file: string, actual: string | null): void {
  if (UPDATE) {
    if (actual === null) rmSync(file, { force: true });
    else writeFileSync(file, actual);
    return;
  }
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : null;
  assert.equal(actual, expected, `differs from ${file}; UPDATE=1 writes it anew`);
}
