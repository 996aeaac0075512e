import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SftpConnection, SftpPickUp, SftpServer } from '../src/partners/sftp-types.ts';
import { createSftpPool, type SftpPool } from '../src/transports/sftp/pool.ts';
import { createSftpSender } from '../src/transports/sftp/send.ts';
import { createSftpTransport } from '../src/transports/sftp/transport.ts';
import type { Arrival, Outgoing } from '../src/transports/types.ts';
import { systemClock } from '../src/util/clock.ts';
import { createIds } from '../src/util/ids.ts';
import { SSHD, type SshServer } from '../test/support/servers/sshd.ts';
import { timingOf } from './measure.ts';
import { type Row, rate } from './report.ts';

interface File {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One way over the server; answers the seconds it took. */
type Way = (sshd: SshServer, pool: SftpPool, folder: string, files: readonly File[]) => Promise<number>;

const ROUNDS = 5;
const MB = 1_000_000;
const ids = createIds(systemClock);
const SMALL = Array.from({ length: 1_000 }, (_, index) => ({
  name: `${index}.edi`,
  bytes: Buffer.alloc(2_048, 'ISA*'),
}));
const LARGE = [{ name: 'large.edi', bytes: Buffer.alloc(100 * MB, 'ISA*00*          *') }];

/** A real OpenSSH server on this machine: files picked up as a gateway does, without what comes after; and files brought. */
export async function benchmarkSftp(): Promise<readonly Row[]> {
  const benchmark = 'sftp: an OpenSSH server on the same machine';
  const sshd = await SSHD.own();
  const pool = createSftpPool({ secrets: () => sshd.key, clock: systemClock });
  const row = async (name: string, unit: string, amount: number, way: Way, files: readonly File[], note: string) => {
    const seconds: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const folder = sshd.makeFolder();
      seconds.push(await way(sshd, pool, folder, files));
      rmSync(folder, { recursive: true });
    }
    return rate(benchmark, name, unit, amount, timingOf(seconds.slice(1)), note);
  };
  try {
    return [
      await row('1,000 files of 2 KB claimed, read and removed', 'files/s', 1_000, pickUp, SMALL, 'floor 333'),
      await row('1,000 files of 2 KB brought', 'files/s', 1_000, bring, SMALL, ''),
      await row('100 MB down', 'MB/s', 100, pickUp, LARGE, 'floor 50'),
      await row('100 MB up', 'MB/s', 100, bring, LARGE, 'floor 50'),
    ];
  } finally {
    pool.close();
    await sshd.stop();
  }
}

async function pickUp(sshd: SshServer, pool: SftpPool, folder: string, files: readonly File[]): Promise<number> {
  for (const { name, bytes } of files) {
    writeFileSync(`${folder}.part`, bytes);
    renameSync(`${folder}.part`, join(folder, name));
  }
  const began = performance.now();
  let received = 0;
  let done = (): void => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const receive = async (arrival: Arrival): Promise<void> => {
    for await (const chunk of arrival.open()) received += chunk.length;
    assert.ok(await arrival.take());
  };
  const settings: SftpPickUp = { ...PICK_UP, folder };
  const connection: SftpConnection = {
    kind: 'sftp',
    id: 'main',
    server: serverOf(sshd),
    pickUp: settings,
    dropOff: null,
  };
  const transport = createSftpTransport({
    connection,
    pickUp: settings,
    partnerId: 'bench',
    timezone: 'UTC',
    pool,
    owner: 'aaaaaaaa',
    newId: () => ids('f').slice(2),
    clock: systemClock,
    log: { info: () => {}, warn: complain, error: complain },
    batch: 64,
  });
  await transport.start(async (arrivals) => {
    await Promise.all(arrivals.map(receive));
    if (readdirSync(folder).length === 0) done();
  });
  await all;
  const seconds = (performance.now() - began) / 1000;
  await transport.stop();
  assert.equal(received, sizeOf(files));
  return seconds;
}

async function bring(sshd: SshServer, pool: SftpPool, folder: string, files: readonly File[]): Promise<number> {
  const sender = createSftpSender({
    connectionId: 'main',
    partnerId: 'bench',
    server: serverOf(sshd),
    dropOff: { folder, temporary: { ending: '.writing' }, done: null, exists: 'refuse', permissions: null },
    pool,
  });
  const outgoing = files.map(({ name, bytes }): Outgoing => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const open = async function* (): AsyncIterable<Buffer> {
      for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
    };
    return { id: name, name, contentType: 'application/edi-x12', size: bytes.length, sha256, open };
  });
  const began = performance.now();
  await Promise.all(outgoing.map((file) => sender.send(file)));
  const seconds = (performance.now() - began) / 1000;
  assert.equal(readdirSync(folder).length, files.length);
  return seconds;
}

const PICK_UP: SftpPickUp = {
  folder: '/',
  include: ['*'],
  exclude: [],
  depth: 0,
  sort: 'oldest',
  most: 100_000,
  largest: 1024 ** 3,
  every: 60_000,
  cron: null,
  quiet: [],
  ready: { by: 'rename', unready: ['.tmp'] },
  claim: 'rename',
  after: { do: 'delete' },
  failed: null,
};

function serverOf({ port, user, hostKeys }: SshServer): SftpServer {
  return {
    host: '127.0.0.1',
    port,
    user,
    hostKeys,
    key: 'key',
    passphrase: null,
    password: null,
    login: ['key'],
    legacy: false,
    timeout: 30_000,
  };
}

function sizeOf(files: readonly File[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function complain(details: object, sentence: string): void {
  process.stderr.write(`${sentence} ${JSON.stringify(details)}\n`);
}
