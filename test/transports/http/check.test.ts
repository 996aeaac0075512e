import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { checkServer } from '../../../src/transports/http/check.ts';
import { checkListener } from '../../../src/transports/http/check-listener.ts';
import { createHttpClient, type HttpClient } from '../../../src/transports/http/client.ts';
import { inShort, stepsOf } from '../check-steps.ts';
import { startTlsServer, type TlsServer } from './tls-server.ts';

describe("checking a partner's server", () => {
  const servers: TlsServer[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.stop();
  });
  const start = async (options?: Parameters<typeof startTlsServer>[1]): Promise<TlsServer> => {
    const server = await startTlsServer((_request, response) => response.end(), options);
    servers.push(server);
    return server;
  };
  const check = (url: string, allowPrivate = true) =>
    stepsOf(checkServer(new URL(url), { key: 'url', allowPrivate, sealed: false }));
  const reached = ['name ok', 'port ok'];

  it('is ok at name, port and certificate', async () => {
    const server = await start();
    server.trust();
    const steps = await check(`https://localhost:${server.port}/`);
    assert.deepEqual(inShort(steps), [...reached, 'TLS ok']);
    assert.match(steps[2]?.says ?? '', /^TLSv1\.3, and the certificate of the server is good for 364 days$/);
  });

  it('tells a certificate that ends soon', async () => {
    const server = await start({ days: 5 });
    server.trust();
    const [, , tls] = await check(`https://localhost:${server.port}/`);
    assert.match(tls?.says ?? '', /ends in 4 days, and the partner should know/);
  });

  it('says that the certificate has ended', async () => {
    const server = await start({ days: -1 });
    server.trust();
    const [, , tls] = await check(`https://localhost:${server.port}/`);
    assert.deepEqual(tls?.fix, { turn: 'theirs', what: 'The partner renews the certificate of its server.' });
  });

  it('says that nobody vouches for the certificate', async () => {
    const server = await start();
    const [, , tls] = await check(`https://localhost:${server.port}/`);
    assert.match(tls?.fix?.what ?? '', /known authority.*NODE_EXTRA_CA_CERTS/);
  });

  it('says that the certificate is for another name', async () => {
    const server = await start({ commonName: 'edi.example' });
    server.trust();
    const [, , tls] = await check(`https://localhost:${server.port}/`);
    assert.match(tls?.fix?.what ?? '', /The partner tells the name that its certificate is for/);
  });

  it('says that the port speaks no TLS', async () => {
    const plain = createServer((_request, response) => response.end());
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const { port }: { port: number } = Object(plain.address());
    const steps = await check(`https://localhost:${port}/`);
    plain.close();
    assert.deepEqual(inShort(steps), [...reached, 'TLS theirs']);
    assert.match(steps[2]?.fix?.what ?? '', /whether the port is the one for TLS/);
  });

  it('says that the name leads nowhere, and that nobody answers at the port', async () => {
    assert.deepEqual(inShort(await check('https://no-such-host.invalid/')), ['name ours']);
    assert.deepEqual(inShort(await check('https://localhost:1/')), ['name ok', 'port theirs']);
  });

  it('says that the address is one of our own network, and knocks nowhere', async () => {
    let knocks = 0;
    const server = await startTlsServer(() => knocks++);
    servers.push(server);
    const steps = await check(`https://localhost:${server.port}/`, false);
    assert.deepEqual(inShort(steps), ['name ours']);
    assert.match(steps[0]?.says ?? '', /localhost \((127\.0\.0\.1|::1)\) is no public address/);
    assert.equal(knocks, 0);
  });
});

describe('checking how a partner posts documents to us', () => {
  let client: HttpClient;
  before(() => {
    client = createHttpClient({ allowPrivate: true });
  });
  after(() => client.close());
  const KEY = { id: 'k7d2p4qx', sha256: 'A'.repeat(43) };
  const connection = { kind: 'http', id: 'api', keys: [KEY], signed: 'hook', largest: 1000 } as const;

  it('is ok with a key, the secret of signatures, and a listener that answers', async () => {
    const server = createServer((_request, response) => response.end('{"live":true}'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port }: { port: number } = Object(server.address());
    const listener = { host: '0.0.0.0', port };
    const steps = await stepsOf(checkListener(connection, { secrets: () => 'x', client, listener }));
    server.close();
    assert.deepEqual(inShort(steps), ['keys ok', 'secrets ok', 'listener ok']);
  });

  it('says that there is no key, and that nobody listens', async () => {
    const none = { ...connection, keys: [], signed: null };
    const listener = { host: '127.0.0.1', port: 1 };
    const steps = await stepsOf(checkListener(none, { secrets: () => 'x', client, listener }));
    assert.deepEqual(inShort(steps), ['keys ours', 'listener ours']);
    assert.match(steps[1]?.fix?.what ?? '', /Start the gateway/);
  });
});
