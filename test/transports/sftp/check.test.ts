import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../../../src/errors.ts';
import type { SftpConnection, SftpServer } from '../../../src/partners/sftp-types.ts';
import type { CheckStep } from '../../../src/transports/check.ts';
import { checkSftp } from '../../../src/transports/sftp/check.ts';
import { withServer } from '../../support/servers/server.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { inShort as short, stepsOf } from '../check-steps.ts';
import { DROP_OFF, PICK_UP, serverOf } from './sftp-place.ts';

describe('checking a connection to an SFTP server', function () {
  this.timeout(60_000);
  const sshd = withServer(SSHD);
  let folder: string;
  beforeEach(() => {
    folder = sshd().makeFolder();
    mkdirSync(join(folder, 'in'));
    sshd().allow(join(folder, 'in'));
  });
  const check = async (
    server: Partial<SftpServer> = {},
    secrets: (name: string) => string = () => sshd().key,
    folders: { readonly out?: string; readonly in?: string } = {},
  ): Promise<readonly CheckStep[]> => {
    const connection: SftpConnection = {
      kind: 'sftp',
      id: 'main',
      server: { ...serverOf(sshd()), ...server },
      pickUp: { ...PICK_UP, folder: folders.out ?? folder },
      dropOff: { ...DROP_OFF, folder: folders.in ?? join(folder, 'in') },
    };
    return stepsOf(checkSftp(connection, secrets));
  };
  const before = ['secrets ok', 'name ok', 'port ok'];

  it('is ok at every step where all is well, and leaves nothing behind', async () => {
    writeFileSync(join(folder, 'a.edi'), 'one');
    const steps = await check();
    assert.deepEqual(short(steps), [
      ...before,
      'host key ok',
      'login ok',
      'list ok',
      'read ok',
      'take away ok',
      'write ok',
    ]);
    assert.match(steps[5]?.says ?? '', /holds 1 files/);
    assert.deepEqual([readdirSync(folder).sort(), readdirSync(join(folder, 'in'))], [['a.edi', 'in'], []]);
  });

  it('says that a secret has no value', async () => {
    const none = (): string => {
      throw new GatewayError('SECRET_MISSING', 'There is no secret "test-key".');
    };
    assert.deepEqual(short(await check({}, none)), ['secrets ours']);
  });

  it('says that the name leads nowhere', async () => {
    assert.deepEqual(short(await check({ host: 'no-such-host.invalid' })), ['secrets ok', 'name ours']);
  });

  it('says that nobody answers at the port', async () => {
    assert.deepEqual(short(await check({ port: 1 })), ['secrets ok', 'name ok', 'port theirs']);
  });

  it('says that the host key is another', async () => {
    assert.deepEqual(short(await check({ hostKeys: ['A'.repeat(43)] })), [...before, 'host key ours']);
  });

  it('says that the login is refused', async () => {
    assert.deepEqual(short(await check({ user: 'no-such-user' })), [...before, 'login theirs']);
  });

  it('says that the folders are not there', async () => {
    const [out, into] = [join(folder, 'none'), join(folder, 'neither')];
    const steps = await check({}, undefined, { out, in: into });
    assert.deepEqual(short(steps).slice(-2), ['list theirs', 'write theirs']);
    assert.match(steps.at(-1)?.fix?.what ?? '', /The partner makes .*neither/);
  });

  it('says that we may neither take files away nor write', async () => {
    sshd().forbid(folder);
    sshd().forbid(join(folder, 'in'));
    const steps = await check();
    assert.deepEqual(short(steps).slice(-3), ['list ok', 'take away theirs', 'write theirs']);
  });
});
