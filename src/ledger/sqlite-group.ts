import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import { faultOf, ledgerFault, type Outcome, type SqliteSession } from './sqlite-session.ts';

/** One flush commits so many transactions at most, … */
const MOST = 64;
/** … and those that came first do not wait longer than this for the others to finish, in milliseconds. */
const LONGEST = 20;

/** Transactions that are committed together. */
interface Group {
  readonly began: number;
  members: number;
  readonly committed: Promise<void>;
  readonly succeed: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Commits transactions that wait for each other with one flush. They still run one after the other, each in a savepoint of
 * its own, and each is answered after the flush; what only reads in between is answered then too, since it may have seen
 * what is not yet committed. When the flush fails, it fails for all of them.
 */
export class GroupCommitDriver implements Driver {
  readonly #session: SqliteSession;
  readonly #file: string;
  readonly #now: () => number;
  readonly #waiting: (() => void)[] = [];
  #busy = false;
  /** As of the last statement. */
  #inTransaction = false;
  #group: Group | null = null;

  /** `now` counts milliseconds. */
  constructor(session: SqliteSession, file: string, now: () => number) {
    this.#session = session;
    this.#file = file;
    this.#now = now;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Turn> {
    if (this.#busy) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy = true;
    return new Turn((text, parameters) => this.#execute(text, parameters));
  }

  async beginTransaction(turn: Turn): Promise<void> {
    if (this.#group === null) {
      await turn.run('begin');
      this.#group = newGroup(this.#now());
    } else {
      await turn.run('savepoint turn');
      turn.inSavepoint = true;
    }
  }

  async commitTransaction(turn: Turn): Promise<void> {
    if (turn.inSavepoint) await turn.run('release turn');
    turn.ended = true;
    await this.#endTurn(turn);
  }

  async rollbackTransaction(turn: Turn): Promise<void> {
    // The flush failed: nothing of it is left.
    if (turn.ended) return;
    if (!this.#inTransaction) return;
    if (turn.inSavepoint) {
      await turn.run('rollback to turn');
      await turn.run('release turn');
    } else {
      this.#group = null;
      await turn.run('rollback');
    }
  }

  async releaseConnection(turn: Turn): Promise<void> {
    if (!turn.ended) await this.#endTurn(turn);
  }

  destroy(): Promise<void> {
    return this.#session.close();
  }

  async #execute(text: string, parameters: readonly unknown[]): Promise<Outcome> {
    const outcome = await this.#session.execute(text, parameters).catch((error: unknown) => {
      // The thread is gone, and with it what it had not committed.
      this.#inTransaction = false;
      throw ledgerFault(faultOf(error), this.#file, error);
    });
    this.#inTransaction = outcome.inTransaction;
    if (outcome.fault !== null) throw ledgerFault(outcome.fault, this.#file);
    return outcome;
  }

  /** Lets the next one have its turn, in the same group if there is one, and waits until the group is committed. */
  async #endTurn(turn: Turn): Promise<void> {
    const group = this.#group;
    if (group !== null) {
      group.members += 1;
      const full = group.members >= MOST || this.#now() - group.began >= LONGEST;
      if (full || this.#waiting.length === 0 || !this.#inTransaction) {
        this.#group = null;
        await this.#commit(group, turn);
      }
    }
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy = false;
    else next();
    await group?.committed;
  }

  async #commit(group: Group, turn: Turn): Promise<void> {
    try {
      if (!this.#inTransaction) throw turn.fault ?? new Error('The database ended the transaction.');
      await turn.run('commit');
      group.succeed();
    } catch (error) {
      if (this.#inTransaction) await turn.run('rollback');
      group.fail(error);
    }
  }
}

function newGroup(began: number): Group {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Everybody in the group waits for it; a group that ended with a rollback has nobody.
  promise.catch(() => {});
  return { began, members: 0, committed: promise, succeed: resolve, fail: reject };
}

/** The one connection, for as long as somebody has their turn. */
class Turn implements DatabaseConnection {
  inSavepoint = false;
  ended = false;
  /** What the last statement that failed said. */
  fault: unknown;
  readonly #execute: SqliteSession['execute'];

  constructor(execute: SqliteSession['execute']) {
    this.#execute = execute;
  }

  async run(statement: string): Promise<void> {
    await this.executeQuery(CompiledQuery.raw(statement));
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const { rows, changes } = await this.#execute(sql, parameters);
      return { rows: [...rows], ...(changes === null ? {} : { numAffectedRows: BigInt(changes) }) };
    } catch (error) {
      this.fault = error;
      throw error;
    }
  }

  /** Everything that is asked for is asked for in pages. */
  streamQuery(): never {
    throw new Error('Statements are not streamed.');
  }
}
