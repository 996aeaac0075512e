import { availableParallelism } from 'node:os';
import { startThread } from '../../src/util/thread.ts';
import type { LawReport } from './check-law.ts';
import type { LawQuestion } from './law-thread.ts';

/** The law of every map, asked for on all processors. */
export interface LawsAsked {
  readonly threads: number;
  /** Maps are begun in this order. A report is rejected when its thread ended. */
  readonly reports: readonly { readonly pin: string; readonly report: Promise<LawReport> }[];
  /** Ends the threads, whatever they are doing. */
  end(): Promise<void>;
}

/** Tries so many generated events of a seed with each of these shipped maps; a thread has one map at a time. */
export function checkLaws(pins: readonly string[], events: number, seed: number): LawsAsked {
  const count = Math.max(1, Math.min(availableParallelism(), pins.length));
  const threads = Array.from({ length: count }, start);
  const asked = pins.map((pin) => ({ pin, answer: Promise.withResolvers<LawReport>() }));
  const waiting = asked.values();
  for (let index = 0; index < count; index++) askAll(index);

  async function askAll(index: number): Promise<void> {
    for (const { pin, answer } of waiting) {
      const before = threads[index];
      const thread = before?.alive ? before : start();
      threads[index] = thread;
      await thread.ask({ pin, events, seed }).then(answer.resolve, answer.reject);
    }
  }

  // Reports are looked at one after the other; until then a failure is nobody's.
  for (const { answer } of asked) answer.promise.catch(() => {});
  return {
    threads: count,
    reports: asked.map(({ pin, answer }) => ({ pin, report: answer.promise })),
    end: async () => {
      for (const { answer } of waiting) answer.reject(new Error('It was ended before this map was begun.'));
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

function start() {
  return startThread<LawQuestion, LawReport>('law-thread', import.meta.url);
}
