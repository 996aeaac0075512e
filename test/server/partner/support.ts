import { createHash, createHmac } from 'node:crypto';
import { createPartnerServer } from '../../../src/server/partner-server.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createTestRoad, type TestRoad } from '../../support/inbound-road.ts';
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

/** Starts one in an empty folder. `idle` are the milliseconds after which a silent connection is cut. */
export async function startPartnerApi(folder: string, idle?: number): Promise<PartnerApi> {
  const api = `  api: { http: { keys: ["${lineOf(KEYS.warehouse)}", "${lineOf(KEYS.warehouseNext)}"], largest: 64kB } }
  hook: { http: { keys: "${lineOf(KEYS.warehouseSigning)}", signed: secret:hook } }
inbound:`;
  const carrier = `  api: { http: { keys: "${lineOf(KEYS.carrier)}" } }\ninbound:`;
  const test = await createTestRoad(folder, WAREHOUSE.replace('inbound:', api), CARRIER.replace('inbound:', carrier));
  const server = createPartnerServer({
    ledger: test.ledger,
    partners: () => test.configuration.partners,
    secrets: () => SECRET,
    clock: systemClock,
    accept: (origin, file) => test.road.accept(origin, file),
    acknowledgment: (file) => test.road.acknowledgment(file),
    as2: async (_request, response) => {
      response.writeHead(404).end();
    },
    ids,
    log: test.log,
    ...(idle === undefined ? {} : { idle }),
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
