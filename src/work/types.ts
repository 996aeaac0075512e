import type { Claim, WorkKind } from '../ledger/types.ts';

/**
 * Does a batch of claimed work of one kind and records its effect, which ends the claims. It may run twice for the same
 * subject. When it throws, what it recorded before stays recorded; the dispatcher tries each claim of the batch alone.
 */
export type WorkHandler = (claims: readonly Claim[]) => Promise<void>;

/** A handler for each kind of work that is done here. */
export type WorkHandlers = Readonly<Partial<Record<WorkKind, WorkHandler>>>;

/** What the dispatcher says while it works; a pino logger fits. */
export interface WorkLog {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Turns what is due in the ledger into calls of the handlers. */
export interface Dispatcher {
  /** Begins to claim and handle work. */
  start(): void;
  /** Claims no more, waits for the batches that run, and gives back what was claimed and not begun. */
  stop(): Promise<void>;
  /** Says that work of these kinds, or of any, may be due, so that nobody waits for the next sweep. Cheap; may be called for every file. */
  ring(...kinds: readonly WorkKind[]): void;
}
