import { GatewayError } from '../../errors.ts';
import type { PollLogin } from '../../partners/types.ts';
import type { Clock } from '../../util/clock.ts';
import type { HttpClient } from '../http/client.ts';

/** The value of a secret by its name. */
type Secrets = (name: string) => string;

/** Gives the headers that prove who we are. */
export interface Login {
  headers(): Promise<Readonly<Record<string, string>>>;
  /** The server refused them: a token is fetched anew. Answers whether that can help. */
  refused(): boolean;
}

/** A token is replaced so long before it ends: milliseconds. */
const EARLY = 30_000;
const LARGEST_TOKEN = 64 * 1024;

export function createLogin(login: PollLogin, secrets: Secrets, client: HttpClient, clock: Clock): Login {
  switch (login.by) {
    case 'none':
      return fixed(() => ({}));
    case 'bearer':
      return fixed(() => ({ authorization: `Bearer ${secrets(login.secret)}` }));
    case 'header':
      return fixed(() => ({ [login.header.toLowerCase()]: secrets(login.secret) }));
    case 'basic':
      return fixed(() => ({ authorization: basic(login.user, secrets(login.secret)) }));
    case 'oauth2':
      return clientCredentials(login, secrets, client, clock);
  }
}

function fixed(headers: () => Readonly<Record<string, string>>): Login {
  return { headers: async () => headers(), refused: () => false };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function clientCredentials(
  login: Extract<PollLogin, { by: 'oauth2' }>,
  secrets: Secrets,
  client: HttpClient,
  clock: Clock,
): Login {
  let token: { readonly text: string; readonly until: number } | null = null;
  return {
    headers: async () => {
      if (token === null || token.until <= clock.now()) token = await fetchToken(login, secrets, client, clock.now());
      return { authorization: `Bearer ${token.text}` };
    },
    refused: () => {
      const had = token !== null;
      token = null;
      return had;
    },
  };
}

async function fetchToken(
  login: Extract<PollLogin, { by: 'oauth2' }>,
  secrets: Secrets,
  client: HttpClient,
  now: number,
): Promise<{ readonly text: string; readonly until: number }> {
  const url = new URL(login.tokenUrl);
  const scope = login.scope === null ? {} : { scope: login.scope };
  const { status, body } = await client.ask({
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      authorization: basic(encodeURIComponent(login.client), encodeURIComponent(secrets(login.secret))),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...scope }).toString(),
    largest: LARGEST_TOKEN,
  });
  if (status >= 500 || status === 429) {
    throw new GatewayError('CONNECTION_UNAVAILABLE', `${url.origin} gives no token: ${status}. It is tried again.`);
  }
  const answer = status === 200 ? parsed(body) : {};
  if (typeof answer.access_token !== 'string') {
    const what = `${url.origin} gives no token (${status}).`;
    throw new GatewayError(
      'CONNECTION_LOGIN',
      `${what} Compare client, secret and scope with what the partner gave out.`,
    );
  }
  const seconds = typeof answer.expires_in === 'number' ? answer.expires_in : 60;
  return { text: answer.access_token, until: now + Math.max(0, seconds * 1000 - EARLY) };
}

function parsed(body: Buffer): { readonly access_token?: unknown; readonly expires_in?: unknown } {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
