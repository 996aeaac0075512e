import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { isPublicAddress } from '../../../src/transports/http/addresses.ts';
import { createHttpClient, type HttpAnswer } from '../../../src/transports/http/client.ts';

describe('addresses that partners may name', () => {
  const PUBLIC = ['8.8.8.8', '93.184.216.34', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'];
  const INSIDE = [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ];
  for (const address of PUBLIC) it(`are public: ${address}`, () => assert.equal(isPublicAddress(address), true));
  for (const address of INSIDE)
    it(`are not: ${address || 'nothing'}`, () => assert.equal(isPublicAddress(address), false));
});

describe('the HTTP client', () => {
  let server: Server;
  let base = '';
  let handle: RequestListener;
  let asked = 0;

  beforeEach(async () => {
    asked = 0;
    server = createServer((request, response) => {
      asked++;
      handle(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    handle = (_request, response) => response.end('{}');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = async (url: string, options: Parameters<typeof createHttpClient>[0]): Promise<HttpAnswer> => {
    const client = createHttpClient(options);
    try {
      return await client.ask({ method: 'GET', url: new URL(url), headers: {}, largest: 1000 });
    } finally {
      await client.close();
    }
  };

  const port = () => new URL(base).port;
  const SPELLINGS = ['127.0.0.1', 'localhost', '2130706433', '0', '0x7f.1', '[::ffff:127.0.0.1]', '[::1]'];
  for (const host of SPELLINGS) {
    it(`goes to no address of our own network, spelt ${host}`, async () => {
      const refused = { code: 'TARGET_REFUSED' };
      await assert.rejects(ask(`https://${host}:${port()}/`, { allowPrivate: false }), refused);
      assert.equal(asked, 0);
    });
  }

  it('goes nowhere without TLS', async () => {
    await assert.rejects(ask('http://example.com/', { allowPrivate: false }), { code: 'TARGET_REFUSED' });
  });

  it('goes without TLS with what protects itself, and with that to public addresses alone', async () => {
    const client = createHttpClient({ allowPrivate: false });
    const posted = client.ask({ method: 'POST', url: new URL(base), headers: {}, sealed: true, largest: 1000 });
    await assert.rejects(posted, { code: 'TARGET_REFUSED', message: /127\.0\.0\.1 is no public address/ });
    await client.close();
    assert.equal(asked, 0);
  });

  it('goes nowhere when a name leads to a public address and to one of our own network', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'].map((address) => ({ address, family: 4 }));
    const client = createHttpClient({
      allowPrivate: false,
      resolve: (_name, _options, callback) => callback(null, answers),
    });
    const asking = client.ask({
      method: 'GET',
      url: new URL(`https://rebound.example:${port()}/`),
      headers: {},
      largest: 1,
    });
    await assert.rejects(asking, { code: 'TARGET_REFUSED', message: /rebound\.example \(127\.0\.0\.1\)/ });
    await client.close();
    assert.equal(asked, 0);
  });

  it('looks where a name leads once for each connection, and goes to what it saw', async () => {
    let looks = 0;
    const client = createHttpClient({
      allowPrivate: false,
      // The second look would lead inside, to a server that answers.
      resolve: (_name, _options, callback) =>
        callback(null, [{ address: ++looks === 1 ? '2000::1' : '127.0.0.1', family: looks === 1 ? 6 : 4 }]),
      patience: 200,
    });
    const url = new URL(`https://rebound.example:${port()}/`);
    await assert.rejects(client.ask({ method: 'GET', url, headers: {}, largest: 1 }), {
      code: 'CONNECTION_UNAVAILABLE',
    });
    await client.close();
    assert.deepEqual([looks, asked], [1, 0]);
  });

  it('posts pieces under the length that is told, and takes an answer that comes before it was read', async () => {
    handle = (request, response) => {
      response.writeHead(413, { 'x-length': request.headers['content-length'], connection: 'close' }).end('too much');
    };
    const piece = Buffer.alloc(65_536);
    const client = createHttpClient({ allowPrivate: true });
    const answer = await client.ask({
      method: 'POST',
      url: new URL(base),
      headers: { 'content-length': String(200 * piece.length) },
      body: (async function* () {
        for (let index = 0; index < 200; index++) yield piece;
      })(),
      largest: 1000,
    });
    await client.close();
    assert.deepEqual([answer.status, answer.headers['x-length']], [413, String(200 * piece.length)]);
  });

  it('goes to our own network when the setting says so', async () => {
    assert.equal((await ask(base, { allowPrivate: true })).status, 200);
  });

  it('follows no redirect', async () => {
    handle = (_request, response) => response.writeHead(302, { location: `${base}/elsewhere` }).end();
    assert.equal((await ask(base, { allowPrivate: true })).status, 302);
    assert.equal(asked, 1);
  });

  it('takes no more than it was told to', async () => {
    handle = (_request, response) => response.end('x'.repeat(1001));
    await assert.rejects(ask(base, { allowPrivate: true }), {
      code: 'ANSWER_UNREADABLE',
      message: /more than 1000 bytes/,
    });
  });

  it('gives a silent server up', async () => {
    handle = () => {};
    const failure = { code: 'CONNECTION_UNAVAILABLE' };
    await assert.rejects(ask(base, { allowPrivate: true, patience: 100 }), failure);
    handle = (_request, response) => response.write('{');
    await assert.rejects(ask(base, { allowPrivate: true, patience: 100 }), failure);
  });

  it('tells a server that is not there', async () => {
    server.close();
    server.closeAllConnections();
    await assert.rejects(ask(base, { allowPrivate: true }), {
      code: 'CONNECTION_UNAVAILABLE',
      message: /does not answer/,
    });
  });
});
