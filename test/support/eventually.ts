import { setTimeout as pause } from 'node:timers/promises';

/** Resolves as soon as the condition holds; fails with the sentence when it does not within ten seconds. */
export async function eventually(sentence: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ten seconds in vain until ${sentence}.`);
    await pause(5);
  }
}
