import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { eventually } from '../support/eventually.ts';
import { type ChaosProxy, startProxy } from './proxy.ts';

describe('the chaos proxy', () => {
  let server: Server;
  let proxy: ChaosProxy;
  let heard = '';
  const open: Socket[] = [];

  before(async () => {
    // Answers each piece with the same in capitals.
    server = createServer({ allowHalfOpen: true }, (socket) => {
      open.push(socket);
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        heard += chunk.toString();
        socket.write(chunk.toString().toUpperCase());
      });
      socket.on('end', () => socket.end());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    proxy = await startProxy(typeof address === 'object' && address !== null ? address.port : 0);
  });
  beforeEach(() => {
    proxy.set();
    heard = '';
  });
  after(async () => {
    await proxy.close();
    for (const socket of open) socket.destroy();
    server.close();
  });

  /** Says something and hears the answer to its end. */
  async function say(words: string): Promise<string> {
    const socket = connect(proxy.port, '127.0.0.1');
    socket.end(words);
    return text(socket);
  }

  it('passes everything on', async () => {
    assert.equal(await say('begin'), 'BEGIN');
  });

  it('resets a connection after so many bytes of the server', async () => {
    proxy.set({ cutAfter: 3 });
    await assert.rejects(say('begin'), { code: 'ECONNRESET' });
  });

  it('resets a connection at certain bytes before the server sees them, so many times', async () => {
    proxy.set({ cutAt: { bytes: 'commit', delivered: false, times: 1 } });
    await assert.rejects(say('commit'), { code: 'ECONNRESET' });
    assert.equal(heard, '');
    assert.equal(await say('commit'), 'COMMIT');
  });

  it('or after it saw them, and the answer is lost', async () => {
    proxy.set({ cutAt: { bytes: 'commit', delivered: true, times: 1 } });
    await assert.rejects(say('commit'), { code: 'ECONNRESET' });
    assert.equal(heard, 'commit');
  });

  it('changes one byte', async () => {
    proxy.set({ corrupt: 2 });
    await say('begin');
    assert.equal(heard, 'beGin');
  });

  it('is late, and slow', async () => {
    const began = performance.now();
    proxy.set({ latency: 50, throttle: 200 });
    assert.equal(await say('twenty bytes of text'), 'TWENTY BYTES OF TEXT');
    const took = performance.now() - began;
    assert.ok(took >= 190, `it took ${took} ms`);
  });

  it('swallows what comes, until it does not', async () => {
    proxy.set({ blackhole: true });
    const socket = connect(proxy.port, '127.0.0.1');
    socket.write('begin');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    await once(socket, 'connect');
    assert.equal(heard, '');
    proxy.set();
    await eventually('the answer came', () => answer === 'BEGIN');
    socket.destroy();
  });

  it('lets the server hear and not be heard', async () => {
    proxy.set({ halfOpen: true });
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('error', () => {});
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.write('begin');
    await eventually('the server heard', () => heard === 'begin');
    assert.equal(answer, '');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    proxy.cut();
    await closed;
  });

  it('takes no connection', async () => {
    proxy.set({ refuse: true });
    await assert.rejects(say('begin'), { code: 'ECONNRESET' });
  });
});
