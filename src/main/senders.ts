import { join } from 'node:path';
import type { As2Connection } from '../partners/as2-types.ts';
import type { Configuration } from '../partners/configuration.ts';
import { connectionName } from '../partners/connection-name.ts';
import type { Connection, TradingPartner } from '../partners/types.ts';
import type { Secrets } from '../settings/secrets.ts';
import { readAgreement } from '../transports/as2/agreement.ts';
import { createAs2Sender } from '../transports/as2/sender.ts';
import { createSentMessages } from '../transports/as2/sent-messages.ts';
import { createSpool } from '../transports/as2/spool.ts';
import { createFolderSender } from '../transports/folder/send.ts';
import type { HttpClient } from '../transports/http/client.ts';
import type { SftpPool } from '../transports/sftp/pool.ts';
import { createSftpSender } from '../transports/sftp/send.ts';
import type { SendingTransport } from '../transports/types.ts';
import type { Clock } from '../util/clock.ts';
import type { Ids } from '../util/ids.ts';

/** What the drivers that send are made with. */
export interface SenderParts {
  /** The data folder: relative drop-off folders are under it, and what AS2 keeps. */
  readonly data: string;
  readonly pool: SftpPool;
  readonly client: HttpClient;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The configuration of this moment. */
  configuration(): Configuration;
}

/** What sends over a partner's connection, as it is configured now; null when there is none, or it cannot send. */
export function createSenders(
  parts: SenderParts,
): (partnerId: string, connectionId: string) => SendingTransport | null {
  return (partnerId, connectionId) => {
    const partner = parts.configuration().partners.find(({ id }) => id === partnerId);
    const connection = partner?.connections.find(({ id }) => id === connectionId);
    return partner === undefined || connection === undefined ? null : senderOver(parts, partner, connection);
  };
}

function senderOver(parts: SenderParts, partner: TradingPartner, connection: Connection): SendingTransport | null {
  const { data, pool } = parts;
  const basis = { partnerId: partner.id, connectionId: connection.id };
  switch (connection.kind) {
    case 'folder': {
      const { dropOff } = connection;
      return dropOff === null ? null : createFolderSender({ ...basis, dropOff, dataFolder: data });
    }
    case 'sftp': {
      const { server, dropOff } = connection;
      return dropOff === null ? null : createSftpSender({ ...basis, server, dropOff, pool });
    }
    case 'as2':
      return as2Sender(parts, partner, connection);
    case 'http':
    case 'poll':
      return null;
  }
}

/** Certificates and keys are read when something is sent: who replaces one need not restart anything. */
function as2Sender(
  { data, client, secrets, clock, ids }: SenderParts,
  partner: TradingPartner,
  connection: As2Connection,
): SendingTransport {
  const folder = join(data, 'as2');
  return {
    connection: connectionName('as2', partner.id, connection.id),
    partnerId: partner.id,
    send: async (file) => {
      const agreement = await readAgreement(partner, connection, secrets);
      const keep = () => createSpool(join(folder, 'spool'));
      const sender = createAs2Sender({ agreement, client, sent: createSentMessages(folder), clock, ids, keep });
      return sender.send(file);
    },
    stop: async () => {},
  };
}
