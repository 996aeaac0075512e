import type { AttemptRow } from '../ledger/types.ts';
import { timeText } from './times.ts';

/** A failed attempt as answers show it. */
export function attemptView({ kind, attempt, at, error }: AttemptRow) {
  return { kind, attempt, at: timeText(at), error };
}
