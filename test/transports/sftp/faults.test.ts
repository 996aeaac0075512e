import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { openSqliteLedger } from '../../../src/ledger/sqlite.ts';
import type { Ledger } from '../../../src/ledger/types.ts';
import type { SftpServer } from '../../../src/partners/sftp-types.ts';
import { createBreaker } from '../../../src/transports/breaker.ts';
import { createSftpPool, type SftpPool } from '../../../src/transports/sftp/pool.ts';
import type { ReceivingTransport } from '../../../src/transports/types.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createIds } from '../../../src/util/ids.ts';
import { type ConnectionFaults, createConnectionFaults } from '../../../src/work/connection-faults.ts';
import { eventually } from '../../support/eventually.ts';
import { createReceiver } from '../../support/receiver.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { withServer } from '../../support/servers/server.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { createSftpPlace, poolOf, type SftpPlace } from './sftp-place.ts';

const NAME = 'sftp:acme/main';
const PLAN = { tries: 3, first: 20, longest: 100, whole: null };

describe('an SFTP connection that does not work', function () {
  this.timeout(120_000);
  const sshd = withServer(SSHD);
  let ledger: Ledger;
  let faults: ConnectionFaults;
  let pool: SftpPool;
  const running: ReceivingTransport[] = [];
  beforeEach(async () => {
    const place = createSftpPlace(sshd(), poolOf(sshd().key));
    ledger = await openSqliteLedger({ file: `${place.folder}.ledger`, ids: createIds(systemClock) });
    faults = createConnectionFaults({ ledger, clock: systemClock, log: createRecordingLog() });
  });
  afterEach(async () => {
    await stop();
    await faults.recorded();
    await ledger.close();
  });

  async function stop(): Promise<void> {
    for (const transport of running.splice(0)) await transport.stop();
    pool?.close();
  }
  async function start(login: Partial<SftpServer> = {}, key = sshd().key): Promise<SftpPlace> {
    const pauses = { later: [20, 100], 'after-fix': [20, 100] } as const;
    pool = createSftpPool({ secrets: () => key, clock: systemClock, pauses });
    const place = createSftpPlace(sshd(), pool, {}, login);
    const transport = place.transport({ breaker: createBreaker({ plan: PLAN, watch: faults.watch(NAME, 'acme') }) });
    running.push(transport);
    await transport.start(createReceiver().offer);
    return place;
  }
  const exceptions = async () =>
    (await ledger.exceptions({}, null, 9)).items.map(({ code, scope, state }) => [code, scope, state]);
  const becomes = (...expected: readonly (readonly string[])[]) =>
    eventually(
      `the exceptions are ${JSON.stringify(expected)}`,
      async () => JSON.stringify(await exceptions()) === JSON.stringify(expected),
      60,
    );

  it('is one exception while the server shows another key, until the right one is pinned', async () => {
    await start({ hostKeys: ['A'.repeat(43)] });
    await becomes(['HOST_KEY_CHANGED', NAME, 'open']);
    assert.deepEqual(
      faults.broken().map(({ connection, code }) => [connection, code]),
      [[NAME, 'HOST_KEY_CHANGED']],
    );
    await stop();
    await start();
    await becomes(['HOST_KEY_CHANGED', NAME, 'resolved']);
    assert.deepEqual(faults.broken(), []);
  });

  it('is one exception while the server refuses our login', async () => {
    await start({ user: 'nobody-of-this-name' });
    await becomes(['CONNECTION_LOGIN', NAME, 'open']);
  });

  it('is one exception after three looks at a server that is away, until it is back', async () => {
    // Nobody listens at the port of echo here.
    await start({ port: 7 });
    await becomes(['CONNECTION_UNAVAILABLE', NAME, 'open']);
    await stop();
    await start();
    await becomes(['CONNECTION_UNAVAILABLE', NAME, 'resolved']);
  });

  it('is one exception while the folder is not there', async () => {
    const place = await start();
    renameSync(place.folder, `${place.folder}.away`);
    await becomes(['PICK_UP_DENIED', NAME, 'open']);
    renameSync(`${place.folder}.away`, place.folder);
    await becomes(['PICK_UP_DENIED', NAME, 'resolved']);
  });

  it('is over when there is no such connection any more', async () => {
    await start({ user: 'nobody-of-this-name' });
    await becomes(['CONNECTION_LOGIN', NAME, 'open']);
    await stop();
    faults.keepOnly(['sftp:acme/other']);
    await becomes(['CONNECTION_LOGIN', NAME, 'resolved']);
  });
});
