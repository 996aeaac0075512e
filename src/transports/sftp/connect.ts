import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import { GatewayError, messageOf } from '../../errors.ts';
import type { SftpServer } from '../../partners/sftp-types.ts';
import type { Secrets } from '../../settings/secrets.ts';
import { openSocket, resolveHost } from '../reach.ts';
import { algorithmsFor, familyOf, HOST_KEY_FAMILIES, type HostKeyFamily } from './algorithms.ts';
import { createSession, type SftpSession } from './session.ts';

/** A key that the server showed. */
export interface ShownKey {
  /** SHA-256 in base64, without padding. */
  readonly fingerprint: string;
  readonly family: HostKeyFamily | undefined;
}

/** Each of two means "nobody there" in the end: a call answered after that is no use to anybody. */
const KEEPALIVE = { keepaliveInterval: 10_000, keepaliveCountMax: 3 };

/**
 * Connects and logs in. The host key is compared before anything of ours is sent: a key that is not pinned is
 * HOST_KEY_CHANGED. A server with several keys is asked for its others, since the pinned one may be among them.
 * Otherwise CONNECTION_UNAVAILABLE, CONNECTION_LOGIN, CONNECTION_ALGORITHMS or SECRET_MISSING.
 */
export async function connectSftp(server: SftpServer, secrets: Secrets): Promise<SftpSession> {
  const address = await resolveHost(server);
  const refused: ShownKey[] = [];
  let families: readonly HostKeyFamily[] = HOST_KEY_FAMILIES;
  for (;;) {
    let shown: ShownKey | null = null;
    try {
      return await logIn(server, secrets, await openSocket(server, address), families, (key) => {
        shown = key;
      });
    } catch (error) {
      const { wrong, again } = nextFamilies(error, shown, refused, families);
      if (again === null) throw wrong;
      families = again;
    }
  }
}

/** After a key that is not pinned: the kinds of keys to ask for instead, null when there are none, and what to say then. */
function nextFamilies(
  error: unknown,
  shown: ShownKey | null,
  refused: ShownKey[],
  families: readonly HostKeyFamily[],
): { readonly wrong: unknown; readonly again: readonly HostKeyFamily[] | null } {
  const [first] = refused;
  if (error instanceof GatewayError && error.code === 'CONNECTION_ALGORITHMS' && first !== undefined) {
    return { wrong: hostKeyChanged(first, error), again: null };
  }
  if (!(error instanceof GatewayError) || error.code !== 'HOST_KEY_CHANGED' || shown === null) {
    return { wrong: error, again: null };
  }
  refused.push(shown);
  const left = families.filter((family) => family !== shown.family);
  const again = left.length === 0 || left.length === families.length ? null : left;
  return { wrong: hostKeyChanged(first ?? shown, error), again };
}

/** Logs in over a socket. `seen` is told the key that the server shows, before it is judged. */
async function logIn(
  server: SftpServer,
  secrets: Secrets,
  socket: Socket,
  families: readonly HostKeyFamily[],
  seen: (key: ShownKey) => void,
): Promise<SftpSession> {
  const password = server.password === null ? null : secrets(server.password);
  const key = server.key === null ? null : secrets(server.key);
  const passphrase = server.passphrase === null ? null : secrets(server.passphrase);
  let denied: ShownKey | null = null;
  // Without callbacks of ours the library writes to standard output.
  const client = new SftpClient('sftp', { error: () => {}, end: () => {}, close: () => {} });
  if (password !== null && server.login.includes('keyboard-interactive')) {
    client.on('keyboard-interactive', (...[, , , prompts, finish]: KeyboardQuestion) => {
      // A question whose answer is shown asks for something else than a password.
      finish(prompts.map(({ echo }) => (echo === true ? '' : password)));
    });
  }
  try {
    const channel = await client.connect({
      sock: socket,
      username: server.user,
      ...(key === null || !server.login.includes('key') ? {} : { privateKey: key }),
      ...(passphrase === null ? {} : { passphrase }),
      ...(password === null ? {} : { password }),
      authHandler: server.login.map((way) => (way === 'key' ? 'publickey' : way)),
      tryKeyboard: server.login.includes('keyboard-interactive'),
      algorithms: algorithmsFor(server.legacy, families),
      readyTimeout: server.timeout,
      hostVerifier: (key: Buffer): boolean => {
        const shown = { fingerprint: fingerprintOf(key), family: familyOf(key) };
        seen(shown);
        if (server.hostKeys.includes(shown.fingerprint)) return true;
        denied = shown;
        return false;
      },
      ...KEEPALIVE,
    });
    return createSession(client, channel, server.timeout);
  } catch (error) {
    socket.destroy();
    void client.end().catch(() => {});
    if (error instanceof GatewayError) throw error;
    throw denied === null ? failedLogin(server, error) : hostKeyChanged(denied, error);
  }
}

type KeyboardQuestion = [
  name: string,
  instructions: string,
  language: string,
  prompts: readonly { readonly prompt: string; readonly echo?: boolean }[],
  finish: (answers: readonly string[]) => void,
];

function fingerprintOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
}

function hostKeyChanged({ fingerprint, family }: ShownKey, cause: unknown): GatewayError {
  const kind = family === undefined ? 'key' : `${family.type} key`;
  const what = `The server showed the ${kind} SHA256:${fingerprint}, which is not pinned; nothing was sent to it.`;
  const remedy = 'Ask the partner whether it has a new key, and add it to "hostKeys" only then.';
  return new GatewayError('HOST_KEY_CHANGED', `${what} ${remedy}`, { cause });
}

function failedLogin({ host, user }: SftpServer, error: unknown): GatewayError {
  const said = messageOf(error).replace(/^(?:\w+: ?|\w+->)+/, '');
  if (/no matching|unsupported algorithm/i.test(said)) {
    const remedy = 'The partner offers newer ones, or the connection says "legacy: true".';
    return new GatewayError('CONNECTION_ALGORITHMS', `${host} and we agree on nothing safe: ${said}. ${remedy}`, {
      cause: error,
    });
  }
  if (/authentication|privateKey|passphrase/i.test(said)) {
    const remedy = 'Compare user, key and password with what the partner gave out.';
    return new GatewayError('CONNECTION_LOGIN', `${host} does not let us in as ${user}: ${said}. ${remedy}`, {
      cause: error,
    });
  }
  return new GatewayError('CONNECTION_UNAVAILABLE', `${host} hung up before we were logged in: ${said}.`, {
    cause: error,
  });
}
