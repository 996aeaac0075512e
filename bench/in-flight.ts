import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolderArchive } from '../src/archive/folder.ts';
import { createDictionaries } from '../src/edi/dictionary/index.ts';
import { createInboundRoad } from '../src/inbound/index.ts';
import { openSqliteLedger } from '../src/ledger/sqlite.ts';
import { loadConfiguration } from '../src/partners/configuration.ts';
import { loadSettings } from '../src/settings/settings.ts';
import { systemClock } from '../src/util/clock.ts';
import { createIds } from '../src/util/ids.ts';

/** Longer than any benchmark: nobody may wait for the leases to run out by themselves. */
const LEASE = 3_600_000;
/** As many as a gateway has claimed at a time. */
const CLAIMED = 250;

/**
 * A process that receives and splits files in a data folder, claims the first of their documents, and is killed as by
 * `kill -9`. Its arguments: the folders of data, partners and maps, the partner, and the files.
 */
const [data = '', partners = '', maps = '', partnerId = '', ...files] = process.argv.slice(2);
const ids = createIds(systemClock);
const ledger = await openSqliteLedger({ file: join(data, 'ledger.sqlite'), ids });
const configuration = await loadConfiguration({ maps, partners }, createDictionaries());
const road = createInboundRoad({
  ledger,
  archive: await createFolderArchive({ folder: join(data, 'archive') }),
  clock: systemClock,
  ids,
  log: { info: () => {}, warn: console.warn, error: console.error },
  configuration: () => configuration,
  retry: loadSettings({ configFolder: data, environment: {} }).settings.retry,
  ring: () => {},
  acknowledged: () => {},
  published: () => {},
});
for (const path of files) {
  const bytes = await readFile(path);
  const open = async function* (): AsyncGenerator<Buffer> {
    yield bytes;
  };
  const arrival = { sourceKey: path, name: path, size: bytes.length, open, take: async () => true };
  await road.receive({ connection: `folder:${partnerId}/main`, partnerId }, [arrival]);
  await road.handlers.split(await ledger.claim('split', 1, systemClock.now(), LEASE));
}
await ledger.claim('translate', CLAIMED, systemClock.now(), LEASE);
process.kill(process.pid, 'SIGKILL');
