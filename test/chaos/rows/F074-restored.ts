import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Offer } from '../../support/offers.ts';
import { findSoftware } from '../../support/servers/binaries.ts';
import { POSTGRES } from '../../support/servers/postgres.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';

/** A copy of the ledger of a running gateway. */
interface Backup {
  readonly take: () => Promise<void>;
  /** Brings it back in place of the ledger, while no gateway runs. */
  readonly bringBack: () => Promise<void>;
}

function onSqlite({ place }: Stage): Backup {
  const ledger = join(place.data, 'ledger.sqlite');
  const copy = join(place.folder, 'backup.sqlite');
  return {
    take: async () => {
      const database = new Database(ledger, { readonly: true });
      await database.backup(copy);
      database.close();
    },
    bringBack: async () => {
      for (const end of ['', '-wal', '-shm']) rmSync(`${ledger}${end}`, { force: true });
      cpSync(copy, ledger);
    },
  };
}

async function onPostgres(stage: Stage): Promise<Backup> {
  const programs = findSoftware(POSTGRES.software);
  assert.ok(programs !== null);
  const url = stage.place.env.CROSSDOCK_DATABASE_URL ?? '';
  const copy = join(stage.place.folder, 'backup.dump');
  return {
    take: async () => {
      execFileSync(join(programs, 'pg_dump'), ['--format=custom', `--file=${copy}`, url]);
    },
    bringBack: async () => {
      execFileSync(join(programs, 'pg_restore'), [
        '--clean',
        '--if-exists',
        '--single-transaction',
        `--dbname=${url}`,
        copy,
      ]);
    },
  };
}

/** What is not right is told anew whenever it comes, and says nothing here. */
function goodOf(stage: Stage, count: number): readonly Offer[] {
  return stage.offers(count).filter(({ state }) => state === 'processed');
}

async function restored(stage: Stage, backup: Backup): Promise<void> {
  await stage.start();
  const before = goodOf(stage, 30);
  await stage.sender.send(before);
  await stage.prove();
  const loading = stage.sender.send(goodOf(stage, 20));
  // As docs/operations.md says: the ledger first, the archive second, of a gateway that is at work.
  await backup.take();
  const archive = join(stage.place.data, 'archive');
  const copy = join(stage.place.folder, 'archive-backup');
  cpSync(archive, copy, { recursive: true });
  stage.say('backup of the ledger and the archive, under load');
  await loading;
  const lost = goodOf(stage, 30);
  await stage.sender.send(lost);
  await stage.prove();
  const told = new Set((await stage.gateway.events()).map(({ id }) => id));
  await stage.gateway.kill9();
  await backup.bringBack();
  rmSync(archive, { recursive: true });
  renameSync(copy, archive);
  stage.say('everything since is lost; the backup is brought back');

  await stage.start();
  const checked = await stage.place.run('ledger', 'check', '--bytes');
  assert.equal(checked.code, 0, checked.stdout);
  // Partners send again whatever they are not sure of, and more than that.
  await stage.sender.send(stage.witness.offers(), ['folder']);
  await stage.prove();
  const duplicates = await stage.gateway.allFiles('duplicate');
  assert.ok(duplicates.length >= before.length);
  const again = new Set((await stage.gateway.events()).map(({ id }) => id));
  assert.deepEqual(again, told, 'a consumer that drops known ids sees nothing twice and misses nothing');
  stage.say(`${duplicates.length} files were known; the ${again.size} events have the ids they had before`);
}

export const row: Row = {
  number: 74,
  title: 'ledger and archive are restored from a backup, and partners send again',
  gate: false,
  needs: [POSTGRES.software],
  run: async (stage) => {
    await stage.open();
    stage.say('on SQLite');
    await restored(stage, onSqlite(stage));
    await stage.open({ CROSSDOCK_DATABASE_URL: await stage.database() });
    stage.say('on PostgreSQL');
    await restored(stage, await onPostgres(stage));
  },
};
