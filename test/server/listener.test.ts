import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { isLoopback } from '../../src/server/loopback.ts';
import { createListener } from '../../src/server/listener.ts';
import { createPartnerServer } from '../../src/server/partner-server.ts';
import { createRecordingLog } from '../support/recording-log.ts';
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
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) assert.ok(isLoopback(address), address);
    for (const address of ['10.0.0.1', '::', '0.0.0.0', '::ffff:10.0.0.1', 'fe80::1', '128.0.0.1']) {
      assert.ok(!isLoopback(address), address);
    }
  });
});

describe('a listener', () => {
  const options = { setting: 'CROSSDOCK_X', loopbackOnly: true, onClose: () => {} };
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

  it('lets a request end when it closes, and waits for no idle connection', async () => {
    let finish = () => {};
    const server = createListener((_request, response) => {
      finish = () => response.end('done');
    }, options);
    const { url } = await server.listen(local);
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    await once(idle, 'connect');
    const agent = new Agent({ keepAlive: true });
    const request = get(url, { agent });
    const answered = once(request, 'response');
    while (finish.name !== 'finish') await new Promise(setImmediate);
    const began = Date.now();
    const closed = server.close();
    finish();
    const [response] = await answered;
    response.resume();
    await closed;
    assert.ok(Date.now() - began < 3000);
    assert.equal(response.statusCode, 200);
    await assert.rejects(ask(url), { code: 'ECONNREFUSED' });
    agent.destroy();
    idle.destroy();
  });

  it('closes before it ever listened', async () => {
    await createListener(() => {}, options).close();
  });
});

describe('the partner listener', () => {
  const server = createPartnerServer({ ids, log: createRecordingLog() });
  let url = '';
  before(async () => {
    url = (await server.listen({ host: '127.0.0.1', port: 0 })).url;
  });
  after(() => server.close());

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
