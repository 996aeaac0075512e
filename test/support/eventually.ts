import { setTimeout as pause } from 'node:timers/promises';

/** Resolves as soon as the condition holds; fails with the sentence when it does not within that many seconds. */
export async function eventually(
  sentence: string,
  condition: () => boolean | Promise<boolean>,
  seconds = 10,
): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} seconds in vain until ${sentence}.`);
    await pause(5);
  }
}
