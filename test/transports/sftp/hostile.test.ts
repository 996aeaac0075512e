import assert from 'node:assert/strict';
import type { SftpPickUp, SftpServer } from '../../../src/partners/sftp-types.ts';
import { createSftpPool, type SftpPool } from '../../../src/transports/sftp/pool.ts';
import { createSftpTransport } from '../../../src/transports/sftp/transport.ts';
import type { ReceivingTransport } from '../../../src/transports/types.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { type Behaviour, fileOf, type HostileServer, startHostileServer } from '../../support/hostile-sftp.ts';
import { createReceiver } from '../../support/receiver.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import { PICK_UP } from './sftp-place.ts';

const REGULAR = 0o100644;
const FOLDER = 0o040755;
const LINK = 0o120777;

describe('a hostile SFTP server', function () {
  this.timeout(60_000);
  let server: HostileServer;
  let pool: SftpPool;
  let log: RecordingLog;
  const running: ReceivingTransport[] = [];
  const login = (timeout = 5_000): SftpServer => ({
    host: '127.0.0.1',
    port: server.port,
    user: 'us',
    hostKeys: [server.fingerprint],
    key: null,
    passphrase: null,
    password: 'w',
    login: ['password'],
    legacy: false,
    timeout,
  });
  const attack = async (behaviour: Behaviour, pickUp: Partial<SftpPickUp> = {}, timeout?: number) => {
    server = await startHostileServer(behaviour);
    const receiver = createReceiver();
    const settings = { ...PICK_UP, depth: 1, every: 30, ...pickUp };
    const transport = createSftpTransport({
      connection: { kind: 'sftp', id: 'main', server: login(timeout), pickUp: settings, dropOff: null },
      pickUp: settings,
      partnerId: 'acme',
      timezone: 'UTC',
      pool,
      owner: 'aaaaaaaa',
      newId: () => '1',
      clock: systemClock,
      log,
      batch: 8,
    });
    running.push(transport);
    await transport.start(async (arrivals) => {
      for (const arrival of arrivals) await receiver.offer([arrival]).catch(() => {});
    });
    return receiver;
  };
  beforeEach(() => {
    log = createRecordingLog();
    const pauses = { later: [20, 100], 'after-fix': [20, 100] } as const;
    pool = createSftpPool({ secrets: () => 'hush-hush', clock: systemClock, pauses });
  });
  afterEach(async () => {
    for (const transport of running.splice(0)) await transport.stop();
    pool.close();
    server.close();
  });

  it('that lists paths instead of names has none of them asked for', async () => {
    const names = [
      '../../etc/passwd',
      '/etc/passwd',
      '..',
      '.',
      '',
      'a\0b',
      'a\nb',
      'a\\b',
      'x'.repeat(300),
      '\ufffd.edi',
    ];
    const entries = names.map((name) => ({ name, size: 3 }));
    await attack({ pages: () => [entries][Symbol.iterator]() });
    await eventually('it is told', () => log.lines.some(({ sentence }) => /names that cannot be taken/.test(sentence)));
    await eventually('it looked again', () => server.asked.filter((line) => line.startsWith('OPENDIR')).length > 2);
    assert.deepEqual(
      server.asked.filter((line) => !/^(?:OPENDIR \/out|READDIR)$/.test(line)),
      [],
    );
  });

  it('that never ends a listing is cut off', async () => {
    let given = 0;
    function* pages() {
      for (;;) yield Array.from({ length: 100 }, () => ({ name: `${given++}.edi`, size: 1 }));
    }
    server = await startHostileServer({ pages });
    const session = await pool.session(login());
    const { entries, cut } = await session.list('/out', 1_000);
    assert.deepEqual([entries.length, cut], [1_000, true]);
    assert.ok(given < 2_000);
  });

  it('that gives more bytes than it listed gives no more than it listed', async () => {
    const { seen } = await attack({
      pages: () => [[{ name: 'a.edi', size: 3 }]][Symbol.iterator](),
      facts: () => fileOf(3),
      read: (_path, _offset, length) => Buffer.alloc(length, 'x'),
    });
    await eventually('it is taken', () => seen.length > 0);
    assert.equal(seen[0]?.text, 'xxx');
  });

  it('that gives fewer bytes than it listed is not believed', async () => {
    let reads = 0;
    const { seen } = await attack({
      pages: () => [[{ name: 'a.edi', size: 100 }]][Symbol.iterator](),
      facts: () => fileOf(100),
      read: (_path, offset) => (offset === 0 && ++reads > 0 ? Buffer.from('ISA') : null),
    });
    await eventually('it was read some times', () => reads > 3);
    assert.deepEqual(seen, []);
  });

  it('that puts a link in the place of a listed file has it neither read nor removed', async () => {
    const { seen } = await attack({
      pages: () =>
        [
          [
            { name: 'a.edi', size: 3 },
            { name: 'b.edi', size: 3, mode: LINK },
          ],
        ][Symbol.iterator](),
      facts: () => ({ ...fileOf(3), mode: LINK }),
      read: () => Buffer.from('xyz'),
    });
    await eventually('it looked some times', () => server.asked.filter((line) => line.startsWith('LSTAT')).length > 3);
    assert.deepEqual(seen, []);
    assert.ok(!server.asked.some((line) => /^(?:OPEN|REMOVE) /.test(line)));
    assert.ok(!server.asked.some((line) => /b\.edi/.test(line)));
  });

  it('whose folders contain themselves is looked into as deep as agreed', async () => {
    await attack({ pages: () => [[{ name: 'again', size: 0, mode: FOLDER }]][Symbol.iterator]() });
    await eventually('it looked', () => server.asked.filter((line) => line.startsWith('OPENDIR')).length > 4);
    assert.ok(!server.asked.some((line) => /again\/again/.test(line)));
  });

  for (const silent of ['OPENDIR', 'READDIR', 'LSTAT', 'RENAME', 'READ'] as const) {
    it(`that does not answer ${silent} costs one deadline, and another connection`, async () => {
      await attack(
        {
          silent: [silent],
          pages: () => [[{ name: 'a.edi', size: 3, mode: REGULAR }]][Symbol.iterator](),
          facts: () => fileOf(3),
          read: () => Buffer.from('xyz'),
        },
        {},
        500,
      );
      await eventually('it logged in again', () => server.logins.length > 1, 30);
      const told = log.lines.map(({ details }) => JSON.stringify(details)).join('\n');
      assert.match(told, /did not answer within 1 s|connection was lost/);
      assert.ok(!told.includes('hush-hush'));
    });
  }

  it('that refuses the password is not asked again at once, and the password is in no message', async () => {
    await attack({ login: (context) => context.reject() });
    await eventually('it is told', () => log.lines.length > 0);
    assert.equal(log.lines[0]?.level, 'error');
    const told = JSON.stringify(log.lines);
    assert.match(told, /does not let us in as us/);
    assert.ok(!told.includes('hush-hush'));
  });
});
