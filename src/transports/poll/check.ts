import { GatewayError, messageOf } from '../../errors.ts';
import type { PollConnection, PollLogin } from '../../partners/types.ts';
import type { Clock } from '../../util/clock.ts';
import { type CheckStep, type CheckSteps, checkSecrets, passed, stuck } from '../check.ts';
import { checkServer } from '../http/check.ts';
import type { HttpClient } from '../http/client.ts';
import { createLogin, type Login } from './login.ts';
import { NO_MARK } from './mark.ts';
import { type FetchedPage, pagesOf } from './pages.ts';

export interface PollCheckOptions {
  readonly client: HttpClient;
  readonly allowPrivate: boolean;
  readonly secrets: (name: string) => string;
  readonly clock: Clock;
}

/** Tries an API: secrets, its server and that of tokens, login, and the first page of all. The watermark stays where it is. */
export async function* checkPoll(connection: PollConnection, options: PollCheckOptions): CheckSteps {
  const { client, allowPrivate, secrets, clock } = options;
  if (!(yield* checkSecrets([secretOf(connection.login)], secrets))) return;
  const url = new URL(connection.url.replaceAll('{since}', ''));
  if (!(yield* checkServer(url, { key: 'url', allowPrivate, sealed: false }))) return;
  const login = createLogin(connection.login, secrets, client, clock);
  if (connection.login.by === 'oauth2') {
    const step = await checkToken(login, connection.login.tokenUrl);
    yield step;
    if (!step.ok) return;
  }
  try {
    const source = { connection, client, login, turn: async () => {}, signal: AbortSignal.timeout(60_000) };
    const { value } = await pagesOf(source, NO_MARK).next();
    if (connection.login.by !== 'none') yield passed('login', 'the server lets us in');
    yield value === undefined
      ? passed('first page', 'the server says that there is nothing')
      : pageStep(connection, value);
  } catch (error) {
    yield refused(error);
  }
}

function secretOf(login: PollLogin): string | null {
  return login.by === 'none' ? null : login.secret;
}

async function checkToken(login: Login, tokenUrl: string): Promise<CheckStep> {
  try {
    await login.headers();
    return passed('token', `${new URL(tokenUrl).origin} gives a token`);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'CONNECTION_UNAVAILABLE') {
      return stuck('token', messageOf(error), 'theirs', 'The partner looks why its login server does not answer.');
    }
    return stuck('token', messageOf(error), 'ours', 'Mend "tokenUrl", "client", the secret or "scope".');
  }
}

function pageStep({ items, itemId, since }: PollConnection, page: FetchedPage): CheckStep {
  const count = page.items.length;
  const step = 'first page';
  if (count === 0) {
    const where = items === null ? 'the answer' : `"${items}"`;
    return passed(step, `it can be read, and has no documents in ${where}: right only when nothing is new`);
  }
  const without = (what: string, path: string): CheckStep =>
    stuck(step, `its ${count} documents have no ${what} at "${path}"`, 'ours', `Mend the path of "${what}".`);
  if (itemId !== null && page.items.every(({ id }) => id === null)) return without('id', itemId);
  if (since !== null && page.items.every((item) => item.since === null)) return without('since', since.path);
  return passed(step, `it has ${count} documents${itemId === null ? '' : ', with their ids'}`);
}

function refused(error: unknown): CheckStep {
  const says = messageOf(error);
  switch (error instanceof GatewayError ? error.code : null) {
    case 'CONNECTION_LOGIN':
      return stuck('login', says, 'theirs', 'The partner looks whether the account is open, and which login it wants.');
    case 'RATE_LIMITED':
      return stuck('first page', says, 'ours', 'Wait, and check again; ask less often with "every" and "rate".');
    case 'CONNECTION_UNAVAILABLE':
      return stuck('first page', says, 'theirs', 'The partner looks why its server fails.');
    default:
      return stuck('first page', says, 'ours', 'Compare "url", "items" and "largest" with the partner\'s guide.');
  }
}
