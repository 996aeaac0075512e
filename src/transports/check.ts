/** Whose turn it is when something does not work. */
export type Turn = 'ours' | 'theirs';

/** One thing that was tried on a connection. */
export interface CheckStep {
  /** What was tried, in a word or two: `port`, `host key`. */
  readonly step: string;
  readonly ok: boolean;
  /** What was seen. */
  readonly says: string;
  /** What to do and whose turn it is; null when all is well. */
  readonly fix: { readonly turn: Turn; readonly what: string } | null;
}

/** A step that went well. */
export function passed(step: string, says: string): CheckStep {
  return { step, ok: true, says, fix: null };
}

/** A step that did not. */
export function stuck(step: string, says: string, turn: Turn, what: string): CheckStep {
  return { step, ok: false, says, fix: { turn, what } };
}
