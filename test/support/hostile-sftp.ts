import { createHash, generateKeyPairSync } from 'node:crypto';
import ssh2, { type Attributes, type AuthContext, type Connection, type ServerConfig, type SFTPWrapper } from 'ssh2';

const { Server, utils } = ssh2;
const { STATUS_CODE } = utils.sftp;

/** How a server behaves that means no good. What is not said, it does as others do. */
export interface Behaviour {
  /** Judges an attempt to log in; everybody may by default. */
  readonly login?: (context: AuthContext) => void;
  /** The pages of each listing: names with their sizes. */
  readonly pages?: () => Iterator<readonly HostileEntry[]>;
  /** What is read at a place of a file; null is its end. */
  readonly read?: (path: string, offset: number, length: number) => Buffer | null;
  /** Facts of a path; null when nothing is there. */
  readonly facts?: (path: string) => Attributes | null;
  /** Kinds of requests that are never answered. */
  readonly silent?: readonly ('OPENDIR' | 'READDIR' | 'READ' | 'LSTAT' | 'RENAME')[];
  readonly algorithms?: NonNullable<ServerConfig['algorithms']>;
}

export interface HostileEntry {
  readonly name: string;
  readonly size: number;
  /** A regular file unless told otherwise. */
  readonly mode?: number;
}

/** A server in this process; it serves until it is closed. */
export interface HostileServer {
  readonly port: number;
  /** SHA-256 of its key in base64, without padding. */
  readonly fingerprint: string;
  /** What was asked of it, in order: `RENAME /out/a.edi /out/a.edi.crossdock-…`. */
  readonly asked: readonly string[];
  /** Who tried to log in, and how: `password us`. */
  readonly logins: readonly string[];
  close(): void;
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const HOST_KEY = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** Attributes of a regular file of that size. */
export function fileOf(size: number): Attributes {
  return { mode: 0o100644, uid: 0, gid: 0, size, atime: 1_700_000_000, mtime: 1_700_000_000 };
}

/** Starts one on a free port of this machine. */
export async function startHostileServer(behaviour: Behaviour): Promise<HostileServer> {
  const asked: string[] = [];
  const logins: string[] = [];
  const connections = new Set<Connection>();
  const { algorithms } = behaviour;
  const server = new Server({ hostKeys: [HOST_KEY], ...(algorithms === undefined ? {} : { algorithms }) }, (client) => {
    connections.add(client);
    client.on('error', () => {});
    client.on('authentication', (context) => {
      logins.push(`${context.method} ${context.username}`);
      if (behaviour.login === undefined) context.accept();
      else behaviour.login(context);
    });
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serve(acceptSftp(), behaviour, asked));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const parsed = utils.parseKey(HOST_KEY);
  if (parsed instanceof Error) throw parsed;
  const fingerprint = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return {
    port: typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0,
    fingerprint,
    asked,
    logins,
    close() {
      for (const connection of connections) connection.end();
      server.close();
    },
  };
}

function serve(channel: SFTPWrapper, behaviour: Behaviour, asked: string[]): void {
  const pages = new Map<string, Iterator<readonly HostileEntry[]>>();
  const paths = new Map<string, string>();
  let handles = 0;
  const handleOf = (path: string): Buffer => {
    const handle = Buffer.from(String(++handles));
    paths.set(handle.toString(), path);
    return handle;
  };
  const hears = (kind: string, ...words: readonly string[]): boolean => {
    asked.push([kind, ...words].join(' '));
    return !(behaviour.silent ?? []).some((silent) => silent === kind);
  };
  channel.on('OPENDIR', (id, path) => {
    if (!hears('OPENDIR', path)) return;
    const handle = handleOf(path);
    pages.set(handle.toString(), behaviour.pages?.() ?? [][Symbol.iterator]());
    channel.handle(id, handle);
  });
  channel.on('READDIR', (id, handle) => {
    if (!hears('READDIR')) return;
    const page = pages.get(handle.toString())?.next();
    if (page === undefined || page.done === true) {
      channel.status(id, STATUS_CODE.EOF);
      return;
    }
    const entries = page.value.map(({ name, size, mode = 0o100644 }) => ({
      filename: name,
      longname: name,
      attrs: { ...fileOf(size), mode },
    }));
    channel.name(id, entries);
  });
  channel.on('OPEN', (id, path) => {
    hears('OPEN', path);
    channel.handle(id, handleOf(path));
  });
  channel.on('READ', (id, handle, offset, length) => {
    if (!hears('READ')) return;
    const bytes = behaviour.read?.(paths.get(handle.toString()) ?? '', offset, length) ?? null;
    if (bytes === null) channel.status(id, STATUS_CODE.EOF);
    else channel.data(id, bytes);
  });
  channel.on('WRITE', (id) => channel.status(id, STATUS_CODE.OK));
  channel.on('CLOSE', (id) => channel.status(id, STATUS_CODE.OK));
  channel.on('LSTAT', (id, path) => {
    if (!hears('LSTAT', path)) return;
    const facts = behaviour.facts?.(path) ?? null;
    if (facts === null) channel.status(id, STATUS_CODE.NO_SUCH_FILE);
    else channel.attrs(id, facts);
  });
  channel.on('RENAME', (id, from, to) => {
    if (hears('RENAME', from, to)) channel.status(id, STATUS_CODE.OK);
  });
  channel.on('REMOVE', (id, path) => {
    hears('REMOVE', path);
    channel.status(id, STATUS_CODE.OK);
  });
}
