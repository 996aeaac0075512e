import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SftpConnection, SftpDropOff, SftpPickUp, SftpServer } from '../../../src/partners/sftp-types.ts';
import { type Breaker, createBreaker } from '../../../src/transports/breaker.ts';
import { createSftpPool, type SftpPool } from '../../../src/transports/sftp/pool.ts';
import { createSftpTransport } from '../../../src/transports/sftp/transport.ts';
import type { ReceivingTransport } from '../../../src/transports/types.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createIds } from '../../../src/util/ids.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import type { SshServer } from '../../support/servers/sshd.ts';

/** A folder on the server, with a transport that looks twenty times a second. */
export interface SftpPlace {
  /** The same folder on this machine. */
  readonly folder: string;
  readonly server: SftpServer;
  readonly log: RecordingLog;
  readonly pool: SftpPool;
  readonly every: number;
  /** Another owner is another gateway, that knows nothing of this one. */
  transport(other?: { readonly owner?: string; readonly breaker?: Breaker }): ReceivingTransport;
  put(name: string, text: string): Promise<void>;
  change(name: string, text: string): Promise<void>;
  names(): Promise<readonly string[]>;
}

const KEY = 'test-key';
const ids = createIds(systemClock);

/** The login of a test server. */
export function serverOf({ port, user, hostKeys }: Pick<SshServer, 'port' | 'user' | 'hostKeys'>): SftpServer {
  return {
    host: '127.0.0.1',
    port,
    user,
    hostKeys: hostKeys.slice(0, 1),
    key: KEY,
    passphrase: null,
    password: null,
    login: ['key'],
    legacy: false,
    timeout: 20_000,
  };
}

/** A pool with short pauses, for tests that mend what was broken. */
export function poolOf(key: string): SftpPool {
  const pauses = { later: [20, 100], 'after-fix': [20, 100] } as const;
  return createSftpPool({ secrets: () => key, clock: systemClock, pauses });
}

export const DROP_OFF: SftpDropOff = {
  folder: '/in',
  temporary: { ending: '.writing' },
  done: null,
  exists: 'refuse',
  permissions: null,
};

export const PICK_UP: SftpPickUp = {
  folder: '/out',
  include: ['*'],
  exclude: [],
  depth: 0,
  sort: 'oldest',
  most: 100_000,
  largest: 1024 ** 3,
  every: 1_000,
  cron: null,
  quiet: [],
  ready: { by: 'immediate' },
  claim: 'rename',
  after: { do: 'delete' },
  failed: null,
};

export function createSftpPlace(
  sshd: SshServer,
  pool: SftpPool,
  settings: Partial<SftpPickUp> = {},
  login: Partial<SftpServer> = {},
): SftpPlace {
  const folder = sshd.makeFolder();
  const log = createRecordingLog();
  const every = 50;
  const server = { ...serverOf(sshd), ...login };
  const pickUp: SftpPickUp = { ...PICK_UP, folder, every, ...settings };
  const { ready } = pickUp;
  const connection: SftpConnection = { kind: 'sftp', id: 'main', server, pickUp, dropOff: null };
  return {
    folder,
    server,
    log,
    pool,
    every,
    transport: ({ owner = 'aaaaaaaa', breaker = createBreaker() } = {}) =>
      createSftpTransport({
        connection,
        pickUp,
        partnerId: 'acme',
        timezone: 'UTC',
        pool,
        owner,
        newId: () => ids('x').slice(2),
        clock: systemClock,
        log,
        batch: 8,
        breaker,
      }),
    async put(name, text) {
      const outside = `${folder}.being-written`;
      writeFileSync(outside, text);
      renameSync(outside, join(folder, name));
      if (ready.by === 'marker') writeFileSync(join(folder, `${name}${ready.suffix}`), '');
    },
    async change(name, text) {
      const lies = readdirSync(folder).find((found) => found.startsWith(`${name}.crossdock-`)) ?? name;
      writeFileSync(join(folder, lies), text);
    },
    names: async () => readdirSync(folder),
  };
}
