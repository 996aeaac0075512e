import type { Connection, TradingPartner } from '../partners/types.ts';
import { createSecrets, type Secrets } from '../settings/secrets.ts';
import type { Settings } from '../settings/settings.ts';
import { checkAs2 } from '../transports/as2/check.ts';
import type { CheckStep, CheckSteps } from '../transports/check.ts';
import { checkFolder } from '../transports/folder/check.ts';
import { checkListener } from '../transports/http/check-listener.ts';
import { createHttpClient, type HttpClient } from '../transports/http/client.ts';
import { checkPoll } from '../transports/poll/check.ts';
import { checkSftp } from '../transports/sftp/check.ts';
import { systemClock } from '../util/clock.ts';
import { createIds } from '../util/ids.ts';

/** A step, and the connection it was tried on. */
export interface ConnectionStep extends CheckStep {
  readonly connection: string;
}

/** Tries the connections of a partner, one after the other. */
export async function* checkConnections(partner: TradingPartner, settings: Settings): AsyncGenerator<ConnectionStep> {
  const secrets = createSecrets({ environment: process.env, folder: settings.secrets });
  const clients = {
    outside: createHttpClient({ allowPrivate: settings.allowPrivateTargets }),
    own: createHttpClient({ allowPrivate: true }),
  };
  try {
    for (const connection of partner.connections) {
      for await (const step of checkOf(partner, connection, { settings, secrets, ...clients })) {
        yield { connection: connection.id, ...step };
      }
    }
  } finally {
    await Promise.all([clients.outside.close(), clients.own.close()]);
  }
}

interface CheckParts {
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** For partners' servers. */
  readonly outside: HttpClient;
  /** For our own listener. */
  readonly own: HttpClient;
}

function checkOf(
  partner: TradingPartner,
  connection: Connection,
  { settings, secrets, outside, own }: CheckParts,
): CheckSteps {
  const allowPrivate = settings.allowPrivateTargets;
  const clock = systemClock;
  switch (connection.kind) {
    case 'folder':
      return checkFolder(connection, settings.data);
    case 'sftp':
      return checkSftp(connection, secrets);
    case 'as2':
      return checkAs2(partner, connection, { client: outside, allowPrivate, secrets, clock, ids: createIds(clock) });
    case 'http':
      return checkListener(connection, { secrets, client: own, listener: settings.partner });
    case 'poll':
      return checkPoll(connection, { client: outside, allowPrivate, secrets, clock });
  }
}
