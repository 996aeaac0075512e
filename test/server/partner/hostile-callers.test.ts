import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice } from '../../support/warehouse.ts';
import { KEYS, type PartnerApi, startPartnerApi } from './support.ts';

/** Resolves when the other side has hung up, however it did. */
function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('drain', () => resolve()));
}

const LIMITS = { idle: 2_000, headers: 2_000, request: 4_000, connections: 8 };
/** What a caller says first, up to its own headers. */
const DOORS = {
  '/as2':
    'POST /as2 HTTP/1.1\r\nhost: x\r\nas2-from: WAREHOUSE\r\nas2-to: CROSSDOCK\r\nmessage-id: <1@x>\r\ncontent-type: application/edi-x12\r\n',
  '/partner/v1/documents': `POST /partner/v1/documents HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${KEYS.warehouse}\r\n`,
} as const;

describe('hostile callers of the listener for partners', function () {
  this.timeout(60_000);
  const sockets: Socket[] = [];
  let folder = '';
  let api: PartnerApi;
  let known = 0;
  before('the listener starts', async () => {
    folder = mkdtempSync(join(tmpdir(), 'crossdock-hostile-'));
    api = await startPartnerApi(folder, LIMITS);
    // The first that is stored starts threads, which on a busy machine takes longer than such a listener waits.
    const headers = { 'as2-from': 'WAREHOUSE', 'as2-to': 'CROSSDOCK', 'message-id': '<first@x>' };
    const warm = async (door: Promise<{ readonly status: number }>): Promise<boolean> =>
      door.then(
        ({ status }) => status < 300,
        () => false,
      );
    await eventually('both doors are open', async () => {
      const body = fromWarehouse(1, shippingAdvice(1));
      return (await warm(api.submit(body))) && warm(fetch(`${api.url}/as2`, { method: 'POST', body, headers }));
    });
  });
  beforeEach(async () => {
    known = (await api.test.files()).length;
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  after(async () => {
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A connection that says this, and all that it hears. */
  const call = async (text: string): Promise<{ readonly socket: Socket; heard(): string }> => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    sockets.push(socket);
    const heard: string[] = [];
    socket.on('error', () => {});
    socket.setEncoding('latin1').on('data', (piece: string) => heard.push(piece));
    await once(socket, 'connect');
    socket.write(text, 'latin1');
    return { socket, heard: () => heard.join('') };
  };
  /** Says a little again and again, sooner than anybody takes it for silence, until the other side has had enough. */
  const drip = async (text: string, little: string): Promise<string> => {
    const { socket, heard } = await call(text);
    const timer = setInterval(() => socket.write(little), 100);
    try {
      await gone(socket);
    } finally {
      clearInterval(timer);
    }
    return heard();
  };
  const answered = async (text: string): Promise<string> => {
    const { socket, heard } = await call(text);
    await gone(socket);
    return heard();
  };
  const nothingIsLeft = async (): Promise<void> => {
    assert.equal((await api.test.files()).length, known);
    await eventually('no half file is left', () => readdirSync(join(folder, 'archive/incoming')).length === 0);
  };

  for (const [path, head] of Object.entries(DOORS)) {
    describe(`at ${path}`, () => {
      it('who send a header now and then are cut off when the time for headers is over', async () => {
        assert.match(await drip(head, 'x-slow: yes\r\n'), /^HTTP\/1\.1 408 /);
        await nothingIsLeft();
      });

      it('who send a byte of the body now and then are cut off when the time for a request is over', async () => {
        await drip(`${head}content-length: 1000000\r\n\r\nISA`, '*');
        await nothingIsLeft();
      });

      it('who stop in the middle of a body are cut off as silent', async () => {
        const { socket } = await call(`${head}content-length: 1000000\r\n\r\nISA`);
        await gone(socket);
        await nothingIsLeft();
      });

      it('who stop in the middle of a chunk are cut off as silent', async () => {
        const { socket } = await call(`${head}transfer-encoding: chunked\r\n\r\nFFFFF\r\nISA`);
        await gone(socket);
        await nothingIsLeft();
      });

      it('who send chunks without an end are told that it is too much', async () => {
        const { socket, heard } = await call(`${head}transfer-encoding: chunked\r\n\r\n`);
        const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
        let sent = 0;
        for (; sent < 1_000 && !socket.destroyed; sent++) {
          if (!socket.write(chunk)) await Promise.race([drained(socket), gone(socket)]);
        }
        await gone(socket);
        assert.ok(sent < 1_000, 'all was taken');
        // Whoever still writes when he is cut off may not hear why.
        assert.match(heard(), /^(HTTP\/1\.1 413 .*)?$/s);
        await nothingIsLeft();
      });

      it('who announce more than is taken are told before they sent it', async () => {
        assert.match(
          await answered(`${head}connection: close\r\ncontent-length: 999999999\r\n\r\n`),
          /^HTTP\/1\.1 413 /,
        );
      });

      it('with headers larger than any are refused', async () => {
        assert.match(await answered(`${head}x-large: ${'x'.repeat(100_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
      });

      it('with line breaks or NUL in a header, or two lengths, are refused', async () => {
        for (const line of [
          'x-a: b\rx-injected: yes\r\n',
          'x-a: b\0c\r\n',
          'x-a : b\r\n',
          ' folded: first\r\n',
          'content-length: 3\r\ncontent-length: 4\r\n',
          'content-length: 3\r\ntransfer-encoding: chunked\r\n',
          'content-length: -1\r\n',
          'transfer-encoding: chunked, identity\r\n',
        ]) {
          const answer = await answered(`${head}${line}connection: close\r\n\r\nISA*`);
          assert.match(answer, /^HTTP\/1\.1 400 /, JSON.stringify(line));
          assert.doesNotMatch(answer, /injected/);
        }
        await nothingIsLeft();
      });
    });
  }

  it('who hold more connections than there are keep nobody out for long', async () => {
    const held = await Promise.all(Array.from({ length: 20 }, () => call('POST /as2 HTTP/1.1\r\n')));
    await eventually(
      'those that are too many are closed',
      () => held.filter(({ socket }) => socket.closed).length >= 12,
    );
    await eventually('all are closed', () => held.every(({ socket }) => socket.closed));
    const { lines } = api.test.log;
    assert.equal(lines.filter(({ sentence }) => sentence.startsWith('There are too many connections')).length, 1);
    const submit = async (): Promise<boolean> => {
      const posted = await api.submit(fromWarehouse(1, shippingAdvice(1))).catch(() => null);
      return posted?.status === 202;
    };
    await eventually('somebody else is served', submit);
  });

  it('find no other door in a path with dots, encoded or not', async () => {
    for (const path of [
      '/as2/..;/v1/events',
      '/partner/v1/documents/../../v1/events',
      '/partner/v1/documents/..%2f..%2fv1%2fevents',
      '/partner/v1/documents/%2e%2e',
      '//v1/events',
      'http://127.0.0.1/v1/events',
    ]) {
      const answer = await answered(
        `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${KEYS.warehouse}\r\n\r\n`,
      );
      assert.match(answer, /^HTTP\/1\.1 404 /, path);
    }
  });
});

describe('hostile names of documents over AS2', function () {
  this.timeout(60_000);
  const folder = tempFolder();
  let api: PartnerApi;
  beforeEach(async () => {
    api = await startPartnerApi(folder());
  });
  afterEach(() => api.stop());

  it('are data, and lead nowhere', async () => {
    const names = [
      '../../etc/passwd',
      '..\\..\\boot.ini',
      '/etc/passwd',
      'CON',
      'x'.repeat(4096),
      '\u202egnp.exe',
      '.',
    ];
    for (const [index, name] of names.entries()) {
      const body = fromWarehouse(10 + index, shippingAdvice(10 + index));
      const response = await fetch(`${api.url}/as2`, {
        method: 'POST',
        body,
        headers: {
          'as2-from': 'WAREHOUSE',
          'as2-to': 'CROSSDOCK',
          'message-id': `<${index}@names>`,
          'content-type': 'application/edi-x12',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        },
      });
      assert.ok(response.ok, `${response.status} ${name}`);
    }
    const files = await api.test.files();
    assert.equal(files.length, names.length);
    for (const { name } of files) assert.match(name, /^[^/\\\0]{1,255}$/);
    assert.deepEqual(
      readdirSync(folder())
        .filter((name) => !name.startsWith('ledger.'))
        .sort(),
      ['archive', 'partners'],
    );
  });
});
