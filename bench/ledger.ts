import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { openSqliteLedger } from '../src/ledger/sqlite.ts';
import type { Ledger } from '../src/ledger/types.ts';
import { systemClock } from '../src/util/clock.ts';
import { createIds } from '../src/util/ids.ts';
import { quantile } from './measure.ts';
import { createRandom } from './random.ts';
import type { Row } from './report.ts';

const NAME = 'ledger: questions to a large SQLite ledger';
/** Files, and as many interchanges, documents, references and events: five times as many rows. */
const FILES = 200_000;
const ALL = 2_000_000;
const WORK = 100_000;
const PARTNERS = 50;
const NOON = Date.UTC(2026, 10, 20, 12);
const ASKED = 200;

/** What is asked of pages anywhere in a ledger of a million rows, with `all` of ten millions; 100,000 pieces of work wait. */
export async function benchmarkLedger(all: boolean): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-ledger-'));
  const file = join(folder, 'ledger.sqlite');
  const files = all ? ALL : FILES;
  try {
    const ids = createIds(systemClock);
    await (await openSqliteLedger({ file, ids })).close();
    fill(file, files);
    const ledger = await openSqliteLedger({ file, ids });
    const random = createRandom(7);
    const cursor = (): string => {
      const number = random.below(files);
      return Buffer.from(JSON.stringify([NOON + number, `d${number}`])).toString('base64url');
    };
    const rows: Row[] = [];
    for (const [what, ask] of questions(ledger, files, cursor, () => random.below(files))) {
      rows.push(...(await timesOf(`${(5 * files) / 1e6} million rows: ${what}`, ask)));
    }
    await ledger.close();
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function questions(
  ledger: Ledger,
  files: number,
  cursor: () => string,
  number: () => number,
): readonly (readonly [string, () => Promise<unknown>])[] {
  const partner = () => `p${number() % PARTNERS}`;
  return [
    ['documents', () => ledger.documents({}, cursor(), 50)],
    ['documents of a partner', () => ledger.documents({ partner: partner() }, cursor(), 50)],
    ['documents in a state', () => ledger.documents({ state: 'rejected' }, cursor(), 50)],
    ['documents with a reference', () => ledger.documents({ ref: `PO-${number()}` }, null, 50)],
    ['files of a partner', () => ledger.files({ partner: partner() }, cursor(), 50)],
    ['the feed', () => ledger.events({}, number(), 100)],
    ['the feed of a partner', () => ledger.events({ partner: partner() }, number(), 100)],
    ['trace', () => ledger.trace(`PO-${number()}`)],
    ['counts', () => ledger.counts()],
    [
      'claim and give back 64 pieces',
      async () => ledger.release(await ledger.claim('translate', 64, NOON + 2 * files, 1_000), NOON),
    ],
  ];
}

async function timesOf(what: string, ask: () => Promise<unknown>): Promise<readonly Row[]> {
  const milliseconds: number[] = [];
  for (let index = 0; index < ASKED; index++) {
    const began = performance.now();
    await ask();
    milliseconds.push(performance.now() - began);
  }
  const sorted = milliseconds.sort((a, b) => a - b);
  return [0.5, 0.95].map((part) => ({
    benchmark: NAME,
    case: what,
    unit: `ms, p${part * 100}`,
    median: quantile(sorted, part),
  }));
}

/** Rows of every kind, written past the ledger, since a gateway would take hours. */
function fill(file: string, files: number): void {
  const database = new BetterSqlite(file);
  database.pragma('journal_mode = MEMORY');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -256000');
  const numbers = `with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < ${files - 1})`;
  const state = `case when n % 100 = 0 then 'rejected' else 'processed' end`;
  for (const insert of [
    `insert into files (id, source_key, connection, partner_id, name, size, sha256, received_at, state, settled_at, split_at,
      documents_seen) ${numbers} select 'd' || n, 'key' || n, 'folder:p/main', 'p' || (n % ${PARTNERS}), 'name' || n, 1000,
      printf('%016x', n * 2654435761), ${NOON} + n, ${state}, 1, 1, 1 from numbers`,
    `insert into interchanges (id, file_id, ordinal, partner_id, standard, version, sender, receiver, control_number, test,
      delimiters, start_byte, end_byte, content_hash, duplicate_key, state, findings) ${numbers} select 'i' || n, 'd' || n, 1,
      'p' || (n % ${PARTNERS}), 'x12', '00401', 's', 'r', n, 0, '{}', 0, 1000, n, 'key' || n, 'accepted', '[]' from numbers`,
    `insert into documents (id, file_id, interchange_id, ordinal, partner_id, direction, type, release, group_code,
      group_version, group_control_number, control_number, test, segments, start_byte, end_byte, content_hash, received_at, state,
      findings, settled_at, events, unread) ${numbers} select 'd' || n, 'd' || n, 'i' || n, 1, 'p' || (n % ${PARTNERS}), 'inbound',
      '945', '004010', 'SW', '004010', n, n, 0, 10, 0, 1000, n, ${NOON} + n, ${state}, '[]', 1, 1, '[]' from numbers`,
    `insert into document_references (document_id, type, value) ${numbers} select 'd' || n, 'purchase-order', 'PO-' || n
      from numbers`,
    `insert into events (position, event_id, document_id, partner_id, type, subject, test, body) ${numbers} select n + 1,
      'e' || n, 'd' || n, 'p' || (n % ${PARTNERS}), 'logistics.warehouse-order.shipped.v1', 'warehouse-order/' || n, 0,
      '{"id":"e' || n || '","data":{}}' from numbers`,
    `insert into work (id, kind, subject_id, due_at, attempt, epoch, partner) ${numbers} select 'w' || n, 'translate', 'd' || n,
      ${NOON} + n, 0, 0, 'p' || (n % ${PARTNERS}) from numbers where n < ${WORK}`,
  ]) {
    database.exec(insert);
  }
  database.pragma('journal_mode = WAL');
  database.close();
}
