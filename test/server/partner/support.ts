import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolderArchive } from '../../../src/archive/folder.ts';
import type { ConnectionLimits } from '../../../src/server/listener.ts';
import { createPartnerServer } from '../../../src/server/partner-server.ts';
import { createAs2 } from '../../../src/transports/as2/driver.ts';
import { createHttpClient } from '../../../src/transports/http/client.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { testKey } from '../../cms/support/keys.ts';
import { createTestRoad, type TestRoad } from '../../support/inbound-road.ts';
import { writeFiles } from '../../support/temp-folder.ts';
import { CARRIER, WAREHOUSE } from '../../support/warehouse.ts';
import { at, ids } from '../support.ts';

const SECRET = 'whsec_c2lnbmVkIGJ5IHRoZSB3YXJlaG91c2Ugb25seQ==';

/** Keys of the partners of the tests: two of the warehouse, one of which signs its requests, and one of the carrier. */
export const KEYS = {
  warehouse: keyOf('wareh001'),
  warehouseNext: keyOf('wareh002'),
  warehouseSigning: keyOf('wareh003'),
  carrier: keyOf('carri001'),
} as const;

function keyOf(id: string): string {
  return `cdk_${id}.${id.repeat(6).slice(0, 43)}`;
}

function lineOf(key: string): string {
  return `${key.slice(4, 12)}:sha256:${createHash('sha256').update(key).digest('base64')}`;
}

/** The partners' listener over a road of its own. */
export interface PartnerApi {
  readonly url: string;
  readonly test: TestRoad;
  /** Posts a document. */
  submit(body: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<Posted>;
  /** Asks for the state of one. */
  status(id: string, key?: string): Promise<Posted>;
  stop(): Promise<void>;
}

interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
  readonly text: string;
}

/** The warehouse's pair, and ours, for messages over AS2 from `WAREHOUSE` to `CROSSDOCK`. */
const AS2_KEYS = () => Promise.all([testKey('warehouse'), testKey('crossdock')]);

/** Starts one in an empty folder. */
export async function startPartnerApi(folder: string, limits?: ConnectionLimits): Promise<PartnerApi> {
  const [theirs, ours] = await AS2_KEYS();
  await writeFiles(join(folder, 'partners/warehouse'), {
    'theirs.pem': await readFile(theirs.certificateFile, 'utf8'),
    'ours.pem': await readFile(ours.certificateFile, 'utf8'),
  });
  const api = `  api: { http: { keys: ["${lineOf(KEYS.warehouse)}", "${lineOf(KEYS.warehouseNext)}"], largest: 64kB } }
  hook: { http: { keys: "${lineOf(KEYS.warehouseSigning)}", signed: secret:hook } }
  edi: { as2: { url: "https://edi.warehouse.example/as2", sign: sha256, encrypt: no, mdn: sync, demand: { signed: no }, certificates: { theirs: theirs.pem, ours: ours.pem }, key: secret:as2, largest: 2MB } }
inbound:`;
  const carrier = `  api: { http: { keys: "${lineOf(KEYS.carrier)}" } }\ninbound:`;
  const warehouse = WAREHOUSE.replace('inbound:', api)
    .replace('identifiers: {', 'identifiers: { as2: WAREHOUSE,')
    .replace('us: {', 'us: { as2: CROSSDOCK,');
  const test = await createTestRoad(folder, warehouse, CARRIER.replace('inbound:', carrier));
  const ourKey = await readFile(ours.keyFile, 'utf8');
  const secrets = (name: string): string => (name === 'as2' ? ourKey : SECRET);
  const client = createHttpClient({ allowPrivate: true });
  const as2 = createAs2({
    folder: join(folder, 'as2'),
    archive: await createFolderArchive({ folder: join(folder, 'archive'), shared: true }),
    messages: test.ledger,
    exceptions: test.ledger,
    answered: async () => false,
    take: test.road.receiveMessage,
    came: () => {},
    client,
    secrets,
    clock: systemClock,
    ids,
    log: test.log,
  });
  await as2.connect(test.configuration.partners);
  const server = createPartnerServer({
    ledger: test.ledger,
    partners: () => test.configuration.partners,
    secrets,
    clock: systemClock,
    accept: (origin, file) => test.road.accept(origin, file),
    acknowledgment: (file) => test.road.acknowledgment(file),
    as2: as2.handle,
    ids,
    log: test.log,
    ...(limits === undefined ? {} : { limits }),
  });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });
  const posted = async (response: Response): Promise<Posted> => {
    const text = await response.text();
    const json: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, json, text };
  };
  return {
    url,
    test,
    submit: async (body, headers = {}) =>
      posted(
        await fetch(`${url}/partner/v1/documents`, {
          method: 'POST',
          body: typeof body === 'string' ? body : new Uint8Array(body),
          headers: { authorization: `Bearer ${KEYS.warehouse}`, 'content-type': 'application/edi-x12', ...headers },
        }),
      ),
    status: async (id, key = KEYS.warehouse) =>
      posted(await fetch(`${url}/partner/v1/documents/${id}`, { headers: { authorization: `Bearer ${key}` } })),
    stop: async () => {
      await server.close();
      await as2.stop();
      await client.close();
      await test.ledger.close();
    },
  };
}

/** The headers of a signed request; `secondsAgo` is when it was signed. */
export function signed(body: string, secondsAgo = 0, id = 'msg_1'): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const key = Buffer.from(SECRET.slice(6), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    authorization: `Bearer ${KEYS.warehouseSigning}`,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,AAAA v1,${signature}`,
  };
}

/** The id that submitting answered. */
export function idOf(posted: { readonly json: unknown }): string {
  return String(at(posted.json, 'id'));
}
