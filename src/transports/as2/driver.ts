import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Archive } from '../../archive/types.ts';
import type { Content } from '../../cms/content.ts';
import { messageOf } from '../../errors.ts';
import type { MessageLedger } from '../../ledger/message-types.ts';
import type { As2Connection } from '../../partners/as2-types.ts';
import { connectionName } from '../../partners/connection-name.ts';
import type { TradingPartner } from '../../partners/types.ts';
import type { Secrets } from '../../settings/secrets.ts';
import type { Clock } from '../../util/clock.ts';
import type { Ids } from '../../util/ids.ts';
import type { Log } from '../../util/log.ts';
import type { BreakerWatch } from '../breaker.ts';
import type { HttpClient } from '../http/client.ts';
import { readAgreement, warnOfCertificates } from './agreement.ts';
import { createCertificateWatch } from './certificate-watch.ts';
import { createDeliverer } from './deliver-mdn.ts';
import { type As2Line, createEndpoint } from './endpoint.ts';
import { createOverdueMdns, type ReceiptHearers } from './overdue-mdns.ts';
import type { ReceiveParts } from './receive.ts';
import { createSentMessages } from './sent-messages.ts';

export interface As2Options extends ReceiptHearers {
  /** Folder of what we sent and of what is too large for memory. */
  readonly folder: string;
  readonly archive: Pick<Archive, 'put' | 'read' | 'bytes'>;
  readonly messages: Pick<MessageLedger, 'undeliveredMdns' | 'mdnDelivered'>;
  readonly take: ReceiveParts['take'];
  readonly came: ReceiveParts['came'];
  /** For what is posted to partners. */
  readonly client: HttpClient;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Told how each connection is; nobody unless told otherwise. */
  readonly watch?: (connection: string, partnerId: string) => BreakerWatch;
}

/** AS2 in this process: one endpoint for all partners, and a connection each. */
export interface As2 {
  /** `POST /as2` of the partner listener. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /**
   * Takes over the connections of these partners in place of the earlier ones. One whose certificates or keys cannot be read
   * is logged, and takes nothing until that is mended.
   */
  connect(partners: readonly TradingPartner[]): Promise<void>;
  /** Lets MDNs that are being delivered end; those that wait stay due. */
  stop(): Promise<void>;
}

/** Before each further attempt at an asynchronous MDN: 16 minutes and more, for some partners are slow to come back. */
const PAUSES = [10_000, 60_000, 300_000, 900_000, 1_800_000];
const DEADLINE = 120_000;

export function createAs2(options: As2Options): As2 {
  const { folder, archive, messages, exceptions, answered, take, came, client, secrets, clock, ids, log } = options;
  const deliverer = createDeliverer({ client, messages, log, pauses: PAUSES, deadline: DEADLINE });
  const sent = createSentMessages(folder);
  const overdue = createOverdueMdns({ sent, exceptions, answered, clock, log });
  const certificates = createCertificateWatch({ exceptions, clock, log });
  let lines: readonly As2Line[] = [];
  let resumed = false;

  const lineOf = async (partner: TradingPartner, connection: As2Connection): Promise<As2Line> => {
    const { theirs, ours } = connection;
    const label = connectionName('as2', partner.id, connection.id);
    try {
      const agreement = await readAgreement(partner, connection, secrets);
      warnOfCertificates(agreement, clock.now(), log);
      options.watch?.(label, partner.id).closed();
      return { theirs, ours, connection: label, agreement };
    } catch (error) {
      log.error({ connection: label, error: messageOf(error) }, 'A connection over AS2 cannot be used.');
      options.watch?.(label, partner.id).opened(error);
      return { theirs, ours, connection: label, agreement: null };
    }
  };

  return {
    handle: createEndpoint({
      take,
      came,
      sent,
      exceptions,
      answered,
      spoolFolder: join(folder, 'spool'),
      clock,
      ids,
      log,
      connections: () => lines,
      store: (chunks, limit) => archive.put(chunks, limit),
      stored: (sha256, size) => archived(archive, sha256, size),
      deliver: deliverer.deliver,
    }),
    connect: async (partners) => {
      lines = await Promise.all(
        partners.flatMap((partner) =>
          partner.connections.flatMap((one) => (one.kind === 'as2' ? [lineOf(partner, one)] : [])),
        ),
      );
      await certificates.watch(lines.flatMap(({ agreement }) => agreement ?? []));
      await overdue.look();
      if (!resumed) await deliverer.resume();
      resumed = true;
    },
    stop: () => {
      certificates.stop();
      overdue.stop();
      return deliverer.stop();
    },
  };
}

function archived(archive: Pick<Archive, 'read' | 'bytes'>, sha256: string, size: number): Content {
  return {
    size,
    bytes: (start, end) => archive.bytes(sha256, start, Math.min(end, size)),
    async *chunks(start = 0, end = size) {
      yield* archive.read(sha256, { start, end });
    },
  };
}
