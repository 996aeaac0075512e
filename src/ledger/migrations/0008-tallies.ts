import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../postgres-adapter.ts';

/** How many rows there are by state, kept by the database itself, so that nobody counts them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallies')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('shard', 'integer', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('tallies_once', ['name', 'shard'])
    .execute();
  if (isPostgres(db)) await countOnPostgres(db);
  else await countOnSqlite(db);
  await sql`insert into tallies (name, shard, count)
    select 'files ' || state, 0, count(*) from files group by state
    union all select 'documents ' || state, 0, count(*) from documents group by state
    union all select 'events', 0, count(*) from events`.execute(db);
}

async function countOnSqlite(db: Kysely<unknown>): Promise<void> {
  const add = (name: string): string =>
    `insert into tallies (name, shard, count) values (${name}, 0, 1)
      on conflict (name, shard) do update set count = count + 1`;
  for (const table of ['files', 'documents']) {
    await sql
      .raw(`create trigger ${table}_added after insert on ${table} begin ${add(`'${table} ' || new.state`)}; end`)
      .execute(db);
    await sql
      .raw(
        `create trigger ${table}_moved after update of state on ${table} when old.state <> new.state begin
          update tallies set count = count - 1 where name = '${table} ' || old.state and shard = 0;
          ${add(`'${table} ' || new.state`)};
        end`,
      )
      .execute(db);
  }
  await sql.raw(`create trigger events_added after insert on events begin ${add(`'events'`)}; end`).execute(db);
}

/** Once for each statement, and in a row of its own for each connection (16 at most), so that nobody waits for another. */
async function countOnPostgres(db: Kysely<unknown>): Promise<void> {
  const tally = (changes: string): string =>
    `insert into tallies (name, shard, count)
      select name, pg_backend_pid() % 16, sum(n) from (${changes}) as changes group by name having sum(n) <> 0 order by name
      on conflict (name, shard) do update set count = tallies.count + excluded.count`;
  const states = (rows: string, sign: number): string =>
    `select tg_table_name || ' ' || state as name, ${sign} as n from ${rows}`;
  const bodies = {
    tally_added: tally(states('added', 1)),
    tally_moved: tally(`${states('added', 1)} union all ${states('removed', -1)}`),
    tally_events: tally(`select 'events' as name, 1 as n from added`),
  };
  for (const [name, body] of Object.entries(bodies)) {
    await sql
      .raw(`create function ${name}() returns trigger language plpgsql as $$ begin ${body}; return null; end $$`)
      .execute(db);
  }
  for (const table of ['files', 'documents']) {
    await sql
      .raw(
        `create trigger ${table}_added after insert on ${table} referencing new table as added
          for each statement execute function tally_added()`,
      )
      .execute(db);
    await sql
      .raw(
        `create trigger ${table}_moved after update on ${table} referencing old table as removed new table as added
          for each statement execute function tally_moved()`,
      )
      .execute(db);
  }
  await sql
    .raw(
      `create trigger events_added after insert on events referencing new table as added
        for each statement execute function tally_events()`,
    )
    .execute(db);
}
