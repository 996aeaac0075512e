import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { GatewayError, messageOf } from '../errors.ts';
import { up as inbound } from './migrations/0001-inbound.ts';
import { up as marks } from './migrations/0002-marks.ts';
import { up as audit } from './migrations/0003-audit.ts';
import { up as sharedWork } from './migrations/0004-shared-work.ts';
import { up as exceptions } from './migrations/0005-exceptions.ts';
import { up as replays } from './migrations/0006-replays.ts';
import { up as as2Messages } from './migrations/0007-as2-messages.ts';
import { up as tallies } from './migrations/0008-tallies.ts';
import { up as purges } from './migrations/0009-purges.ts';
import { up as acknowledgments } from './migrations/0010-acknowledgments.ts';
import { up as alone } from './migrations/0011-alone.ts';
import { up as outbound } from './migrations/0012-outbound.ts';

/**
 * Every migration in order, for both databases. A released one is never edited, and each only adds: while it is rolled out,
 * the version before runs on the same tables (docs/decisions/0006-two-databases.md).
 */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-inbound': { up: inbound },
  '0002-marks': { up: marks },
  '0003-audit': { up: audit },
  '0004-shared-work': { up: sharedWork },
  '0005-exceptions': { up: exceptions },
  '0006-replays': { up: replays },
  '0007-as2-messages': { up: as2Messages },
  '0008-tallies': { up: tallies },
  '0009-purges': { up: purges },
  '0010-acknowledgments': { up: acknowledgments },
  '0011-alone': { up: alone },
  '0012-outbound': { up: outbound },
};

/** Brings the tables up to date; LEDGER_UNAVAILABLE when that cannot be done. */
export async function migrate<T>(db: Kysely<T>, where: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  throw new GatewayError(
    'LEDGER_UNAVAILABLE',
    `${where}: the ledger's tables could not be brought up to date: ${messageOf(error)}. ` +
      'Use the Crossdock version that wrote it or a newer one.',
    { cause: error },
  );
}

/** Throws LEDGER_UNAVAILABLE unless the tables are exactly those this program knows. For opening without writing. */
export async function requireCurrent<T>(db: Kysely<T>, where: string): Promise<void> {
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db).then(
    ({ rows }) => rows.map((row) => row.name),
    () => [],
  );
  const known = Object.keys(MIGRATIONS);
  if (done.length === known.length && done.every((name, index) => name === known[index])) return;
  throw new GatewayError(
    'LEDGER_UNAVAILABLE',
    done.length === 0
      ? `${where}: there is no ledger in this file yet. Start the gateway once with this data folder.`
      : `${where}: the ledger was written by another version of Crossdock. Start this version's gateway on it first.`,
  );
}
