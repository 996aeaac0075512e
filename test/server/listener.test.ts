import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createApp } from '../../src/server/app.ts';
import { authorize } from '../../src/server/authorize.ts';
import { livez } from '../../src/server/health.ts';
import { createListener } from '../../src/server/listener.ts';
import { isLoopback } from '../../src/server/loopback.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type PartnerApi, startPartnerApi } from './partner/support.ts';
import { ask, at, type Gateway, ids, startGateway } from './support.ts';

describe('protected mode', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.stop());

  it('takes no address that other machines reach', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1', '::ffff:192.0.2.1']) {
      const message = /Set CROSSDOCK_OPERATIONS=127\.0\.0\.1:8080/;
      const address = { host, port: 8080 };
      await assert.rejects(gateway.server.listen(address), { code: 'LISTENER_UNAVAILABLE', message });
    }
  });

  it('knows the addresses of its own machine', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
      assert.ok(isLoopback(address), address);
    for (const address of ['10.0.0.1', '::', '0.0.0.0', '::ffff:10.0.0.1', 'fe80::1', '128.0.0.1']) {
      assert.ok(!isLoopback(address), address);
    }
  });
});

describe('a caller from elsewhere', () => {
  const folder = tempFolder();

  it('is refused while there are no API keys', async () => {
    // A socket file has no peer address at all: whoever cannot be told to be local is not.
    const socketPath = join(folder(), 'listener.sock');
    const server = createServer(createApp([livez], [authorize], { ids, log: createRecordingLog() }));
    server.listen(socketPath);
    await once(server, 'listening');
    const [response]: IncomingMessage[] = await once(get({ socketPath, path: '/livez' }), 'response');
    assert.equal(response?.statusCode, 403);
    assert.equal(response?.headers['content-type'], 'application/problem+json; charset=utf-8');
    response?.resume();
    server.close();
    await once(server, 'close');
  });
});

describe('a listener', () => {
  const options = { setting: 'CROSSDOCK_X', loopbackOnly: true, log: createRecordingLog(), onClose: () => {} };
  const local = { host: '127.0.0.1', port: 0 };

  it('says which address is taken, and what to change', async () => {
    const first = createListener((_request, response) => response.end('x'), options);
    const { url } = await first.listen({ host: 'localhost', port: 0 });
    assert.match(url, /^http:\/\/(?:127\.0\.0\.1|\[::1\]):\d+$/);
    const { hostname, port } = new URL(url);
    const second = createListener((_request, response) => response.end('x'), options);
    const address = { host: hostname.replace(/[[\]]/g, ''), port: Number(port) };
    const message = /EADDRINUSE.*Stop what listens there, or set CROSSDOCK_X/;
    await assert.rejects(second.listen(address), { code: 'LISTENER_UNAVAILABLE', message });
    await second.close();
    await first.close();
  });

  it('lets a request end when it closes, and waits for no connection kept alive', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const server = createListener((_request, response) => arrived.resolve(response), options);
    const { url } = await server.listen(local);
    const agent = new Agent({ keepAlive: true });
    const request = get(url, { agent });
    const answered = once(request, 'response');
    const underWay = await arrived.promise;
    const began = Date.now();
    const closed = server.close();
    underWay.end('done');
    const [response] = await answered;
    response.resume();
    await closed;
    assert.ok(Date.now() - began < 3000);
    assert.equal(response.statusCode, 200);
    await assert.rejects(ask(url), { code: 'ECONNREFUSED' });
    agent.destroy();
  });

  it('closes before it ever listened', async () => {
    await createListener(() => {}, options).close();
  });
});

describe('the partner listener', () => {
  const folder = tempFolder();
  let api: PartnerApi;
  let url = '';
  beforeEach(async () => {
    api = await startPartnerApi(folder());
    url = api.url;
  });
  afterEach(() => api.stop());

  it('lives, under any name', async () => {
    assert.deepEqual((await ask(`${url}/livez`, { headers: { host: 'edi.example' } })).json, { live: true });
  });

  it('has none of the routes of operators', async () => {
    for (const path of ['/v1/events', '/v1/files', '/metrics', '/readyz', '/version', '/openapi.json']) {
      const { status, json } = await ask(url + path);
      assert.equal(status, 404, path);
      assert.equal(at(json, 'code'), 'NOT_FOUND');
    }
  });
});
