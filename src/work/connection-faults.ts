import { GatewayError, messageOf } from '../errors.ts';
import type { ExceptionLedger } from '../ledger/exception-types.ts';
import type { Clock } from '../util/clock.ts';
import type { WorkLog } from './types.ts';

/** A connection that does not work now. */
export interface BrokenConnection {
  /** `sftp:acme-3pl/main`. */
  readonly connection: string;
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Makes exceptions of connections that do not work: one for each connection and cause, resolved when it works again. */
export interface ConnectionFaults {
  /** What a connection tells, in its order; answers at once. */
  watch(connection: string, partnerId: string): { opened(error: unknown): void; closed(): void };
  broken(): readonly BrokenConnection[];
  /** Those of connections that there are no more are over. */
  keepOnly(connections: readonly string[]): void;
  /** Resolves when everything that was told is recorded. */
  recorded(): Promise<void>;
}

export function createConnectionFaults(options: {
  readonly ledger: Pick<ExceptionLedger, 'raise' | 'settleSubject'>;
  readonly clock: Clock;
  readonly log: WorkLog;
}): ConnectionFaults {
  const { ledger, clock, log } = options;
  const broken = new Map<string, BrokenConnection>();
  let recorded: Promise<void> = Promise.resolve();

  const record = (connection: string, act: () => Promise<void>): void => {
    recorded = recorded.then(act).catch((error: unknown) => {
      log.error({ connection, error: messageOf(error) }, 'How a connection is could not be recorded.');
    });
  };
  const closed = (connection: string): void => {
    broken.delete(connection);
    record(connection, () => ledger.settleSubject(connection, clock.now()));
  };
  return {
    watch: (connection, partnerId) => ({
      opened: (error) => {
        const code = error instanceof GatewayError ? error.code : 'CONNECTION_UNAVAILABLE';
        broken.set(connection, { connection, code, since: broken.get(connection)?.since ?? clock.now() });
        const subject = { kind: 'connection' as const, id: connection, fileId: null };
        const exception = { code, partnerId, scope: connection, text: messageOf(error), subject };
        record(connection, () => ledger.raise(exception, clock.now()));
      },
      closed: () => closed(connection),
    }),
    broken: () => [...broken.values()],
    keepOnly: (connections) => {
      for (const connection of broken.keys()) if (!connections.includes(connection)) closed(connection);
    },
    recorded: () => recorded,
  };
}
