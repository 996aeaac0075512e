import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Content, contentOf, gather } from '../../../../src/cms/content.ts';
import { GatewayError } from '../../../../src/errors.ts';
import { openSqliteLedger } from '../../../../src/ledger/sqlite.ts';
import type { Ledger } from '../../../../src/ledger/types.ts';
import { type BuiltMessage, buildMessage } from '../../../../src/transports/as2/build.ts';
import { createDeliverer } from '../../../../src/transports/as2/deliver-mdn.ts';
import { createEndpoint } from '../../../../src/transports/as2/endpoint.ts';
import type { Entity } from '../../../../src/transports/as2/mime/entity.ts';
import type { Header } from '../../../../src/transports/as2/mime/headers.ts';
import { type Posted, post } from '../../../../src/transports/as2/post.ts';
import { type SendOutcome, sendMessage } from '../../../../src/transports/as2/send.ts';
import { createSentMessages, type SentMessages } from '../../../../src/transports/as2/sent-messages.ts';
import { createSpool } from '../../../../src/transports/as2/spool.ts';
import type { As2Agreement, Payload } from '../../../../src/transports/as2/types.ts';
import { createHttpClient } from '../../../../src/transports/http/client.ts';
import type { Arrival } from '../../../../src/transports/types.ts';
import { testKey } from '../../../cms/support/keys.ts';
import { as2Agreement } from '../../../support/as2-agreement.ts';
import { createRecordingLog, type RecordingLog } from '../../../support/recording-log.ts';

/** A document that reached the road of a station. */
export interface Taken {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sourceKey: string;
}

/** One of two companies that exchange messages over real HTTP: an endpoint with all that is behind it. */
export interface Station {
  readonly url: string;
  readonly agreement: As2Agreement;
  readonly taken: Taken[];
  readonly messages: Ledger;
  readonly sent: SentMessages;
  readonly log: RecordingLog;
  /** What the road does with arrivals; tests may replace it. */
  offer: (arrivals: readonly Arrival[]) => Promise<void>;
  /** Where the other one is. */
  meet(url: string): void;
  /** As it was at the beginning of a test. */
  reset(): void;
  /** What is agreed, changed for one test. */
  agree(change: Partial<As2Agreement>): void;
  build(payloads: readonly Payload<Content>[], messageId?: string): Promise<BuiltMessage>;
  send(message: BuiltMessage, options?: { readonly deadline: number }): Promise<SendOutcome>;
  stop(): Promise<void>;
}

const CLIENT = createHttpClient({ allowPrivate: true });
/** The moment of all messages. */
export const NOW = Date.now();

let numbers = 0;
const next = (prefix: string): string => `${prefix}_${(++numbers).toString().padStart(8, '0')}`;

/** Two stations that know each other. `folder` is for what they keep. */
async function startStations(folder: string): Promise<readonly [Station, Station]> {
  const first = await startStation(folder, 'alpha', 'beta');
  const second = await startStation(folder, 'beta', 'alpha');
  first.meet(second.url);
  second.meet(first.url);
  return [first, second];
}

/** Within a `describe`: two stations for all its tests, each of which begins with what is agreed at first. */
export function withStations(): () => readonly [Station, Station] {
  let folder = '';
  let stations: readonly [Station, Station] | null = null;
  const started = (): readonly [Station, Station] => {
    if (stations === null) throw new Error('The stations run only while the tests of this block do.');
    return stations;
  };
  before('the stations start', async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossdock-as2-'));
    stations = await startStations(folder);
  });
  beforeEach(() => {
    for (const station of started()) station.reset();
  });
  after(async () => {
    for (const station of started()) await station.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return started;
}

async function startStation(folder: string, own: string, other: string): Promise<Station> {
  const [ours, theirs] = await Promise.all([testKey(own), testKey(other)]);
  const url = 'http://127.0.0.1:1/as2';
  const first = as2Agreement({ name: own, key: ours }, { name: other, key: theirs }, { url });
  let agreement = first;
  let peer = first.url;
  const taken: Taken[] = [];
  const log = createRecordingLog();
  const messages = await openSqliteLedger({ file: `${folder}/${own}/ledger.sqlite`, ids: next });
  const sent = createSentMessages(`${folder}/${own}`);
  const clock = { now: () => NOW };
  const stored = new Map<string, Buffer>();
  const deliverer = createDeliverer({ client: CLIENT, messages, log, pauses: [5, 5, 5], deadline: 20_000 });
  const spool = createSpool(folder);
  const takeAll: Station['offer'] = async (arrivals) => {
    for (const arrival of arrivals) {
      const { name, sourceKey } = arrival;
      taken.push({ name, sourceKey, bytes: await gather(arrival.open()) });
      await arrival.take();
    }
  };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: Pick<AddressInfo, 'port'> = Object(server.address());
  const station: Station = {
    url: `http://127.0.0.1:${port}/as2`,
    get agreement() {
      return agreement;
    },
    taken,
    messages,
    sent,
    log,
    offer: takeAll,
    reset: () => {
      taken.length = 0;
      agreement = { ...first, url: peer };
      station.offer = takeAll;
    },
    meet: (url) => {
      peer = url;
      agreement = { ...agreement, url };
    },
    agree: (change) => {
      agreement = { ...agreement, ...change };
    },
    build: (payloads, messageId = `<${next('message')}@${own}>`) =>
      buildMessage(payloads, agreement, {
        now: NOW,
        messageId,
        boundary: () => next('boundary'),
        keep: spool.keep,
        subject: 'Documents',
      }),
    send: (message, { deadline } = { deadline: 20_000 }) =>
      sendMessage(message, agreement, { client: CLIENT, sent, clock, deadline, limit: 1_000_000 }),
    stop: async () => {
      await deliverer.stop();
      await spool.close();
      await messages.close();
      server.closeAllConnections();
      server.close();
    },
  };
  const handle = createEndpoint({
    sent,
    exceptions: messages,
    answered: async () => false,
    take: async (_origin, arrivals, answering) => {
      const message = await answering;
      const earlier = await messages.message(message);
      if (earlier?.accepted !== true && arrivals.length > 0) await station.offer(arrivals);
      const [before = null] = await messages.recordMessages([{ message, files: [] }]);
      return before;
    },
    came: () => {},
    spoolFolder: folder,
    clock,
    ids: next,
    log,
    connections: () => [
      { theirs: agreement.theirs, ours: agreement.ours, connection: agreement.connection, agreement },
    ],
    store: async (chunks, limit) => {
      const bytes = await gather(chunks);
      if (bytes.length > limit) throw new GatewayError('REQUEST_INVALID', `More than ${limit} bytes.`);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      stored.set(sha256, bytes);
      return { sha256, size: bytes.length };
    },
    stored: (sha256) => contentOf(stored.get(sha256) ?? Buffer.alloc(0)),
    deliver: deliverer.deliver,
  });
  server.on('request', (request, response) => void handle(request, response));
  return station;
}

/** A document as our own road hands it over. */
export function document(bytes: Buffer | string, fileName: string | null = 'order.edi'): Payload<Content> {
  return { fileName, contentType: 'application/edi-x12', body: contentOf(Buffer.from(bytes)) };
}

/** Posts anything at all to a station. */
export async function postRaw(
  { url }: Station,
  headers: Readonly<Record<string, string>> | readonly Header[],
  body: Buffer,
): Promise<{ readonly status: number; readonly entity: Entity; readonly text: string }> {
  const list = Array.isArray(headers) ? headers : Object.entries(headers).map(([name, value]) => ({ name, value }));
  const posted: Posted = await post(url, list, contentOf(body), {
    client: CLIENT,
    sealed: true,
    deadline: 20_000,
    limit: 10_000_000,
  });
  if (posted.status === null) throw new Error(posted.reason);
  const bytes = await posted.entity.body.bytes(0, posted.entity.body.size);
  return { status: posted.status, entity: posted.entity, text: bytes.toString('latin1') };
}

/** The Disposition of an MDN in the clear or signed. */
export function dispositionIn(text: string): string {
  return /^Disposition: automatic-action\/MDN-sent-automatically; (.*)\r$/m.exec(text)?.[1] ?? 'none';
}
