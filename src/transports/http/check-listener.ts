import { messageOf } from '../../errors.ts';
import type { HttpConnection } from '../../partners/types.ts';
import { type CheckSteps, checkSecrets, passed, stuck } from '../check.ts';
import type { HttpClient } from './client.ts';

/** Tries what a partner needs who posts documents to us: keys, the secret of signatures, and our own listener. */
export async function* checkListener(
  { keys, signed }: HttpConnection,
  options: {
    readonly secrets: (name: string) => string;
    readonly client: HttpClient;
    /** Where the partner listener is; port 0 when that is only known at its start. */
    readonly listener: { readonly host: string; readonly port: number };
  },
): CheckSteps {
  const { secrets, client, listener } = options;
  yield keys.length === 0
    ? stuck('keys', 'nobody may post documents', 'ours', 'Run "crossdock key create --partner ID", and enter its line.')
    : passed('keys', `${keys.length} may open the door`);
  if (signed !== null && !(yield* checkSecrets([signed], secrets))) return;
  if (listener.port === 0) return;
  const url = new URL('http://localhost/livez');
  url.hostname = reachable(listener.host);
  url.port = String(listener.port);
  try {
    const { status } = await client.ask({ method: 'GET', url, headers: {}, largest: 65_536 });
    yield status === 200
      ? passed('listener', `${url.origin} answers`)
      : stuck(
          'listener',
          `${url.origin} answers ${status}`,
          'ours',
          'Stop what has the address, and start the gateway.',
        );
  } catch (error) {
    yield stuck('listener', messageOf(error), 'ours', 'Start the gateway, or mend CROSSDOCK_PARTNER.');
  }
}

/** What listens everywhere is asked here. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
