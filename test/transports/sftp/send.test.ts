import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SftpDropOff } from '../../../src/partners/sftp-types.ts';
import type { SftpPool } from '../../../src/transports/sftp/pool.ts';
import { createSftpSender } from '../../../src/transports/sftp/send.ts';
import type { SendingTransport } from '../../../src/transports/types.ts';
import { failureOfSend, outgoing, sendingTransportContract } from '../../contracts/sending-transport.ts';
import { withServer } from '../../support/servers/server.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { DROP_OFF, poolOf, serverOf } from './sftp-place.ts';

describe('sending to an SFTP server', function () {
  this.timeout(60_000);
  const sshd = withServer(SSHD);
  let pool: SftpPool;
  let folder: string;
  const sender = (settings: Partial<SftpDropOff> = {}): SendingTransport =>
    createSftpSender({
      connectionId: 'main',
      partnerId: 'acme',
      server: serverOf(sshd()),
      dropOff: { ...DROP_OFF, folder, ...settings },
      pool,
    });
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  beforeEach(() => {
    pool = poolOf(sshd().key);
    folder = sshd().makeFolder();
  });
  afterEach(() => pool.close());

  sendingTransportContract('sftp', () => ({
    transport: () => sender(),
    names: async () => readdirSync(folder),
    text: async (name) => text(name),
    put: async (name, content) => writeFileSync(join(folder, name), content),
    close: async () => sshd().forbid(folder),
    open: async () => sshd().allow(folder),
  }));

  it('puts a done file beside each one', async () => {
    await sender({ done: '.done' }).send(outgoing('a.edi', 'one'));
    assert.deepEqual(readdirSync(folder).sort(), ['a.edi', 'a.edi.done']);
    assert.equal(text('a.edi.done'), '');
  });

  it('writes in another folder first, where that is agreed', async () => {
    const temporary = sshd().makeFolder();
    writeFileSync(join(temporary, 'a.edi'), 'half of an earlier attempt');
    chmodSync(join(temporary, 'a.edi'), 0o666);
    await sender({ temporary: { folder: temporary } }).send(outgoing('a.edi', 'one'));
    assert.deepEqual([readdirSync(folder), readdirSync(temporary)], [['a.edi'], []]);
    assert.equal(text('a.edi'), 'one');
  });

  it('writes over what an earlier attempt left', async () => {
    writeFileSync(join(folder, 'a.edi.writing'), 'half of an earlier attempt');
    chmodSync(join(folder, 'a.edi.writing'), 0o666);
    await sender().send(outgoing('a.edi', 'one'));
    assert.deepEqual(readdirSync(folder), ['a.edi']);
    assert.equal(text('a.edi'), 'one');
  });

  it('replaces a file of that name where that is agreed', async () => {
    writeFileSync(join(folder, 'a.edi'), 'two');
    await sender({ exists: 'replace' }).send(outgoing('a.edi', 'one'));
    assert.deepEqual(readdirSync(folder), ['a.edi']);
    assert.equal(text('a.edi'), 'one');
  });

  it('gives our file another name where that is agreed, the same at each attempt', async () => {
    writeFileSync(join(folder, 'a.edi'), 'two');
    const first = await sender({ exists: 'rename' }).send(outgoing('a.edi', 'one'));
    const second = await sender({ exists: 'rename' }).send(outgoing('a.edi', 'one'));
    assert.deepEqual(second, first);
    assert.deepEqual(readdirSync(folder).sort(), ['a-7692c3ad.edi', 'a.edi']);
    assert.deepEqual([text('a.edi'), text('a-7692c3ad.edi')], ['two', 'one']);
  });

  it('gives files the permissions that were agreed', async () => {
    await sender({ permissions: 0o604 }).send(outgoing('a.edi', 'one'));
    assert.equal(statSync(join(folder, 'a.edi')).mode & 0o777, 0o604);
  });

  it('says that somebody must act when the folder is missing', async () => {
    assert.equal(
      await failureOfSend(sender({ folder: join(folder, 'none') }).send(outgoing('a.edi', 'one'))),
      'config',
    );
  });

  it('is transient when the server goes away in the middle, and the next attempt leaves one whole file', async () => {
    const bytes = Buffer.alloc(4_000_000, 'ISA*');
    const file = outgoing('a.edi', bytes);
    const cut = {
      ...file,
      async *open() {
        let given = 0;
        for await (const chunk of file.open()) {
          yield chunk;
          given += chunk.length;
          if (given === 2_000_000) sshd().cutConnections();
        }
      },
    };
    assert.equal(await failureOfSend(sender().send(cut)), 'transient');
    assert.ok(!readdirSync(folder).includes('a.edi'));
    await sender().send(file);
    assert.deepEqual(readdirSync(folder), ['a.edi']);
    assert.ok(readFileSync(join(folder, 'a.edi')).equals(bytes));
  });
});
