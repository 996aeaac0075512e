import type { WorkKind } from '../ledger/types.ts';
import { type Bell, createBell } from '../util/bell.ts';

/** A bell for each kind of work. They only save waiting: a ring may be lost, doubled or late. */
export interface Bells {
  of(kind: WorkKind): Bell;
  /** Whether others are heard; null where there are no others. */
  answers(): boolean | null;
  /** Hears and says no more of others; who sleeps here can still be woken from here. */
  close(): Promise<void>;
}

/** Bells within this process. */
export function createBells(): Bells {
  const bells: Readonly<Record<WorkKind, Bell>> = {
    split: createBell(),
    translate: createBell(),
    deliver: createBell(),
    reconcile: createBell(),
    expect: createBell(),
  };
  return { of: (kind) => bells[kind], answers: () => null, close: async () => {} };
}
