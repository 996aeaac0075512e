import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createFolderArchive } from '../../src/archive/folder.ts';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { createInboundRoad, type InboundRoad } from '../../src/inbound/index.ts';
import { replayNext } from '../../src/inbound/replay.ts';
import type { NewReplay, ReplayRow } from '../../src/ledger/replay-types.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import type { FileRow, Ledger } from '../../src/ledger/types.ts';
import { type Configuration, loadConfiguration } from '../../src/partners/configuration.ts';
import type { Arrival } from '../../src/transports/types.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { CHECKOUT } from './crossdock.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';
import { RETRY } from './retry.ts';
import { writeFiles } from './temp-folder.ts';
import { CARRIER, WAREHOUSE } from './warehouse.ts';

/** The inbound road with a ledger and an archive of its own, worked step by step without a dispatcher. */
export interface TestRoad {
  readonly ledger: Ledger;
  readonly road: InboundRoad;
  readonly configuration: Configuration;
  readonly log: RecordingLog;
  /** Files come from the warehouse, by name. */
  receive(files: Readonly<Record<string, string | Buffer>>): Promise<void>;
  /** Splits and translates everything that is due. */
  workOff(): Promise<void>;
  files(): Promise<readonly FileRow[]>;
  /** Files of the warehouse's folder are written, and the configuration is read anew. */
  reconfigure(files: Readonly<Record<string, string>>): Promise<void>;
  /** Reads documents again until the replay has ended, and answers it. */
  replay(request?: Partial<NewReplay>): Promise<ReplayRow>;
}

/** Makes one in an empty folder. Close its ledger afterwards. `warehouse` and `carrier` are partner files. */
export async function createTestRoad(folder: string, warehouse = WAREHOUSE, carrier = CARRIER): Promise<TestRoad> {
  const clock = systemClock;
  const ids = createIds(clock);
  const log = createRecordingLog();
  await writeFiles(join(folder, 'partners'), {
    'warehouse/partner.yaml': warehouse,
    'carrier/partner.yaml': carrier,
  });
  const folders = { maps: join(CHECKOUT, 'maps'), partners: join(folder, 'partners') };
  const configuration = await loadConfiguration(folders, createDictionaries());
  let current = configuration;
  const ledger = await openSqliteLedger({ file: join(folder, 'ledger.sqlite'), ids });
  const archive = await createFolderArchive({ folder: join(folder, 'archive') });
  const parts = {
    ledger,
    archive,
    clock,
    ids,
    log,
    configuration: () => current,
    retry: RETRY,
    ring: () => {},
    acknowledged: () => {},
    published: () => {},
  };
  const road = createInboundRoad(parts);

  const work = async (kind: 'split' | 'translate'): Promise<void> => {
    for (;;) {
      const claims = await ledger.claim(kind, 500, clock.now(), 60_000);
      if (claims.length === 0) return;
      await road.handlers[kind](claims);
    }
  };
  return {
    ledger,
    road,
    configuration,
    log,
    receive: (files) => {
      const arrivals = Object.entries(files).map(([name, content]) => arrival(name, Buffer.from(content)));
      return road.receive({ connection: 'folder:warehouse/main', partnerId: 'warehouse' }, arrivals);
    },
    async workOff() {
      await work('split');
      await work('translate');
    },
    async reconfigure(files) {
      await writeFiles(join(folder, 'partners', 'warehouse'), files);
      current = await loadConfiguration(folders, createDictionaries());
      assert.deepEqual(current.problems, []);
    },
    async replay(request = {}) {
      const { id } = await ledger.requestReplay({
        id: ids('rpl'),
        createdAt: clock.now(),
        actor: 'tester',
        because: '',
        filter: {},
        map: null,
        dryRun: false,
        rate: 10_000,
        ...request,
      });
      for (;;) {
        const row = await ledger.replay(id);
        assert.ok(row !== null);
        if (row.endedAt !== null) return row;
        await replayNext({ ...parts, clock: { now: () => clock.now() + 3_600_000 } });
      }
    },
    async files() {
      const all: FileRow[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<Ledger['files']>> = await ledger.files({}, cursor, 200);
        all.push(...page.items);
        cursor = page.next;
      } while (cursor !== null);
      return all;
    },
  };
}

function arrival(name: string, bytes: Buffer): Arrival {
  return {
    sourceKey: name,
    name,
    size: bytes.length,
    async *open() {
      yield bytes;
    },
    take: async () => true,
  };
}
