import { type Kysely, sql } from 'kysely';
import { GatewayError } from '../errors.ts';
import type { Ids } from '../util/ids.ts';
import { findAcknowledgment, keepAcknowledgment } from './acknowledgments.ts';
import { appendAudit, listAudit, verifyAudit } from './audit.ts';
import { bringForward } from './bring-forward.ts';
import { checkLedger } from './check.ts';
import { claimWork, type Rotation } from './claim.ts';
import { countEverything } from './counts.ts';
import { documentsByIds, listDocuments } from './documents.ts';
import { doubtsAbout } from './doubts.ts';
import { findEvent, listEvents } from './events.ts';
import { assignException, resolveException, retryException } from './exception-acts.ts';
import { findException, listExceptions, openExceptions, subjectsOf } from './exception-list.ts';
import { recordExceptions, settleSubjects } from './exceptions.ts';
import { filesByIds, findFile, listFiles, recordFiles } from './files.ts';
import { acceptedInterchanges, gapsOf, interchangesByIds, interchangesOf } from './interchanges.ts';

import { endLease, takeLease } from './leases.ts';
import { findMark, setMark } from './marks.ts';
import { findMessage, mdnDelivered, recordMessages, undeliveredMdns } from './messages.ts';
import { isPostgres } from './postgres-adapter.ts';
import { bytesToRemove, countPurge, filesToPurge, recordPurge, recordRemoved, unnamedBlobs } from './purges.ts';
import { nextSerials, recordOutbound } from './record-outbound.ts';
import { recordReplay } from './record-replay.ts';
import {
  cancelReplay,
  claimReplay,
  findReplay,
  listReplays,
  nextReplayAt,
  releaseReplay,
  replayDocuments,
  requestReplay,
} from './replays.ts';
import type { LedgerTables } from './schema.ts';
import { recordAnswer, recordAnswers, recordDelivery, recordOverdue } from './sent-answers.ts';
import {
  documentsOfEvent,
  findOutboundEvent,
  findSentDocument,
  listSentDocuments,
  sentUnder,
} from './sent-documents.ts';
import { recordSplit } from './split.ts';
import { traceReference } from './trace.ts';
import { inTransaction } from './transactions.ts';
import { recordTranslations } from './translations.ts';
import type { Ledger } from './types.ts';
import { attemptsOf, countBacklog, extendWork, failWork, nextDueAt, releaseWork } from './work.ts';

/** The ledger over a database whose tables are up to date. `close` must end what the driver holds. */
export function createLedger(db: Kysely<LedgerTables>, ids: Ids, close: () => Promise<void>): Ledger {
  const rotation: Rotation = new Map();
  return {
    recordFiles: (files) => recordFiles(db, ids, files),
    recordMessages: (deliveries) => recordMessages(db, ids, deliveries),
    message: (key) => findMessage(db, key),
    undeliveredMdns: () => undeliveredMdns(db),
    mdnDelivered: (key) => mdnDelivered(db, key),
    claim: (kind, limit, now, lease, alone = false) => claimWork(db, rotation, { kind, limit, now, lease, alone }),
    release: (claims, now) => releaseWork(db, claims, now),
    extend: (claims, now, lease) => extendWork(db, claims, now, lease),
    fail: (claim, at, error, dueAt, reason) => failWork(db, ids, claim, at, error, dueAt, reason),
    nextDueAt: (kind) => nextDueAt(db, kind),
    doubts: (claim, now) => doubtsAbout(db, claim, now),
    bringForward: (now, by) => bringForward(db, now, by),
    backlog: (partnerId, most) => countBacklog(db, partnerId, most),
    takeLease: (name, holder, now, until) => takeLease(db, name, holder, now, until),
    endLease: (name, holder) => endLease(db, name, holder),
    acceptedInterchanges: (duplicateKeys) => acceptedInterchanges(db, duplicateKeys),
    recordSplit: (results, now) => recordSplit(db, ids, results, now),
    recordTranslations: (results, now) => recordTranslations(db, ids, results, now),
    file: (id) => findFile(db, id),
    filesByIds: (fileIds) => filesByIds(db, fileIds),
    files: (filter, cursor, limit) => listFiles(db, filter, cursor, limit),
    document: async (id) => (await documentsByIds(db, [id]))[0] ?? null,
    documentsByIds: (documentIds) => documentsByIds(db, documentIds),
    documents: (filter, cursor, limit) => listDocuments(db, filter, cursor, limit),
    interchange: async (id) => (await interchangesByIds(db, [id]))[0] ?? null,
    interchangesByIds: (interchangeIds) => interchangesByIds(db, interchangeIds),
    interchangesOf: (fileId) => interchangesOf(db, fileId),
    gapsOf: (fileId) => gapsOf(db, fileId),
    attemptsOf: (subjectId) => attemptsOf(db, subjectId),
    events: (filter, after, limit) => listEvents(db, filter, after, limit),
    event: (id) => findEvent(db, id),
    trace: (ref) => traceReference(db, ref),
    mark: (connection) => findMark(db, connection),
    setMark: (connection, mark) => setMark(db, connection, mark),
    acknowledgment: (fileId) => findAcknowledgment(db, fileId),
    keepAcknowledgment: (fileId, content) => keepAcknowledgment(db, fileId, content),
    audit: (entry, at) => appendAudit(db, entry, at),
    auditTrail: (after, limit) => listAudit(db, after, limit),
    verifyAudit: (head) => verifyAudit(db, head),
    requestReplay: (replay) => requestReplay(db, replay),
    replay: (id) => findReplay(db, id),
    replays: (cursor, limit) => listReplays(db, cursor, limit),
    cancelReplay: (id, actor, now) => cancelReplay(db, id, actor, now),
    claimReplay: (now, lease) => claimReplay(db, now, lease),
    nextReplayAt: () => nextReplayAt(db),
    replayDocuments: (replay, after, limit) => replayDocuments(db, replay, after, limit),
    recordReplay: (claim, outcomes, progress, now) => recordReplay(db, claim, outcomes, progress, now),
    releaseReplay: (claim, dueAt) => releaseReplay(db, claim, dueAt),
    filesToPurge: (what, before, after, limit) => filesToPurge(db, what, before, after, limit),
    countPurge: (what, ids) => countPurge(db, what, ids),
    recordPurge: (what, ids, now) => recordPurge(db, what, ids, now),
    bytesToRemove: (after, limit) => bytesToRemove(db, after, limit),
    unnamedBlobs: (hashes) => unnamedBlobs(db, hashes),
    recordRemoved: (hashes, now) => recordRemoved(db, hashes, now),
    raise: (exception, at) =>
      inTransaction(db, (trx) => recordExceptions(trx, ids, [exception], { subjects: [], files: [] }, at)),
    settleSubject: (subjectId, at) => inTransaction(db, (trx) => settleSubjects(trx, [subjectId], at)),
    exception: (id) => findException(db, id),
    exceptions: (filter, cursor, limit) => listExceptions(db, filter, cursor, limit),
    subjectsOf: (exceptionId, cursor, limit) => subjectsOf(db, exceptionId, cursor, limit),
    retryException: (id, act) => retryException(db, ids, id, act),
    resolveException: (id, resolution, act) => resolveException(db, id, resolution, act),
    assignException: (id, assignee, act) => assignException(db, id, assignee, act),
    openExceptions: () => openExceptions(db),
    nextSerials: (partnerId) => nextSerials(db, partnerId),
    recordOutbound: (event, documents) => recordOutbound(db, ids, event, documents),
    outboundEvent: (eventId) => findOutboundEvent(db, eventId),
    documentsOfEvent: (eventId) => documentsOfEvent(db, eventId),
    sentDocument: (id) => findSentDocument(db, id),
    sentDocuments: (filter, cursor, limit) => listSentDocuments(db, filter, cursor, limit),
    sentUnder: (partnerId, level, numbers) => sentUnder(db, partnerId, level, numbers),
    recordDelivery: (claim, receipt, now) => recordDelivery(db, ids, claim, receipt, now),
    recordAnswers: (claim, answers, exceptions, now) => recordAnswers(db, ids, claim, answers, exceptions, now),
    recordAnswer: (answer, now) => recordAnswer(db, ids, answer, now),
    recordOverdue: (claims, now) => recordOverdue(db, ids, claims, now),
    counts: () => countEverything(db),
    check: () => checkLedger(db),
    writable: () => writable(db),
    time: () => timeOf(db),
    close,
  };
}

/** See Ledger.time. */
async function timeOf(db: Kysely<LedgerTables>): Promise<number> {
  if (!isPostgres(db)) return Date.now();
  const { rows } = await sql<{ time: string }>`select extract(epoch from clock_timestamp()) * 1000 as time`.execute(db);
  return Number(rows[0]?.time);
}

/** Writes for real: a full disk shows only then. */
async function writable(db: Kysely<LedgerTables>): Promise<boolean> {
  try {
    await db
      .insertInto('counters')
      .values({ name: 'probe', value: 1 })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counters.value + 1` }))
      .execute();
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'LEDGER_UNAVAILABLE') return false;
    throw error;
  }
}
