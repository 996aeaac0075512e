import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { entriesOf, isList, isObject } from '../../src/events/json.ts';
import { isPublishedMoment } from '../../src/events/moment.ts';
import type { Json, JsonObject } from '../../src/events/types.ts';
import { createApp } from '../../src/server/app.ts';
import { createEventStreams } from '../../src/server/event-stream.ts';
import { operationsRoutes } from '../../src/server/operations-routes.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { EVENT, startFullGateway } from './contract-samples.ts';
import { ask, at, begin, type Gateway, ids, NO_MAPS } from './support.ts';

/** Requests for each path of the API that must succeed: every path has at least one. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  '/livez': ['/livez'],
  '/readyz': ['/readyz'],
  '/version': ['/version'],
  '/metrics': ['/metrics'],
  '/openapi.json': ['/openapi.json'],
  '/asyncapi.json': ['/asyncapi.json'],
  '/v1/events': ['/v1/events', '/v1/events?after=ZXZlbnRzOjk5'],
  '/v1/events/stream': ['/v1/events/stream'],
  '/v1/events/{id}': [`/v1/events/${EVENT.id}`],
  '/v1/events/{id}/lineage': [`/v1/events/${EVENT.id}/lineage`],
  '/v1/files': ['/v1/files', '/v1/files?limit=1'],
  '/v1/files/{id}': ['/v1/files/fil_full', '/v1/files/fil_first', '/v1/files/fil_copy'],
  '/v1/files/{id}/raw': ['/v1/files/fil_full/raw'],
  '/v1/documents': ['/v1/documents', '/v1/documents?limit=1'],
  '/v1/documents/{id}': ['/v1/documents/doc_full', '/v1/documents/doc_first', '/v1/documents/doc_evt_sent'],
  '/v1/documents/{id}/raw': ['/v1/documents/doc_full/raw'],
  '/v1/documents/{id}/attempts': ['/v1/documents/doc_full/attempts'],
  '/v1/exceptions': ['/v1/exceptions', '/v1/exceptions?limit=1'],
  '/v1/exceptions/{id}': ['/v1/exceptions/exc_full', '/v1/exceptions/exc_full?limit=1'],
  '/v1/replays': ['/v1/replays', '/v1/replays?limit=1'],
  '/v1/replays/{id}': ['/v1/replays/rpl_full'],
  '/v1/trace': ['/v1/trace?ref=fil_first.edi', '/v1/trace?ref=fil_full'],
  '/v1/partners': ['/v1/partners'],
  '/v1/maps': ['/v1/maps'],
  '/v1/schemas': ['/v1/schemas', '/v1/schemas?limit=7'],
  '/v1/schemas/{type}': ['/v1/schemas/logistics.transport.delivered.v1'],
};

/** Requests that change something, each with a body, for each path that takes them. */
const CHANGES: Readonly<Record<string, readonly [string, JsonObject]>> = {
  '/v1/exceptions/{id}/retry': ['/v1/exceptions/exc_full/retry', {}],
  '/v1/exceptions/{id}/assign': ['/v1/exceptions/exc_full/assign', { to: 'ann' }],
  '/v1/exceptions/{id}/resolve': ['/v1/exceptions/exc_full/resolve', { because: 'a test of theirs' }],
  '/v1/outbound': ['/v1/outbound', { specversion: '1.0', id: 'evt_sent', source: '/erp', type: 'x', data: {} }],
  '/v1/purges': ['/v1/purges', { before: '2020-01-01', only: ['bytes'], dryRun: true, because: 'to see' }],
  '/v1/replays': ['/v1/replays', { partner: 'acme', from: '2026-11-01', dryRun: true, rate: 5, because: 'to see' }],
  '/v1/replays/{id}/cancel': ['/v1/replays/rpl_full/cancel', {}],
};

/** The schema with nothing allowed that it does not describe, so that an undocumented field shows. */
function closed(schema: Json): Json {
  if (isList(schema)) return schema.map(closed);
  if (!isObject(schema) || '$id' in schema) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return isObject(schema.properties) && schema.type === 'object' ? { additionalProperties: false, ...inside } : inside;
}

function validatorOf(root: Json, schema: Json) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('moment', isPublishedMoment);
  ajv.addSchema({ $id: 'api:root', ...(isObject(root) ? root : {}) });
  const local = JSON.stringify(schema).replaceAll('"#/components', '"api:root#/components');
  return ajv.compile(JSON.parse(local));
}

function inside(json: Json | undefined, ...path: readonly string[]): JsonObject {
  const value = path.reduce<Json | undefined>((parent, key) => (isObject(parent) ? parent[key] : undefined), json);
  return isObject(value) ? value : {};
}

describe('the description of the API', () => {
  let gateway: Gateway;
  let exceptionId = '';
  let openApi: JsonObject;
  let asyncApi: JsonObject;
  before(async () => {
    gateway = await startFullGateway();
    exceptionId = (await gateway.ledger.exceptions({}, null, 1)).items[0]?.id ?? '';
    openApi = JSON.parse((await ask(`${gateway.url}/openapi.json`)).bytes.toString());
    asyncApi = JSON.parse((await ask(`${gateway.url}/asyncapi.json`)).bytes.toString());
  });
  after(() => gateway.stop());

  /** The ledger gives exceptions their ids. */
  const urlOf = (request: string): string => gateway.url + request.replace('exc_full', exceptionId);

  it('lists exactly the routes that are served', () => {
    const sources = {
      ...gateway,
      maps: () => NO_MAPS,
      partners: () => [],
      clock: systemClock,
      version: '1.2.3',
      lineage: async () => [],
      purge: () => Promise.reject(new Error('nobody asks')),
      send: () => Promise.reject(new Error('nobody asks')),
      requestReplay: () => Promise.reject(new Error('nobody asks')),
    };
    const routes = operationsRoutes(sources, createEventStreams(gateway.ledger, systemClock));
    const app = createApp(routes, [], { ids, log: createRecordingLog() });
    const served = app.router.stack.flatMap(({ route }) => (route === undefined ? [] : [route.path]));
    const described = Object.keys(inside(openApi, 'paths'));
    assert.deepEqual(
      served,
      described.map((path) => path.replace(/\{(\w+)\}/g, ':$1')),
    );
    assert.deepEqual(described.sort(), [...new Set([...Object.keys(REQUESTS), ...Object.keys(CHANGES)])].sort());
  });

  for (const [path, requests] of Object.entries(REQUESTS)) {
    it(`tells how ${path} answers`, async () => {
      const content = inside(openApi, 'paths', path, 'get', 'responses', '200', 'content');
      const [mediaType, ...others] = Object.keys(content);
      assert.ok(mediaType !== undefined && others.length === 0);
      for (const request of requests) {
        const url = urlOf(request);
        const response = await begin(url);
        assert.equal(response.statusCode, 200, request);
        assert.ok(String(response.headers['content-type']).startsWith(mediaType), request);
        assert.match(String(response.headers['x-request-id']), /^req_/);
        response.destroy();
        if (!mediaType.endsWith('json')) continue;
        const validate = validatorOf(closed(openApi), closed(inside(content, mediaType, 'schema')));
        const { json } = await ask(url);
        assert.ok(validate(json), `${request}: ${JSON.stringify(validate.errors, null, 1)}`);
      }
    });
  }

  for (const [path, [url, body]] of Object.entries(CHANGES)) {
    it(`tells what ${path} takes, and how it answers`, async () => {
      const operation = inside(openApi, 'paths', path, 'post');
      const takes = inside(operation, 'requestBody', 'content', 'application/json', 'schema');
      assert.ok(validatorOf(openApi, takes)(body));
      const response = await fetch(urlOf(url), {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      const [status, ...others] = Object.keys(inside(operation, 'responses')).filter((name) => name.startsWith('2'));
      assert.deepEqual([String(response.status), others], [status, []]);
      const answers = inside(operation, 'responses', status ?? '', 'content', 'application/json', 'schema');
      const validate = validatorOf(closed(openApi), closed(answers));
      assert.ok(validate(await response.json()), JSON.stringify(validate.errors));
    });
  }

  it('tells how problems look', async () => {
    const schema = { $ref: '#/components/schemas/Problem' };
    const validate = validatorOf(closed(openApi), schema);
    for (const path of ['/nothing', '/v1/files?limit=0', '/v1/events/nothing']) {
      const { json } = await ask(gateway.url + path);
      assert.ok(validate(json), JSON.stringify(validate.errors));
    }
  });

  it('describes every parameter with an example that is taken', async () => {
    for (const [path, item] of entriesOf(inside(openApi, 'paths'))) {
      const { parameters = [] } = inside(item, 'get');
      assert.ok(isList(parameters));
      for (const parameter of parameters.filter(isObject)) {
        assert.ok(
          isObject(parameter.schema) && String(parameter.description).endsWith('.'),
          `${path} ${parameter.name}`,
        );
        if (parameter.in !== 'query' || parameter.name === 'after') continue;
        const needed = path === '/v1/trace' && parameter.name !== 'ref' ? 'ref=x&' : '';
        const query = `${needed}${parameter.name}=${encodeURIComponent(String(parameter.example))}`;
        const [request = path] = REQUESTS[path] ?? [];
        const response = await begin(`${urlOf(request).replace(/\?.*/, '')}?${query}`);
        response.destroy();
        assert.equal(response.statusCode, 200, `${path}?${query}`);
      }
    }
  });

  it('resolves all its references', () => {
    for (const document of [openApi, asyncApi]) {
      for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#\/((?:components|channels)\/[^"]+)"/g)) {
        assert.notDeepEqual(inside(document, ...String(pointer).split('/')), {}, pointer);
      }
    }
  });

  it('leaves out the route of lineage when nobody can tell', async () => {
    const { ledger, archive } = gateway;
    const sources = { ledger, archive, maps: () => NO_MAPS, partners: () => [], clock: systemClock, version: '1' };
    const routes = operationsRoutes(sources, createEventStreams(ledger, systemClock));
    assert.ok(routes.every(({ path }) => !path.endsWith('/lineage')));
  });

  it('has a message for each event type, which recorded events match', async () => {
    const { json } = await ask(`${gateway.url}/v1/events/${EVENT.id}`);
    const messages = inside(asyncApi, 'components', 'messages');
    assert.deepEqual(Object.keys(messages), Object.keys(inside(asyncApi, 'channels', 'events', 'messages')));
    assert.equal(
      Object.keys(messages).length,
      Object.keys(inside(openApi, 'components', 'schemas')).filter(isType).length,
    );
    const payload = inside(messages, EVENT.type, 'payload', 'schema');
    const validate = validatorOf(asyncApi, payload);
    assert.ok(validate(json), JSON.stringify(validate.errors));
    assert.ok(!validatorOf(asyncApi, inside(messages, 'logistics.transport.held.v1', 'payload', 'schema'))(json));
    assert.equal(at(asyncApi, 'asyncapi'), '3.0.0');
  });
});

function isType(name: string): boolean {
  return name.startsWith('logistics.');
}
