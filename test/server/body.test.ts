import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/server/app.ts';
import { checkOrigin } from '../../src/server/authorize.ts';
import { inPath } from '../../src/server/parameters.ts';
import { json, postRoute, route } from '../../src/server/route.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { ids } from './support.ts';

const PATH = '/v1/things/{id}';
const parameters = { id: inPath('Id of the thing.', 'one') };
const answer = json('The thing', { type: 'object' });

const THINGS = [
  route({
    path: PATH,
    operation: 'getThing',
    summary: 'A thing.',
    parameters,
    answer,
    handle: async ({ id }, response) => {
      response.json({ id });
    },
  }),
  postRoute<typeof parameters, { readonly count?: number; readonly colour?: string }>({
    path: PATH,
    operation: 'changeThing',
    summary: 'Changes a thing.',
    parameters,
    answer,
    status: 202,
    body: {
      type: 'object',
      additionalProperties: false,
      properties: { count: { type: 'integer', minimum: 1 }, colour: { enum: ['red', 'blue'] } },
    },
    handle: async ({ id }, body, response) => {
      response.json({ id, ...body });
    },
  }),
];

describe('a route that takes a body', () => {
  let server: Server;
  let url: string;
  before(async () => {
    server = createServer(createApp(THINGS, [checkOrigin], { ids, log: createRecordingLog() }));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port }: AddressInfo = Object(server.address());
    url = `http://127.0.0.1:${port}/v1/things/one`;
  });
  after(() => {
    server.close();
  });

  async function post(
    body: string,
    headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
  ) {
    const response = await fetch(url, { method: 'POST', body, headers });
    const value: { code?: string; detail?: string } = Object(await response.json());
    return { status: response.status, value };
  }

  it('shares its path with another method', async () => {
    assert.equal((await fetch(url)).status, 200);
    assert.deepEqual(await post('{"count":2}'), { status: 202, value: { id: 'one', count: 2 } });
    const other = await fetch(url, { method: 'DELETE' });
    assert.deepEqual([other.status, other.headers.get('allow')], [405, 'GET, HEAD, POST']);
  });

  it('takes no body for an empty object', async () => {
    const response = await fetch(url, { method: 'POST' });
    assert.deepEqual([response.status, await response.json()], [202, { id: 'one' }]);
  });

  for (const [body, detail] of [
    ['{"coun":1}', /no field "coun" in the body\. Did you mean "count"/],
    ['{"count":0}', /body\/count must be >= 1/],
    ['{"count":"1"}', /body\/count must be integer/],
    ['{"colour":"green"}', /Use one of: red, blue/],
    ['[]', /must be object/],
    ['{', /no JSON/],
  ] as const) {
    it(`refuses ${body}`, async () => {
      const { status, value } = await post(body);
      assert.deepEqual([status, value.code], [400, 'REQUEST_INVALID']);
      assert.match(value.detail ?? '', detail);
    });
  }

  it('refuses other forms, endless bodies, and pages of somebody else', async () => {
    assert.equal((await post('count=1', { 'content-type': 'application/x-www-form-urlencoded' })).status, 415);
    assert.equal((await post(`{"colour":"${'x'.repeat(70_000)}"}`)).status, 413);
    const from = (origin: string) => post('{}', { 'content-type': 'application/json', origin });
    assert.equal((await from('https://elsewhere.example')).value.code, 'ACCESS_REFUSED');
    assert.equal((await from(new URL(url).origin)).status, 202);
  });
});
