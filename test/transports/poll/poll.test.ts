import assert from 'node:assert/strict';
import type { PollConnection } from '../../../src/partners/types.ts';
import { createBreaker } from '../../../src/transports/breaker.ts';
import { createHttpClient, type HttpClient } from '../../../src/transports/http/client.ts';
import { createPollTransport } from '../../../src/transports/poll/transport.ts';
import type { Arrival, ReceivingTransport } from '../../../src/transports/types.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { createReceiver } from '../../support/receiver.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import { type CarrierApi, shipments, startCarrierApi } from './carrier-api.ts';

const PLAN = { tries: 3, first: 20, longest: 40, whole: null };
const START = '2026-11-01T00:00:00Z';

describe("polling a carrier's tracking API", () => {
  let api: CarrierApi;
  let client: HttpClient;
  let log: RecordingLog;
  let marks: Map<string, string>;
  let told: string[];
  const running: ReceivingTransport[] = [];

  beforeEach(async () => {
    api = await startCarrierApi();
    client = createHttpClient({ allowPrivate: true, patience: 5_000 });
    log = createRecordingLog();
    marks = new Map();
    told = [];
  });
  afterEach(async () => {
    for (const transport of running.splice(0)) await transport.stop();
    await client.close();
    await api.close();
  });

  const start = async (
    offer: (arrivals: readonly Arrival[]) => Promise<void>,
    over: Partial<PollConnection> = {},
  ): Promise<ReceivingTransport> => {
    const connection: PollConnection = {
      kind: 'poll',
      id: 'api',
      url: `${api.url}/v2/shipments?since={since}`,
      every: 50,
      login: { by: 'none' },
      headers: {},
      items: 'data/shipments',
      itemId: 'id',
      since: { path: 'updatedAt', start: START, overlap: 0 },
      paging: { by: 'cursor', path: 'meta/next', parameter: 'cursor' },
      pause: 0,
      largest: 100_000,
      ...over,
    };
    const transport = createPollTransport({
      connection,
      partnerId: 'carrier',
      client,
      secrets: (name) => `value of ${name}`,
      marks: {
        mark: async (id) => marks.get(id) ?? null,
        setMark: async (id, mark) => {
          marks.set(id, mark);
        },
      },
      clock: systemClock,
      log,
      batch: 8,
      random: () => 0,
      breaker: createBreaker({
        plan: PLAN,
        watch: { opened: () => told.push('opened'), closed: () => told.push('closed') },
      }),
    });
    running.push(transport);
    await transport.start(offer);
    return transport;
  };

  /** Distinct arrivals, as the ledger would know them. */
  const distinct = (seen: readonly { sourceKey: string }[]) => new Set(seen.map(({ sourceKey }) => sourceKey)).size;
  const since = () => {
    const { since }: { since?: string } = JSON.parse(marks.get('poll:carrier/api') ?? '{}');
    return since;
  };

  it('tells after three failures in a row that it does not work, and with the first success that it does', async () => {
    const { offer } = createReceiver();
    api.instead = (_request, response) => {
      response.writeHead(500).end();
      return true;
    };
    await start(offer);
    await eventually('it is told', () => told.length > 0);
    assert.deepEqual([told[0], api.requests.length >= 3], ['opened', true]);
    api.instead = null;
    await eventually('it works', () => told.at(-1) === 'closed');
  });

  it('brings each document of each page with its exact bytes, and moves the watermark', async () => {
    api.tracked = shipments(1, 25);
    const { seen, offer } = createReceiver();
    await start(offer);
    await eventually('the watermark has moved', () => since() === '2026-11-01T00:25:00.000Z');
    assert.equal(distinct(seen), 25);
    assert.deepEqual([seen[0]?.name, seen[0]?.text], ['T1.json', JSON.stringify(api.tracked[0])]);
    assert.deepEqual(api.requests.slice(0, 3), [
      '/v2/shipments?since=2026-11-01T00%3A00%3A00Z',
      '/v2/shipments?since=2026-11-01T00%3A00%3A00Z&cursor=10',
      '/v2/shipments?since=2026-11-01T00%3A00%3A00Z&cursor=20',
    ]);
  });

  it('brings a document again when it changed, under another key', async () => {
    api.tracked = shipments(1, 2);
    const { seen, offer } = createReceiver();
    await start(offer);
    await eventually('both are there', () => distinct(seen) === 2);
    api.tracked = [...shipments(1, 1), ...shipments(3, 3, 'delivered').map((item) => ({ ...item, id: 'T2' }))];
    await eventually('the change is there', () => distinct(seen) === 3);
    assert.match(seen.find(({ text }) => text.includes('delivered'))?.name ?? '', /^T2\.json$/);
  });

  it('loses nothing when it ends in the middle of a look, and repeats under the same keys', async () => {
    api.tracked = shipments(1, 30);
    const first: string[] = [];
    const transport = await start(async (arrivals) => {
      first.push(...arrivals.map(({ sourceKey }) => sourceKey));
      if (first.length > 12) throw new Error('the ledger is away');
    });
    await eventually('it has failed', () => first.length > 12);
    await transport.stop();
    assert.equal(marks.size, 0);
    const { seen, offer } = createReceiver();
    await start(offer);
    await eventually('all are there', () => distinct(seen) === 30);
    assert.ok(first.every((key) => seen.some(({ sourceKey }) => sourceKey === key)));
  });

  it('goes on from the watermark after a restart', async () => {
    marks.set('poll:carrier/api', JSON.stringify({ since: '2026-11-01T00:20:00.000Z', etag: null }));
    api.tracked = shipments(1, 25);
    const { seen, offer } = createReceiver();
    await start(offer);
    await eventually('the rest is there', () => since() === '2026-11-01T00:25:00.000Z');
    assert.deepEqual(
      [...new Set(seen.map(({ name }) => name))],
      ['T20.json', 'T21.json', 'T22.json', 'T23.json', 'T24.json', 'T25.json'],
    );
  });

  it('reaches back by the overlap, for servers whose changes show late', async () => {
    marks.set('poll:carrier/api', JSON.stringify({ since: '2026-11-01T00:20:00.000Z', etag: null }));
    api.tracked = shipments(1, 20);
    const { seen, offer } = createReceiver();
    await start(offer, { since: { path: 'updatedAt', start: START, overlap: 300_000 } });
    await eventually('what is in the overlap came', () => distinct(seen) === 6);
  });

  it('waits as long as the server wants when it asks too often', async () => {
    api.tracked = shipments(1, 3);
    let refusals = 0;
    let refusedAt = 0;
    let askedAgainAt = 0;
    api.instead = (_request, response) => {
      if (refusals++ === 0) {
        refusedAt = Date.now();
        response.writeHead(429, { 'retry-after': '2' }).end();
        return true;
      }
      askedAgainAt ||= Date.now();
      return false;
    };
    const { seen, offer } = createReceiver();
    await start(offer);
    await eventually('they came', () => distinct(seen) === 3);
    assert.ok(askedAgainAt - refusedAt >= 1_990, `${askedAgainAt - refusedAt} ms`);
  });

  it('goes on after errors of the server, in the middle of the pages too', async () => {
    api.tracked = shipments(1, 25);
    let request = 0;
    api.instead = (_request, response) => {
      request++;
      if (request === 1 || request === 4) {
        response.writeHead(500).end('<html>');
        return true;
      }
      if (request !== 2) return false;
      response.destroy();
      return true;
    };
    const { seen, offer } = createReceiver();
    await start(offer);
    await eventually('all are there', () => since() === '2026-11-01T00:25:00.000Z', 20_000);
    assert.equal(distinct(seen), 25);
  });

  it('tells a refused login once, with whose turn it is', async () => {
    api.instead = (_request, response) => {
      response.writeHead(401).end();
      return true;
    };
    const { offer } = createReceiver();
    await start(offer, { login: { by: 'header', header: 'X-Api-Key', secret: 'acme' } });
    await eventually('it asked twice', () => api.requests.length >= 2);
    const told = log.lines.filter(({ level }) => level === 'error');
    assert.equal(told.length, 1);
    assert.match(JSON.stringify(told[0]), /refuses our login \(401\)/);
    assert.doesNotMatch(JSON.stringify(log.lines), /value of acme/);
  });

  it('asks with a token of OAuth, and fetches another when it is refused', async () => {
    api.tracked = shipments(1, 1);
    let tokens = 0;
    const shown: string[] = [];
    api.instead = (request, response) => {
      if (request.url === '/token') {
        assert.equal(request.headers.authorization, `Basic ${Buffer.from('us:value%20of%20acme').toString('base64')}`);
        response.writeHead(200).end(JSON.stringify({ access_token: `token-${++tokens}`, expires_in: 3600 }));
        return true;
      }
      shown.push(request.headers.authorization ?? '');
      if (shown.length !== 1) return false;
      response.writeHead(401).end();
      return true;
    };
    const { seen, offer } = createReceiver();
    const login = { by: 'oauth2', tokenUrl: `${api.url}/token`, client: 'us', secret: 'acme', scope: null } as const;
    await start(offer, { login });
    await eventually('it came', () => distinct(seen) === 1);
    assert.deepEqual(shown.slice(0, 2), ['Bearer token-1', 'Bearer token-2']);
    assert.equal(tokens, 2);
  });

  it('asks nothing twice of a server that says nothing changed', async () => {
    api.tracked = shipments(1, 2);
    const conditional: (string | undefined)[] = [];
    api.instead = (request, response) => {
      conditional.push(request.headers['if-none-match']);
      if (request.headers['if-none-match'] === undefined) return false;
      response.writeHead(304).end();
      return true;
    };
    const { seen, offer } = createReceiver();
    await start(offer);
    await eventually('it asked again', () => conditional.length >= 3);
    assert.equal(seen.length, 2);
    assert.match(conditional[1] ?? '', /^"\d+"$/);
  });

  it('follows pages by number and by link, to the same server alone', async () => {
    api.instead = (request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1);
      const link = page < 3 ? `<${api.url}/?page=${page + 1}>; rel="next", <${api.url}/?page=1>; rel="first"` : '';
      response.writeHead(200, { link }).end(page < 4 ? `[{"id":${page}}]` : '[]');
      return true;
    };
    const base = { url: api.url, items: null, since: null, every: 60_000 } as const;
    const numbered = createReceiver();
    await start(numbered.offer, { ...base, paging: { by: 'page', parameter: 'page', first: 1 } });
    await eventually('all pages came', () => numbered.seen.length === 3);
    const linked = createReceiver();
    await start(linked.offer, { ...base, paging: { by: 'link', path: null } });
    await eventually('all links were followed', () => linked.seen.length === 3);
    api.instead = (_request, response) => {
      response.writeHead(200, { link: '<http://169.254.169.254/latest>; rel="next"' }).end('[]');
      return true;
    };
    const { offer } = createReceiver();
    await start(offer, { ...base, paging: { by: 'link', path: null } });
    await eventually('it is told', () => JSON.stringify(log.lines).includes('is on another server'));
  });

  it('stops at pages that lead back to one before', async () => {
    api.instead = (_request, response) => {
      response.writeHead(200).end('{"data":{"shipments":[]},"meta":{"next":"1"}}');
      return true;
    };
    const { offer } = createReceiver();
    await start(offer, { every: 60_000 });
    await eventually('it is told', () => JSON.stringify(log.lines).includes('leads back to one before'));
  });

  it('makes documents of XML too', async () => {
    api.instead = (_request, response) => {
      response
        .writeHead(200)
        .end('<R xmlns="urn:x"><S no="7"><T>2026-11-02</T></S><S no="8"><T>2026-11-03</T></S></R>');
      return true;
    };
    const { seen, offer } = createReceiver();
    const over = {
      items: 'S',
      itemId: '@no',
      since: { path: 'T', start: START, overlap: 0 },
      paging: { by: 'none' },
    } as const;
    await start(offer, over);
    await eventually('the watermark has moved', () => since() === '2026-11-03');
    assert.deepEqual(
      [seen[0]?.name, seen[0]?.text],
      ['7.xml', '<?xml version="1.0" encoding="UTF-8"?>\n<S no="7"><T>2026-11-02</T></S>\n'],
    );
  });

  it('asks no more often than was agreed', async () => {
    api.tracked = shipments(1, 30);
    const at: number[] = [];
    api.instead = () => {
      at.push(Date.now());
      return false;
    };
    const { seen, offer } = createReceiver();
    await start(offer, { pause: 200 });
    await eventually('all are there', () => distinct(seen) === 30);
    const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    assert.ok(
      gaps.every((gap) => gap >= 195),
      gaps.join(' '),
    );
  });

  it('ends at once while a server is silent', async () => {
    api.instead = () => true;
    const { offer } = createReceiver();
    const transport = await start(offer);
    await eventually('it asked', () => api.requests.length === 1);
    const began = Date.now();
    await transport.stop();
    assert.ok(Date.now() - began < 2_000);
  });
});
