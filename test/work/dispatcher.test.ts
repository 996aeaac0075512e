import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresLedger } from '../../src/ledger/postgres.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { createIds } from '../../src/util/ids.ts';
import { createBells } from '../../src/work/bell.ts';
import { openRedisBells } from '../../src/work/redis-bells.ts';
import { dispatcherContract } from '../contracts/dispatcher.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { POSTGRES } from '../support/servers/postgres.ts';
import { REDIS } from '../support/servers/redis.ts';
import { withServer } from '../support/servers/server.ts';

const folders: string[] = [];

after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

dispatcherContract('in process, on SQLite', async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-work-'));
  folders.push(folder);
  const ledger = await openSqliteLedger({ file: join(folder, 'ledger.db'), ids: createIds(clock) });
  return { ledger, bells: async () => createBells() };
});

describe('many processes', () => {
  const postgres = withServer(POSTGRES);
  const redis = withServer(REDIS);
  let opened = 0;

  dispatcherContract('BullMQ, on PostgreSQL', async (clock) => {
    const ledger = await openPostgresLedger({ url: await postgres().createDatabase(), ids: createIds(clock) });
    const prefix = `test-${++opened}`;
    return { ledger, bells: () => openRedisBells({ url: redis().url, log: createRecordingLog(), prefix }) };
  });
});
