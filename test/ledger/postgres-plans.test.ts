import assert from 'node:assert/strict';
import { type CompiledQuery, Kysely, sql } from 'kysely';
import pg from 'pg';
import { createLedger } from '../../src/ledger/ledger.ts';
import { migrate } from '../../src/ledger/migrations.ts';
import { createPostgresDialect } from '../../src/ledger/postgres-dialect.ts';
import type { LedgerTables } from '../../src/ledger/schema.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { NOON } from '../contracts/ledger-samples.ts';
import { POSTGRES } from '../support/servers/postgres.ts';
import { withServer } from '../support/servers/server.ts';
import { QUERIES } from './queries.ts';

/** Enough that the planner would not rather read everything. */
const FILES = 20_000;

/** As many rows as a busy week leaves: partners, types, states and subjects in the proportions of life. */
const ROWS = [
  sql`insert into files select 'f' || n, 'key' || n, 'folder:acme/main', 'p' || n % 50, 'name' || n, 1000, md5(n::text),
      ${sql.lit(NOON)} - n, case when n % 100 = 0 then 'received' else 'processed' end, null, null, null, null, null, 2
    from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into interchanges select 'i' || n, 'f' || n, 1, 'p' || n % 50, 'x12', '00401', 's', 'r', (100000 + n)::text, 0, '{}',
      0, 1000, null, md5(n::text), 'key' || n, 'accepted', null, null, null, '[]'
    from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into gaps select 'f' || n, 0, 1, 'blank' from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into documents select 'd' || n, 'f' || (n % ${sql.lit(FILES)} + 1), 'i' || (n % ${sql.lit(FILES)} + 1), 1, 'p' || n % 50,
      'inbound', (array['856', '214', '940', '945'])[n % 4 + 1], '004010', 'SH', '004010', (2000000 + n)::text,
      (1000000 + n)::text, 0, 10, n, n + 1, 'h', ${sql.lit(NOON)} - n,
      case when n % 100 = 0 then 'received' else 'processed' end, null, null, '[]', null, null, null, 1, '[]'
    from generate_series(1, ${sql.lit(2 * FILES)}) n`,
  sql`insert into document_references select 'd' || n, 'purchase-order', 'PO-' || n from generate_series(1, ${sql.lit(2 * FILES)}) n`,
  sql`insert into events select n, 'e' || n, 'd' || n, 'p' || n % 50, 'logistics.shipment.advised.v' || n % 4, 'shipment/S' || n % 5000,
      0, '{}' from generate_series(1, ${sql.lit(2 * FILES)}) n`,
  sql`insert into purges (file_id, sha256, bytes_at, removed_at)
    select 'f' || n, md5(n::text), 1, case when n % 100 = 0 then null else 1 end from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into as2_messages (message_id, theirs, ours, connection, received_at, sha256, headers, disposition, accepted, mdn_due)
    select '<' || n || '@acme>', 'ACME' || n % 50, 'OURCO', 'main', ${sql.lit(NOON)} - n, md5(n::text), '{}', 'processed', 1,
      case when n % 100 = 0 then '{}' else null end
    from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into past_events select 'past' || n, 'd' || n from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into replays select 'r' || n, ${sql.lit(NOON)} - n, 'ann', '', '{}', null, 0, 1, 'done', 1, 1, null, '{}', n, 1, 0,
      case when n % 1000 = 0 then null else 1 end
    from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into subjects select 'shipment/S' || n, 8 from generate_series(1, 5000) n`,
  sql`insert into attempts select 'a' || n, 'translate', 'd' || n, 1, 1, 'no' from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into outbound_events select 'ev' || n, 'p' || n % 50, 'h', '{}', ${sql.lit(NOON)} - n, 1
    from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into sent_documents (id, event_id, event_type, partner_id, connection, standard, type, release, map_pin, group_code,
      interchange_number, group_number, control_number, test, name, content_type, size, sha256, accepted_at, state)
    select 'sent' || n, 'ev' || n, 'logistics.warehouse-order.released.v1', 'p' || n % 50, 'main', 'x12', '940', '004010', 'x12/940@1.0.0',
      'OW', (100000 + n)::text, (200000 + n)::text, (300000 + n)::text, 0, 'n', 'application/edi-x12', 700, md5(n::text),
      ${sql.lit(NOON)} - n, case when n % 100 = 0 then 'queued' else 'accepted' end
    from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into sent_references select 'sent' || n, 'purchase-order', 'PO-' || n from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into sent_numbers select 'p' || n % 50, 'ISA13', n, 'sent' || n, md5(n::text), null
    from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into exceptions select 'x' || n, 'print' || n, (array['MAP_VALUE', 'SENDER_UNKNOWN', 'NO_AGREEMENT'])[n % 3 + 1],
      (array['partner', 'onboarding', 'operator', 'platform'])[n % 4 + 1], 'p' || n % 50, '856', 'why', 'what to do',
      case when n % 100 = 0 then 'open' else 'resolved' end, null, 5, ${sql.lit(NOON)} - n, ${sql.lit(NOON)}, null, null
    from generate_series(1, ${sql.lit(FILES)}) n`,
  sql`insert into exception_subjects select 'x' || n % ${sql.lit(FILES)}, 'document', 'd' || n, 'f' || n, ${sql.lit(NOON)}, n % 2
    from generate_series(1, ${sql.lit(2 * FILES)}) n`,
];

describe('query plans of the PostgreSQL ledger', function () {
  this.timeout(60_000);
  const server = withServer(POSTGRES);
  let pool: pg.Pool;
  let ledger: Ledger;
  let asked: CompiledQuery[] = [];

  before(async () => {
    pool = new pg.Pool({ connectionString: await server().createDatabase(), max: 4 });
    // The server may be stopped before the last connection has gone.
    pool.on('connect', (client) => client.on('error', () => {}));
    const db = new Kysely<LedgerTables>({
      dialect: createPostgresDialect(pool, 'test'),
      log: ({ query }) => {
        asked.push(query);
      },
    });
    await migrate(db, 'test');
    ledger = createLedger(db, createIds(systemClock), () => db.destroy());
    for (const rows of ROWS) await rows.execute(db);
    await sql`insert into work (id, kind, subject_id, due_at, attempt, epoch, partner)
      select 'w' || n, case when n % 10 = 0 then 'split' else 'translate' end, 'd' || n, ${sql.lit(NOON)} - n, 0, 0, 'p' || n % 50
      from generate_series(1, ${sql.lit(FILES)}) n`.execute(db);
    await sql`analyze`.execute(db);
  });
  after(() => ledger.close());

  /** The lines of the plans of everything that was asked since the last call. */
  async function plans(): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const { sql: text, parameters } of asked) {
      if (!/^\s*(select|insert|update|delete|with)\b/i.test(text)) continue;
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...parameters]);
      lines.push(...rows.map((row) => row['QUERY PLAN']));
    }
    return lines;
  }

  for (const [what, ask] of QUERIES) {
    it(`searches ${what} by an index`, async () => {
      asked = [];
      await ask(ledger);
      assert.ok(asked.length > 0);
      const lines = await plans();
      assert.deepEqual(
        lines.filter((line) => line.includes('Seq Scan')),
        [],
      );
      // A page is read off its index; what is sorted is a handful of rows.
      assert.deepEqual(
        lines.filter((line) => /Sort .*rows=\d{4}/.test(line)),
        [],
      );
    });
  }
});
