import { GatewayError } from '../../errors.ts';
import type { SftpServer } from '../../partners/sftp-types.ts';
import type { Secrets } from '../../settings/secrets.ts';
import type { Clock } from '../../util/clock.ts';
import { createLimiter, type Limiter } from '../../util/limiter.ts';
import { connectSftp } from './connect.ts';
import type { SftpSession } from './session.ts';

/** Connections to partners' servers, one for each login, shared by all who poll and send with it. */
export interface SftpPool {
  /**
   * A session that is logged in; a new connection when there is none. Rejects as connectSftp does, and after failures at
   * once with the last one until some time is over: a server that is down is not hammered, an account not locked.
   */
  session(server: SftpServer): Promise<SftpSession>;
  close(): void;
}

export interface SftpPoolOptions {
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Milliseconds without use after which a connection is closed. */
  readonly idle?: number;
  /** Shortest and longest pause after a failure that may pass by itself, and after one that somebody must mend. */
  readonly pauses?: Readonly<Record<'later' | 'after-fix', readonly [number, number]>>;
}

interface Entry {
  session: Promise<SftpSession> | null;
  failures: number;
  /** Nobody connects before. */
  until: number;
  error: unknown;
}

const IDLE = 30_000;
const PAUSES = { later: [1_000, 300_000], 'after-fix': [60_000, 3_600_000] } as const;
/** More logins at once and a server of many partners sends the rest away. */
const LOGINS_AT_ONCE = 4;

export function createSftpPool(options: SftpPoolOptions): SftpPool {
  const { secrets, clock, idle = IDLE, pauses = PAUSES } = options;
  const entries = new Map<string, Entry>();
  const hosts = new Map<string, Limiter>();
  let closed = false;

  async function connect(server: SftpServer, entry: Entry): Promise<SftpSession> {
    const host = `${server.host}:${server.port}`;
    const limiter = hosts.get(host) ?? createLimiter(LOGINS_AT_ONCE);
    hosts.set(host, limiter);
    const leave = await limiter.turn();
    try {
      const session = await connectSftp(server, secrets);
      if (closed) session.close();
      entry.failures = 0;
      watchIdle(session);
      return session;
    } catch (error) {
      const patient = error instanceof GatewayError && error.retry === 'after-fix';
      const [shortest, longest] = pauses[patient ? 'after-fix' : 'later'];
      entry.until = clock.now() + Math.min(shortest * 2 ** Math.min(entry.failures++, 20), longest);
      entry.error = error;
      entry.session = null;
      throw error;
    } finally {
      leave();
    }
  }

  function watchIdle(session: SftpSession): void {
    let quiet = 0;
    const step = Math.max(1, idle / 2);
    const timer = setInterval(() => {
      quiet = session.busy() > 0 ? 0 : quiet + 1;
      if (quiet > 2 || closed) session.close();
      if (session.lost()) clearInterval(timer);
    }, step);
    timer.unref();
  }

  return {
    async session(server) {
      const key = JSON.stringify(server);
      const entry: Entry = entries.get(key) ?? { session: null, failures: 0, until: 0, error: null };
      entries.set(key, entry);
      for (let current = entry.session; current !== null; current = entry.session) {
        const open = await current.catch(() => null);
        if (open?.lost() === false) return open;
        // Whoever comes first makes way for a new connection; the others find it.
        if (entry.session === current) entry.session = null;
      }
      if (closed) throw new GatewayError('CONNECTION_UNAVAILABLE', 'The connections are being closed.');
      if (clock.now() < entry.until) throw entry.error;
      entry.session = connect(server, entry);
      return entry.session;
    },
    close() {
      closed = true;
      for (const { session } of entries.values()) {
        void session?.then(
          (open) => open.close(),
          () => {},
        );
      }
    },
  };
}
