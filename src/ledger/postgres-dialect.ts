import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { Pool } from 'pg';
import { GatewayError, messageOf } from '../errors.ts';
import { failPoints } from '../util/fail-point.ts';

/** Kysely's PostgreSQL dialect over a pool; faults become GatewayErrors, and texts are such as PostgreSQL can keep. */
export function createPostgresDialect(pool: Pool, where: string): Dialect {
  const dialect = new PostgresDialect({ pool });
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new TranslatingDriver(dialect.createDriver(), where),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

class TranslatingDriver implements Driver {
  readonly #driver: Driver;
  readonly #where: string;

  constructor(driver: Driver, where: string) {
    this.#driver = driver;
    this.#where = where;
  }

  init(): Promise<void> {
    return this.#driver.init();
  }

  async acquireConnection(): Promise<TranslatingConnection> {
    await failPoints?.reach('pool.acquire');
    return new TranslatingConnection(await this.#translate(() => this.#driver.acquireConnection()), (act) =>
      this.#translate(act),
    );
  }

  beginTransaction({ connection }: TranslatingConnection, settings: TransactionSettings): Promise<void> {
    return this.#translate(() => this.#driver.beginTransaction(connection, settings));
  }

  commitTransaction({ connection }: TranslatingConnection): Promise<void> {
    return this.#translate(() => this.#driver.commitTransaction(connection));
  }

  async rollbackTransaction({ connection }: TranslatingConnection): Promise<void> {
    // A broken connection has nothing to take back, and the fault that broke it is the one to tell.
    await this.#driver.rollbackTransaction(connection).catch(() => {});
  }

  releaseConnection({ connection }: TranslatingConnection): Promise<void> {
    return this.#driver.releaseConnection(connection);
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }

  async #translate<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw postgresFault(error, this.#where);
    }
  }
}

class TranslatingConnection implements DatabaseConnection {
  readonly connection: DatabaseConnection;
  readonly #translate: <T>(act: () => Promise<T>) => Promise<T>;

  constructor(connection: DatabaseConnection, translate: <T>(act: () => Promise<T>) => Promise<T>) {
    this.connection = connection;
    this.#translate = translate;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const parameters = query.parameters.map(storable);
    return this.#translate(() => this.connection.executeQuery<Row>({ ...query, parameters }));
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.connection.streamQuery<Row>(query, chunkSize);
  }
}

/** PostgreSQL keeps no NUL in a text; the sign that Unicode has for it stands in its place. */
function storable(parameter: unknown): unknown {
  return typeof parameter === 'string' && parameter.includes('\0') ? parameter.replaceAll('\0', '\u2400') : parameter;
}

// Classes of faults of what was asked for; every other one says that the database did not answer.
const OUR_FAULT = /^(?:0A|21|22|23|42|44)/;

/** What the driver threw, as the ledger's own error. The address may hold a password and is never part of it. */
function postgresFault(error: unknown, where: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = messageOf(error).replace(/\.$/, '');
  if (OUR_FAULT.test(code)) {
    return new GatewayError('INTERNAL', `${where}: the ledger refused a statement: ${text}.`, { cause: error });
  }
  return new GatewayError(
    'LEDGER_UNAVAILABLE',
    `${where}: the ledger did not answer: ${text}. Look at the database server and the way to it.`,
    { cause: error },
  );
}
