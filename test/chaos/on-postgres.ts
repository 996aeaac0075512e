import type { PostgresServer } from '../support/servers/postgres.ts';
import type { ChaosProxy } from './proxy.ts';
import type { Stage } from './stage.ts';

/** What happens to PostgreSQL while a gateway has its ledger there. */
export interface PostgresFaults {
  readonly postgres: PostgresServer;
  /** The way from the gateway to it. */
  readonly proxy: ChaosProxy;
  /** Offers so many files, and resolves when all are dropped or answered 202. */
  readonly load: (offers: number) => Promise<void>;
}

/** One gateway on a PostgreSQL; all must be done after `act`. */
export async function onPostgres(stage: Stage, act: (faults: PostgresFaults) => Promise<void>): Promise<void> {
  const postgres = await stage.postgres();
  const proxy = await stage.proxy(postgres.port);
  const url = new URL(await postgres.createDatabase());
  url.port = String(proxy.port);
  await stage.open({ CROSSDOCK_DATABASE_URL: url.href });
  await stage.start();
  await act({ postgres, proxy, load: (offers) => stage.sender.send(stage.offers(offers)) });
  await stage.prove();
}
