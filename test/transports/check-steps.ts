import type { CheckStep, CheckSteps } from '../../src/transports/check.ts';

/** All steps of a check. */
export async function stepsOf(check: CheckSteps<unknown>): Promise<readonly CheckStep[]> {
  const steps: CheckStep[] = [];
  for await (const step of check) steps.push(step);
  return steps;
}

/** `port ok`, `login theirs`. */
export function inShort(steps: readonly CheckStep[]): readonly string[] {
  return steps.map(({ step, fix }) => `${step} ${fix?.turn ?? 'ok'}`);
}
