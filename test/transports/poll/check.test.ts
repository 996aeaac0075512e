import assert from 'node:assert/strict';
import { GatewayError } from '../../../src/errors.ts';
import type { PollConnection } from '../../../src/partners/types.ts';
import { createHttpClient, type HttpClient } from '../../../src/transports/http/client.ts';
import { checkPoll } from '../../../src/transports/poll/check.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { inShort, stepsOf } from '../check-steps.ts';
import { type CarrierApi, shipments, startCarrierApi } from './carrier-api.ts';

describe("checking a carrier's API", () => {
  let api: CarrierApi;
  let client: HttpClient;
  beforeEach(async () => {
    api = await startCarrierApi();
    client = createHttpClient({ allowPrivate: true, patience: 5_000 });
  });
  afterEach(async () => {
    await client.close();
    await api.close();
  });
  const check = (
    over: Partial<PollConnection> = {},
    secrets: (name: string) => string = (name) => `value of ${name}`,
  ) => {
    const connection: PollConnection = {
      kind: 'poll',
      id: 'api',
      url: `${api.url}/v2/shipments?since={since}`,
      every: 50,
      login: { by: 'bearer', secret: 'api' },
      headers: {},
      items: 'data/shipments',
      itemId: 'id',
      since: { path: 'updatedAt', start: '2026-11-01T00:00:00Z', overlap: 0 },
      paging: { by: 'cursor', path: 'meta/next', parameter: 'cursor' },
      pause: 0,
      largest: 100_000,
      ...over,
    };
    return stepsOf(checkPoll(connection, { client, allowPrivate: true, secrets, clock: systemClock }));
  };
  const reached = ['secrets ok', 'name ok', 'port ok'];

  it('is ok up to the first page, and asks for no other', async () => {
    api.tracked = shipments(1, 30);
    const steps = await check();
    assert.deepEqual(inShort(steps), [...reached, 'login ok', 'first page ok']);
    assert.match(steps.at(-1)?.says ?? '', /it has 10 documents, with their ids/);
    assert.deepEqual(api.requests, ['/v2/shipments?since=2026-11-01T00%3A00%3A00Z']);
  });

  it('says that a secret has no value', async () => {
    const none = (): string => {
      throw new GatewayError('SECRET_MISSING', 'There is no secret "api".');
    };
    assert.deepEqual(inShort(await check({}, none)), ['secrets ours']);
  });

  it('says that the login is refused', async () => {
    api.instead = (_request, response) => Boolean(response.writeHead(401).end());
    assert.deepEqual(inShort(await check()), [...reached, 'login theirs']);
  });

  it('fetches a token, and says when there is none', async () => {
    const login = { by: 'oauth2', tokenUrl: `${api.url}/token`, client: 'us', secret: 'api', scope: null } as const;
    api.instead = (request, response) => {
      if (request.url !== '/token') return false;
      response.end('{"access_token":"t","expires_in":60}');
      return true;
    };
    assert.deepEqual(inShort(await check({ login })), [...reached, 'token ok', 'login ok', 'first page ok']);
    api.instead = (_request, response) => Boolean(response.writeHead(400).end('{}'));
    assert.deepEqual(inShort(await check({ login })), [...reached, 'token ours']);
  });

  it('says that ids, or the moment of change, are not where they are looked for', async () => {
    api.tracked = shipments(1, 3);
    const ids = await check({ itemId: 'number' });
    assert.deepEqual(ids.at(-1)?.fix, { turn: 'ours', what: 'Mend the path of "id".' });
    const changed = await check({ since: { path: 'changed', start: '', overlap: 0 } });
    assert.deepEqual(changed.at(-1)?.fix, { turn: 'ours', what: 'Mend the path of "since".' });
  });

  it('says that nothing lies where documents are looked for, which may be right', async () => {
    api.tracked = shipments(1, 3);
    const steps = await check({ items: 'shipments' });
    assert.match(steps.at(-1)?.says ?? '', /has no documents in "shipments": right only when nothing is new/);
  });

  it('says that the server fails, wants to be left alone, or has no such page', async () => {
    for (const [status, turn] of [
      [500, 'theirs'],
      [429, 'ours'],
      [404, 'ours'],
    ] as const) {
      api.instead = (_request, response) => Boolean(response.writeHead(status).end());
      assert.deepEqual(inShort(await check()), [...reached, `first page ${turn}`]);
    }
  });
});
