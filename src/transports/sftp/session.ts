import { once } from 'node:events';
import type SftpClient from 'ssh2-sftp-client';
import { messageOf } from '../../errors.ts';
import { createLimiter } from '../../util/limiter.ts';
import { faultOf, SftpFault } from './fault.ts';

/** What lies on the server, links not followed. */
export interface RemoteFacts {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Seconds since 1970, of the server's clock. */
  readonly modifiedAt: number;
}

/** One entry of a folder. The name is what the server says, and may be anything. */
export interface RemoteEntry extends RemoteFacts {
  readonly name: string;
}

/**
 * A connection that is logged in. Every call ends: with an answer, with a fault of the server, or as `lost` when nothing
 * came in time; then the connection is closed, for no call of it can be trusted any more. Rejects with SftpFault only.
 */
export interface SftpSession {
  /** True once the connection is gone. */
  lost(): boolean;
  /** Calls and transfers that run or wait. */
  busy(): number;
  /** The entries of a folder, but no more than that many; `cut` tells that there are others. */
  list(folder: string, most: number): Promise<{ readonly entries: readonly RemoteEntry[]; readonly cut: boolean }>;
  /** Null when nothing is there. */
  facts(path: string): Promise<RemoteFacts | null>;
  /** Bytes from `from` up to but not including `to`, fewer when the file ends before. */
  read(path: string, from: number, to: number): AsyncIterable<Buffer>;
  /** Writes a new file, or over an old one; answers the bytes written. What the source throws is thrown as it is. */
  write(path: string, source: AsyncIterable<Buffer>): Promise<number>;
  /** Fails when something has the new name. */
  rename(from: string, to: string): Promise<void>;
  /** Takes the place of what has the new name. */
  replace(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  setPermissions(path: string, permissions: number): Promise<void>;
  close(): void;
}

export type SftpChannel = Awaited<ReturnType<SftpClient['connect']>>;

/** More calls at once make no connection faster, and some servers fall over them. */
const CALLS_AT_ONCE = 8;
/** A transfer slower than this, in bytes a second, is a server that plays for time. */
const SLOWEST = 8_192;
/** The end of a listing, as the protocol says it. */
const END_OF_LIST = 1;

/** A session on a channel of the library. `timeout` is for one call, and for a transfer that stands still. */
export function createSession(client: SftpClient, channel: SftpChannel, timeout: number): SftpSession {
  const limiter = createLimiter(CALLS_AT_ONCE);
  let busy = 0;
  let gone: SftpFault | null = null;
  let tellLost = (_fault: SftpFault): void => {};
  const lost = new Promise<never>((_, reject) => {
    tellLost = reject;
  });
  // Most sessions end while nobody waits for anything.
  lost.catch(() => {});
  const lose = (why: string): SftpFault => {
    if (gone === null) {
      gone = new SftpFault('lost', why);
      tellLost(gone);
      void client.end().catch(() => {});
    }
    return gone;
  };
  for (const event of ['close', 'end']) client.on(event, () => lose('The server closed the connection'));
  client.on('error', (error: unknown) => lose(messageOf(error)));

  /** The answer, or the end of the connection, or of our patience, whatever comes first. */
  async function inTime<Answer>(answer: Promise<Answer>, doing: string, within = timeout): Promise<Answer> {
    answer.catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(lose(`${doing}: the server did not answer within ${Math.ceil(within / 1000)} s`)),
        within,
      );
    });
    try {
      return await Promise.race([answer, lost, late]);
    } catch (error) {
      throw faultOf(error, doing);
    } finally {
      clearTimeout(timer);
    }
  }

  async function call<Answer>(doing: string, run: () => Promise<Answer>): Promise<Answer> {
    busy++;
    const leave = await limiter.turn();
    try {
      if (gone !== null) throw gone;
      return await inTime(run(), doing);
    } finally {
      leave();
      busy--;
    }
  }

  /** One page of a folder after another: the library's own list would take all that a server cares to send. */
  async function list(folder: string, most: number): ReturnType<SftpSession['list']> {
    const doing = `list ${folder}`;
    const handle = await call(doing, () => answered<Buffer>((done) => channel.opendir(folder, done)));
    const entries: RemoteEntry[] = [];
    try {
      for (;;) {
        const page = await call(doing, () => answered<Page>((done) => channel.readdir(handle, done))).catch(endOfList);
        if (page === null) return { entries, cut: false };
        for (const { filename, attrs } of page) entries.push({ name: filename, ...factsOf(attrs) });
        if (entries.length > most) return { entries: entries.slice(0, most), cut: true };
      }
    } finally {
      if (gone === null) channel.close(handle, () => {});
    }
  }

  async function* read(path: string, from: number, to: number): AsyncIterable<Buffer> {
    if (from >= to) return;
    busy++;
    const leave = await limiter.turn();
    const doing = `read ${path}`;
    try {
      if (gone !== null) throw gone;
      // The library counts the last byte in.
      const stream = client.createReadStream(path, { start: from, end: to - 1 });
      // Told to whoever asks for the next chunk; an error that comes when nobody asks must not end the process.
      stream.on('error', () => {});
      const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
      const end = Date.now() + timeout + ((to - from) / SLOWEST) * 1000;
      try {
        for (;;) {
          const next = await inTime(chunks.next(), doing, Math.max(1, Math.min(timeout, end - Date.now())));
          if (next.done === true) return;
          yield next.value;
        }
      } finally {
        stream.destroy();
      }
    } finally {
      leave();
      busy--;
    }
  }

  async function write(path: string, source: AsyncIterable<Buffer>): Promise<number> {
    busy++;
    const leave = await limiter.turn();
    const doing = `write ${path}`;
    try {
      if (gone !== null) throw gone;
      const stream = client.createWriteStream(path, { flags: 'w' });
      const failed = new Promise<never>((_, reject) => stream.on('error', reject));
      failed.catch(() => {});
      const step = (event: string): Promise<unknown> => inTime(Promise.race([once(stream, event), failed]), doing);
      let written = 0;
      try {
        await step('open');
        for await (const chunk of source) {
          written += chunk.length;
          if (!stream.write(chunk)) await step('drain');
        }
        const closed = step('close');
        stream.end();
        await closed;
        return written;
      } finally {
        stream.destroy();
      }
    } finally {
      leave();
      busy--;
    }
  }

  return {
    lost: () => gone !== null,
    busy: () => busy,
    list,
    facts: (path) =>
      call(`look at ${path}`, () => answered<Attributes>((done) => channel.lstat(path, done))).then(
        factsOf,
        (error) => {
          if (error instanceof SftpFault && error.kind === 'missing') return null;
          throw error;
        },
      ),
    read,
    write,
    rename: async (from, to) => void (await call(`rename ${from} to ${to}`, () => client.rename(from, to))),
    replace: async (from, to) => void (await call(`rename ${from} over ${to}`, () => client.posixRename(from, to))),
    remove: async (path) => void (await call(`remove ${path}`, () => client.delete(path))),
    makeFolder: (path) =>
      call(`make the folder ${path}`, () =>
        answered<void>((done) => channel.mkdir(path, (error) => done(error, undefined))),
      ),
    setPermissions: async (path, permissions) =>
      void (await call(`set the permissions of ${path}`, () => client.chmod(path, permissions))),
    close: () => void lose('We closed the connection'),
  };
}

type Attributes = Parameters<Parameters<SftpChannel['lstat']>[1]>[1];
type Page = Parameters<Parameters<SftpChannel['readdir']>[1]>[1];
type Done<Answer> = (error: Error | undefined | null, answer: Answer) => void;

function answered<Answer>(run: (done: Done<Answer>) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    run((error, answer) => (error instanceof Error ? reject(error) : resolve(answer)));
  });
}

function endOfList(error: unknown): null {
  const cause = error instanceof SftpFault ? error.cause : null;
  if (cause instanceof Error && 'code' in cause && cause.code === END_OF_LIST) return null;
  throw error;
}

const TYPE_BITS = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/** Servers that tell no type are taken to tell of files: reading them says more. */
function factsOf({ mode, size, mtime }: Attributes): RemoteFacts {
  const type = (mode ?? 0) & TYPE_BITS;
  const kind = type === FOLDER ? 'folder' : type === REGULAR || type === 0 ? 'file' : 'other';
  return { kind, size: Number(size ?? 0), modifiedAt: Number(mtime ?? 0) };
}
