import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { SftpServer } from '../../../src/partners/sftp-types.ts';
import { connectSftp } from '../../../src/transports/sftp/connect.ts';
import { createSftpPool } from '../../../src/transports/sftp/pool.ts';
import { type Behaviour, type HostileServer, startHostileServer } from '../../support/hostile-sftp.ts';
import { needs, withServer } from '../../support/servers/server.ts';
import { SSHD, type SshServer } from '../../support/servers/sshd.ts';
import { serverOf } from './sftp-place.ts';

/** The code of a failed login, `in` after a good one. */
async function codeOf(server: SftpServer, secrets: Readonly<Record<string, string>>): Promise<string> {
  try {
    (await connectSftp(server, (name) => secrets[name] ?? '')).close();
    return 'in';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

describe('the host key of an SFTP server', function () {
  this.timeout(60_000);
  const sshd = withServer(SSHD);
  const login = (hostKeys: readonly string[]): Promise<string> =>
    codeOf({ ...serverOf(sshd()), hostKeys }, { 'test-key': sshd().key });
  const other = 'A'.repeat(43);

  it('lets us in when it is pinned, alone or among others', async () => {
    const [ed25519 = ''] = sshd().hostKeys;
    assert.equal(await login([ed25519]), 'in');
    assert.equal(await login([other, ed25519]), 'in');
  });

  it('lets us in when a key is pinned that the server does not show first', async () => {
    const [, rsa = ''] = sshd().hostKeys;
    assert.equal(await login([rsa]), 'in');
  });

  it('ends the connection when it is not pinned', async () => {
    assert.equal(await login([other]), 'HOST_KEY_CHANGED');
  });

  it('is told with its fingerprint, so that it can be compared', async () => {
    const [ed25519 = ''] = sshd().hostKeys;
    const server = { ...serverOf(sshd()), hostKeys: [other] };
    await assert.rejects(
      connectSftp(server, () => sshd().key),
      (error: Error) => {
        assert.ok(error.message.includes(`ssh-ed25519 key SHA256:${ed25519}`), error.message);
        return true;
      },
    );
  });
});

describe('a host key that is replaced', function () {
  this.timeout(120_000);
  needs(SSHD.software);
  let sshd: SshServer;
  before(async () => {
    sshd = await SSHD.own();
  });
  after(() => sshd?.stop());

  it('keeps us out until the new one is pinned, which may be done before', async () => {
    const pinned = serverOf(sshd);
    const secrets = { 'test-key': sshd.key };
    assert.equal(await codeOf(pinned, secrets), 'in');
    const [next = ''] = await sshd.changeHostKeys();
    assert.equal(await codeOf(pinned, secrets), 'HOST_KEY_CHANGED');
    assert.equal(await codeOf({ ...pinned, hostKeys: [...pinned.hostKeys, next] }, secrets), 'in');
  });
});

describe('logging in to an SFTP server', function () {
  this.timeout(60_000);
  let server: HostileServer;
  const serve = async (behaviour: Behaviour): Promise<SftpServer> => {
    server = await startHostileServer(behaviour);
    return {
      host: '127.0.0.1',
      port: server.port,
      user: 'us',
      hostKeys: [server.fingerprint],
      key: null,
      passphrase: null,
      password: 'word',
      login: ['password'],
      legacy: false,
      timeout: 10_000,
    };
  };
  const only =
    (method: string): NonNullable<Behaviour['login']> =>
    (context) => {
      if (context.method === method) context.accept();
      else context.reject();
    };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const PEM = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const LOCKED = privateKey
    .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'open' })
    .toString();
  afterEach(() => server.close());

  it('works by password', async () => {
    const login = await serve({
      login: (context) =>
        context.method === 'password' && context.password === 'hush' ? context.accept() : context.reject(),
    });
    assert.equal(await codeOf(login, { word: 'hush' }), 'in');
    assert.equal(await codeOf(login, { word: 'wrong' }), 'CONNECTION_LOGIN');
  });

  it('works by a key, and by one that a passphrase opens', async () => {
    const login = { ...(await serve({ login: only('publickey') })), key: 'k', login: ['key'] } as const;
    assert.equal(await codeOf(login, { k: PEM }), 'in');
    assert.equal(await codeOf({ ...login, passphrase: 'p' }, { k: LOCKED, p: 'open' }), 'in');
    assert.equal(await codeOf({ ...login, passphrase: 'p' }, { k: LOCKED, p: 'wrong' }), 'CONNECTION_LOGIN');
    assert.equal(await codeOf(login, { k: LOCKED }), 'CONNECTION_LOGIN');
    assert.equal(await codeOf(login, { k: 'no key at all' }), 'CONNECTION_LOGIN');
  });

  it('works by keyboard-interactive, and only where that is agreed', async () => {
    const answers: string[][] = [];
    const login = await serve({
      login: (context) => {
        if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
        context.prompt(
          [
            { prompt: 'Password: ', echo: false },
            { prompt: 'Your name: ', echo: true },
          ],
          (given) => {
            answers.push([...given]);
            context.accept();
          },
        );
      },
    });
    assert.equal(await codeOf(login, { word: 'hush' }), 'CONNECTION_LOGIN');
    assert.equal(await codeOf({ ...login, login: ['password', 'keyboard-interactive'] }, { word: 'hush' }), 'in');
    assert.deepEqual(answers, [['hush', '']]);
  });

  it('tries the ways in the order that was agreed', async () => {
    const login = { ...(await serve({ login: only('publickey') })), key: 'k', login: ['password', 'key'] } as const;
    assert.equal(await codeOf(login, { k: PEM, word: 'hush' }), 'in');
    const ways = server.logins.filter((way) => !way.startsWith('none'));
    assert.deepEqual([...new Set(ways)], ['password us', 'publickey us']);
  });

  it('takes old algorithms only where that is agreed', async () => {
    const login = await serve({
      algorithms: { kex: ['diffie-hellman-group14-sha1'], cipher: ['aes128-cbc'], hmac: ['hmac-sha1'] },
    });
    assert.equal(await codeOf(login, { word: 'hush' }), 'CONNECTION_ALGORITHMS');
    assert.equal(await codeOf({ ...login, legacy: true }, { word: 'hush' }), 'in');
  });

  it('sends nothing of ours before the host key was compared', async () => {
    const login = { ...(await serve({})), hostKeys: ['A'.repeat(43)] };
    assert.equal(await codeOf(login, { word: 'hush' }), 'HOST_KEY_CHANGED');
    assert.deepEqual(server.logins, []);
  });
});

describe('where no SFTP server is', function () {
  this.timeout(60_000);
  const nowhere: SftpServer = {
    host: '127.0.0.1',
    port: 1,
    user: 'us',
    hostKeys: ['A'.repeat(43)],
    key: null,
    passphrase: null,
    password: 'word',
    login: ['password'],
    legacy: false,
    timeout: 300,
  };
  const listening: Server[] = [];
  const listen = async (talk: (write: (text: string) => void) => void): Promise<number> => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      talk((text) => socket.write(text));
    });
    listening.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  afterEach(() => {
    for (const server of listening.splice(0)) server.close();
  });

  it('a name that leads nowhere, a closed port, a silent one and another protocol may pass by themselves', async () => {
    const secrets = { word: 'hush' };
    assert.equal(await codeOf({ ...nowhere, host: 'no-such-host.invalid' }, secrets), 'CONNECTION_UNAVAILABLE');
    assert.equal(await codeOf(nowhere, secrets), 'CONNECTION_UNAVAILABLE');
    assert.equal(await codeOf({ ...nowhere, port: await listen(() => {}) }, secrets), 'CONNECTION_UNAVAILABLE');
    const web = await listen((write) => write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    assert.equal(await codeOf({ ...nowhere, port: web }, secrets), 'CONNECTION_UNAVAILABLE');
  });

  it('nobody knocks again until some time is over, longer each time', async () => {
    let knocks = 0;
    const port = await listen(() => knocks++);
    let now = 1_000_000;
    const pool = createSftpPool({ secrets: () => 'hush', clock: { now: () => now } });
    const server = { ...nowhere, port, timeout: 50 };
    const knock = (): Promise<unknown> => assert.rejects(pool.session(server), /hung up|does not answer/);
    await knock();
    await knock();
    assert.equal(knocks, 1);
    now += 1_000;
    await knock();
    now += 1_000;
    await knock();
    assert.equal(knocks, 2);
    now += 1_000;
    await knock();
    assert.equal(knocks, 3);
    pool.close();
  });
});
