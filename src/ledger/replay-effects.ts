import { DOCUMENT_RECEIVED, revisedEvent, tellSame, WITHDRAWN, withdrawalOf } from '../events/revision.ts';
import type { CanonicalEvent } from '../events/types.ts';
import { resend } from './reasons.ts';
import type { ReplayChange, ReplayTally } from './replay-report.ts';
import type { ReplayOutcome } from './replay-types.ts';
import type { ToldEvent } from './told-events.ts';
import type { DocumentRow, DocumentState, Reason, TranslationResult } from './types.ts';

/** An event to record, with the place it takes among those told of the same thing. */
export interface RevisedEvent {
  readonly event: CanonicalEvent;
  /** Null when it is told for the first time. */
  readonly originalId: string | null;
  readonly revision: number;
}

/** What reading one document again changes in the ledger. */
export interface ReplayEffect {
  readonly tally: ReplayTally;
  readonly events: readonly RevisedEvent[];
  /** What the document's row becomes; null when it stays as it is. */
  readonly settle: SettledAgain | null;
}

export interface SettledAgain {
  readonly document: DocumentRow;
  readonly result: TranslationResult;
  readonly state: DocumentState;
  readonly reason: Reason | null;
  readonly duplicateOf: string | null;
}

/**
 * Compares what a document gives now with what was told. `told` is the latest of each thing by its first id, and is brought up
 * to date, so that documents of one batch see each other. `past` are first ids of events that were purged.
 */
export function effectOf(
  outcome: ReplayOutcome,
  told: Map<string, ToldEvent>,
  past: ReadonlySet<string>,
): ReplayEffect {
  const { document } = outcome;
  if ('passedOver' in outcome) {
    const { code, text } = outcome.passedOver;
    return nothing('passedOver', { what: 'passed-over', name: code, text, document: document.id });
  }
  const { result } = outcome;
  const before = document.state === 'processed';
  const refusal = refusalOf(document, result);
  if (refusal !== null) {
    const change: ReplayChange = { what: 'refused', name: refusal.code, text: refusal.text, document: document.id };
    // What was told stands; a document that told nothing is settled by the newest reading.
    return before
      ? nothing('refused', change)
      : { ...nothing('refused', change), settle: { document, result, ...settledAs(result), duplicateOf: null } };
  }
  if (before && result.mapPin === null) return { ...nothing('unchanged'), settle: null };
  const compared = compare(document, result, told, past);
  const owner = before || compared.events.length > 0 ? null : compared.toldBy;
  const settled =
    owner === null
      ? { ...settledAs(result), duplicateOf: null }
      : { state: 'duplicate' as const, reason: resend(owner), duplicateOf: owner };
  const moved: readonly ReplayChange[] =
    settled.state === document.state ? [] : [{ what: 'settled', name: settled.state, document: document.id }];
  const changes = [...compared.changes, ...moved];
  const untouched = changes.length === 0 && result.mapPin === document.mapPin;
  return {
    tally: { document: changes.length === 0 ? 'unchanged' : 'changed', same: compared.same, changes },
    events: compared.events,
    settle: untouched ? null : { document, result, ...settled },
  };
}

function nothing(document: ReplayTally['document'], ...changes: readonly ReplayChange[]): ReplayEffect {
  return { tally: { document, same: 0, changes }, events: [], settle: null };
}

function settledAs({ state, reason }: TranslationResult): {
  readonly state: DocumentState;
  readonly reason: Reason | null;
} {
  return { state, reason };
}

/** Why nothing may be told of it; null when something may. */
function refusalOf(
  { state, mapPin }: DocumentRow,
  { state: now, reason, mapPin: map }: TranslationResult,
): Reason | null {
  if (now !== 'processed') return reason ?? { code: 'REFUSED', text: 'The map does not read it.' };
  if (map === null && state === 'processed' && mapPin !== null) {
    return reason ?? { code: 'NO_AGREEMENT', text: 'No agreement names a map for it any more.' };
  }
  return null;
}

interface Compared {
  readonly events: readonly RevisedEvent[];
  readonly changes: readonly ReplayChange[];
  readonly same: number;
  /** Another document that told the same. */
  readonly toldBy: string | null;
}

function compare(
  document: DocumentRow,
  result: TranslationResult,
  told: Map<string, ToldEvent>,
  past: ReadonlySet<string>,
): Compared {
  const { id } = document;
  const events: RevisedEvent[] = [];
  const changes: ReplayChange[] = [];
  let same = 0;
  let toldBy: string | null = null;
  const tell = (event: CanonicalEvent, originalId: string | null, revision: number): void => {
    events.push({ event, originalId, revision });
    told.set(originalId ?? event.id, { event, documentId: id, revision });
  };
  for (const event of result.events) {
    const last = told.get(event.id);
    if (past.has(event.id)) {
      // It was purged: what it said is not known any more, and it is not told twice.
      same += 1;
    } else if (last === undefined) {
      changes.push({ what: 'new', name: event.type, document: id });
      tell(event, null, 0);
    } else if (tellSame(last.event, event)) {
      same += 1;
      if (last.documentId !== id) toldBy ??= last.documentId;
    } else {
      const revision = last.revision + 1;
      const withdrawn = last.event.type === WITHDRAWN;
      changes.push({
        what: withdrawn ? 'new' : 'changed',
        name: event.type,
        document: id,
        ...(withdrawn ? {} : { events: { before: last.event, after: event } }),
      });
      tell(revisedEvent(event, last.event, revision), event.id, revision);
    }
  }
  const given = new Set(result.events.map((event) => event.id));
  for (const [originalId, last] of [...told]) {
    const { type } = last.event;
    if (last.documentId !== id || given.has(originalId) || type === WITHDRAWN || type === DOCUMENT_RECEIVED) continue;
    const revision = last.revision + 1;
    changes.push({ what: 'withdrawn', name: type, document: id });
    tell(revisedEvent(withdrawalOf(last.event, result.mapPin ?? 'none'), last.event, revision), originalId, revision);
  }
  return { events, changes, same, toldBy };
}
