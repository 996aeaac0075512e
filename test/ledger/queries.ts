import type { Ledger } from '../../src/ledger/types.ts';
import { newReplay } from '../contracts/ledger-replays.ts';
import { LEASE, NOON, newFile } from '../contracts/ledger-samples.ts';

/** A page deep in a list, as a cursor. */
const CURSOR = Buffer.from(JSON.stringify([NOON, 'd1'])).toString('base64url');

/** Everything that is asked of a ledger however many rows it has: what, and how. */
export const QUERIES: readonly (readonly [string, (ledger: Ledger) => Promise<unknown>])[] = [
  ['the feed', (ledger) => ledger.events({}, 5, 10)],
  ['the feed of a type', (ledger) => ledger.events({ type: 'logistics.shipment.advised.v1' }, 5, 10)],
  ['the feed of types', (ledger) => ledger.events({ type: 'logistics.*' }, 5, 10)],
  ['the feed of a subject', (ledger) => ledger.events({ subject: 'shipment/S1' }, 5, 10)],
  ['the feed of a partner', (ledger) => ledger.events({ partner: 'acme' }, 5, 10)],
  ['the events of a document', (ledger) => ledger.events({ document: 'd1' }, 0, 10)],
  ['an event', (ledger) => ledger.event('e1')],
  ['a file', (ledger) => ledger.file('f1')],
  ['files', (ledger) => ledger.files({}, CURSOR, 10)],
  ['files of a partner', (ledger) => ledger.files({ partner: 'acme' }, CURSOR, 10)],
  ['files in a state', (ledger) => ledger.files({ state: 'received' }, CURSOR, 10)],
  ['documents', (ledger) => ledger.documents({}, CURSOR, 10)],
  ['documents of a partner', (ledger) => ledger.documents({ partner: 'acme' }, CURSOR, 10)],
  ['documents of a type', (ledger) => ledger.documents({ type: '856' }, CURSOR, 10)],
  ['documents in a state', (ledger) => ledger.documents({ state: 'received' }, CURSOR, 10)],
  ['documents of a file', (ledger) => ledger.documents({ file: 'f1' }, CURSOR, 10)],
  ['documents of a time', (ledger) => ledger.documents({ from: NOON, to: NOON + 1 }, CURSOR, 10)],
  ['documents with a reference', (ledger) => ledger.documents({ ref: '0001' }, CURSOR, 10)],
  ['interchanges of a file', (ledger) => ledger.interchangesOf('f1')],
  ['gaps of a file', (ledger) => ledger.gapsOf('f1')],
  ['attempts', (ledger) => ledger.attemptsOf('f1')],
  ['accepted interchanges', (ledger) => ledger.acceptedInterchanges(['key', 'key2'])],
  ['claiming', (ledger) => ledger.claim('split', 64, NOON, LEASE)],
  ['the backlog of a partner', (ledger) => ledger.backlog('acme', 100)],
  ['a lease', (ledger) => ledger.takeLease('poll', 'one', NOON, NOON + 1)],
  ['the next due time', (ledger) => ledger.nextDueAt('translate')],
  ['recording files', (ledger) => ledger.recordFiles([newFile('new')])],
  ['bytes to remove', (ledger) => ledger.bytesToRemove('', 10)],
  ['files to purge', (ledger) => ledger.filesToPurge('documents', NOON, CURSOR, 10)],
  ['a replay that is due', (ledger) => ledger.claimReplay(NOON, LEASE)],
  ['replays', (ledger) => ledger.replays(CURSOR, 10)],
  ['documents of a replay', (ledger) => ledger.replayDocuments(newReplay('r1'), CURSOR, 10)],
  ['a request for a replay', (ledger) => ledger.requestReplay(newReplay('asked', { filter: { partner: 'acme' } }))],
  ['a message', (ledger) => ledger.message({ theirs: 'ACME', ours: 'US', messageId: '<1@acme>' })],
  ['MDNs that are due', (ledger) => ledger.undeliveredMdns()],
  ['trace by word', (ledger) => ledger.trace('PO-4711')],
  ['trace by hash', (ledger) => ledger.trace('abcdef0123')],
  ['trace of a file', (ledger) => ledger.trace('f1')],
];
