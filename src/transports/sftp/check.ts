import { randomBytes } from 'node:crypto';
import { GatewayError, messageOf } from '../../errors.ts';
import type { SftpConnection, SftpServer } from '../../partners/sftp-types.ts';
import type { Secrets } from '../../settings/secrets.ts';
import { type CheckStep, type CheckSteps, checkReach, checkSecrets, passed, stuck, tried } from '../check.ts';
import { connectSftp } from './connect.ts';
import { isFault } from './fault.ts';
import { listCandidates } from './listing.ts';
import { remotePath } from './paths.ts';
import type { SftpSession } from './session.ts';

/**
 * Tries a connection step by step, each as soon as it is done, and ends at the first that leaves nothing to try. Takes
 * nothing away; what it writes it removes.
 */
export async function* checkSftp(connection: SftpConnection, secrets: Secrets): CheckSteps {
  const { server, pickUp, dropOff } = connection;
  if (!(yield* checkSecrets([server.key, server.passphrase, server.password], secrets))) return;
  if ((yield* checkReach(server, { key: 'host' })) === null) return;
  const login = await tried(connectSftp(server, secrets));
  if ('error' in login) return yield refusedLogin(server, login.error);
  const session = login.value;
  yield passed('host key', 'the server has a key that is pinned');
  yield passed('login', `the server lets us in as ${server.user}`);
  try {
    if (pickUp !== null) yield* checkPickUp(session, pickUp);
    if (dropOff !== null) yield await checkWriting(session, 'dropOff', dropOff.folder);
  } finally {
    session.close();
  }
}

function refusedLogin({ user }: SftpServer, error: unknown): CheckStep {
  const says = messageOf(error);
  switch (error instanceof GatewayError ? error.code : null) {
    case 'HOST_KEY_CHANGED':
      return stuck('host key', says, 'ours', 'Ask the partner for the fingerprint, not the server, and pin it.');
    case 'CONNECTION_LOGIN':
      return stuck('login', says, 'theirs', `The partner looks whether ${user} may log in this way, and with our key.`);
    case 'CONNECTION_ALGORITHMS':
      return stuck('host key', says, 'theirs', 'The partner updates the server; until then say "legacy: true".');
    default:
      return stuck('login', says, 'theirs', 'The partner looks why the server hung up.');
  }
}

async function* checkPickUp(session: SftpSession, pickUp: NonNullable<SftpConnection['pickUp']>): CheckSteps {
  try {
    const { candidates, strange } = await listCandidates(session, pickUp, '');
    const [first] = candidates;
    const others = strange.length === 0 ? '' : `, and ${strange.length} whose names cannot be taken`;
    yield passed('list', `${pickUp.folder} holds ${candidates.length} files that are meant${others}`);
    if (first !== undefined && first.size > 0) yield await checkReading(session, first.at);
  } catch (error) {
    const what = `The partner makes ${pickUp.folder}, or lets us list it; or "pickUp" names another folder.`;
    yield stuck('list', messageOf(error), 'theirs', what);
    return;
  }
  // Whoever may write into the folder may claim and remove what lies there.
  if (pickUp.after.do !== 'leave') yield await checkWriting(session, 'pickUp', pickUp.folder);
}

async function checkReading(session: SftpSession, path: string): Promise<CheckStep> {
  try {
    for await (const _ of session.read(path, 0, 1)) break;
    return passed('read', `${path} may be read`);
  } catch (error) {
    return stuck('read', messageOf(error), 'theirs', 'The partner lets us read the files.');
  }
}

/** Writes an empty hidden file, renames it and removes it. */
async function checkWriting(session: SftpSession, key: 'pickUp' | 'dropOff', folder: string): Promise<CheckStep> {
  const step = key === 'pickUp' ? 'take away' : 'write';
  const name = `.crossdock-check-${randomBytes(6).toString('hex')}.tmp`;
  const [path, other] = [remotePath(folder, name), remotePath(folder, `${name}.renamed`)];
  try {
    await session.write(path, (async function* (): AsyncIterable<Buffer> {})());
    await session.rename(path, other);
    await session.remove(other);
    return passed(step, `files may be written, renamed and removed in ${folder}`);
  } catch (error) {
    for (const left of [path, other]) await session.remove(left).catch(() => {});
    if (key === 'pickUp') {
      const what = 'The partner lets us rename and remove files there; or say "claim: lease" and "after: leave".';
      return stuck(step, messageOf(error), 'theirs', what);
    }
    const what = isFault(error, 'missing')
      ? `The partner makes ${folder}, or "dropOff" names another folder.`
      : `The partner lets us write, rename and remove files in ${folder}.`;
    return stuck(step, messageOf(error), 'theirs', what);
  }
}
