import { GatewayError, messageOf } from '../errors.ts';
import type { ReplayClaim, ReplayOutcome } from '../ledger/replay-types.ts';
import type { DocumentRow, NewInterchange, Reason } from '../ledger/types.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { InboundParts } from './parts.ts';
import { translateDocuments } from './translate.ts';

/** Milliseconds that a batch is ours. */
const LEASE = 30_000;
/** A batch is a tenth of a second's worth of documents, and never more than this. */
const LARGEST_BATCH = 50;
/** A batch begun so often without an end is taken one document at a time: one of them may end the process. */
const SUSPECT_AFTER = 2;
/** A document begun alone so often without an end is passed over. */
const GIVE_UP_AFTER = 6;
/** Milliseconds until a batch is tried again that found the archive away. */
const OUTAGE = 5_000;

type ReplayParts = Pick<InboundParts, 'ledger' | 'archive' | 'configuration' | 'clock' | 'published'>;

/**
 * Reads the next documents of whichever replay is due, and records what became of them. False when none is due. Batches are
 * small, and after each the replay waits at least as long as the batch took, so that live work has half of the time.
 */
export async function replayNext(parts: ReplayParts): Promise<boolean> {
  const { ledger, clock } = parts;
  const began = clock.now();
  const claim = await ledger.claimReplay(began, LEASE);
  if (claim === null) return false;
  const { rate } = claim.replay;
  const alone = claim.tries > SUSPECT_AFTER;
  const size = alone ? 1 : Math.min(LARGEST_BATCH, Math.max(1, Math.ceil(rate / 10)));
  const batch = await ledger.replayDocuments(claim.replay, claim.after, size);
  const documents = batch.map(({ document }) => document);
  let outcomes: readonly ReplayOutcome[];
  try {
    outcomes =
      claim.tries > GIVE_UP_AFTER
        ? documents.map((document) => passedOver(document, 'WORK_GAVE_UP', 'The process ended each time it was read.'))
        : await readAgain(parts, claim, documents);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.retry !== 'later') throw error;
    await ledger.releaseReplay(claim, clock.now() + OUTAGE);
    throw error;
  }
  const now = clock.now();
  const dueAt = Math.max(began + Math.ceil((1_000 * documents.length) / rate), now + (now - began));
  const after = batch.at(-1)?.cursor ?? null;
  const ended = batch.length < size;
  if (await ledger.recordReplay(claim, outcomes, { after, ended, dueAt, tries: alone ? SUSPECT_AFTER : 0 }, now))
    parts.published();
  return true;
}

/** What each document gives now, in their order. */
async function readAgain(
  parts: ReplayParts,
  { replay }: ReplayClaim,
  documents: readonly DocumentRow[],
): Promise<readonly ReplayOutcome[]> {
  const chosen = replay.map === null ? null : parts.configuration().maps.find(replay.map);
  if (chosen === undefined) {
    const text = `There is no map ${replay.map} any more.`;
    return documents.map((document) => passedOver(document, 'MAP_NOT_FOUND', text));
  }
  const interchanges = await parts.ledger.interchangesByIds([...new Set(documents.map((row) => row.interchangeId))]);
  const byId = new Map(interchanges.map((interchange) => [interchange.id, interchange]));
  const reasons = new Map<string, Reason>();
  for (const document of documents) {
    const reason = reasonToPassOver(document, byId.get(document.interchangeId), chosen);
    if (reason !== null) reasons.set(document.id, reason);
  }
  const readable = documents.filter(({ id }) => !reasons.has(id));
  const results = await readTogether(parts, readable, chosen);
  return documents.map((document) => {
    const reason = reasons.get(document.id);
    return reason === undefined
      ? (results.get(document.id) ?? passedOver(document, 'NOT_FOUND', 'Its file is not in the ledger.'))
      : { document, passedOver: reason };
  });
}

/** One that cannot be read never takes its siblings with it. */
async function readTogether(
  parts: ReplayParts,
  documents: readonly DocumentRow[],
  chosen: CompiledMap | null,
): Promise<ReadonlyMap<string, ReplayOutcome>> {
  const outcomes = new Map<string, ReplayOutcome>();
  try {
    const results = await translateDocuments(parts, documents, chosen);
    for (const document of documents) {
      const result = results.get(document.id);
      if (result !== undefined) outcomes.set(document.id, { document, result });
    }
  } catch (error) {
    if (error instanceof GatewayError && error.retry === 'later') throw error;
    const [only, ...others] = documents;
    if (only !== undefined && others.length === 0) {
      const code = error instanceof GatewayError ? error.code : 'INTERNAL';
      outcomes.set(only.id, passedOver(only, code, messageOf(error)));
    } else {
      for (const document of documents) {
        for (const [id, outcome] of await readTogether(parts, [document], chosen)) outcomes.set(id, outcome);
      }
    }
  }
  return outcomes;
}

function reasonToPassOver(
  document: DocumentRow,
  interchange: NewInterchange | undefined,
  chosen: CompiledMap | null,
): Reason | null {
  const { state, mapPin, type } = document;
  if (state === 'received') return { code: 'IN_FLIGHT', text: 'It is being worked on.' };
  if (state === 'duplicate') return { code: 'DUPLICATE', text: 'Another document stands for it.' };
  if (interchange !== undefined && interchange.state !== 'accepted') {
    return { code: 'INTERCHANGE_NOT_ACCEPTED', text: `Its interchange is ${interchange.state}.` };
  }
  if (state === 'rejected' && mapPin === null) {
    return { code: 'REJECTED_BY_THE_STANDARD', text: 'The partner was told to send it again.' };
  }
  if (chosen !== null && (chosen.document.set !== type || chosen.document.standard !== interchange?.standard)) {
    return { code: 'OTHER_DOCUMENT', text: `${chosen.pin} is for ${chosen.document.standard} ${chosen.document.set}.` };
  }
  return null;
}

function passedOver(document: DocumentRow, code: string, text: string): ReplayOutcome {
  return { document, passedOver: { code, text } };
}
