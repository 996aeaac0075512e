import { mkdirSync } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderConnection, Ready } from '../../../src/partners/types.ts';
import { createFolderTransport } from '../../../src/transports/folder/transport.ts';
import type { ReceivingTransport } from '../../../src/transports/types.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';

/** A drop folder `out` under a data folder, with a transport that looks twenty times a second. */
export interface FolderPlace {
  readonly folder: string;
  readonly log: RecordingLog;
  readonly every: number;
  transport(): ReceivingTransport;
  /** Written elsewhere and renamed in, so that it is complete at once. */
  put(name: string, text: string): Promise<void>;
  change(name: string, text: string): Promise<void>;
  names(): Promise<readonly string[]>;
}

export function createFolderPlace(dataFolder: string, ready: Ready, pattern = '*'): FolderPlace {
  const folder = join(dataFolder, 'out');
  mkdirSync(folder, { recursive: true });
  const log = createRecordingLog();
  const every = 50;
  const pickUp = { folder: 'out', pattern };
  const connection: FolderConnection = { kind: 'folder', id: 'main', pickUp, dropOff: null, every, ready };
  const put = async (name: string, text: string): Promise<void> => {
    const outside = join(dataFolder, 'being-written');
    await writeFile(outside, text);
    await rename(outside, join(folder, name));
    if (ready.by === 'marker') await writeFile(join(folder, `${name}${ready.suffix}`), '');
  };
  return {
    folder,
    log,
    every,
    transport: () =>
      createFolderTransport({
        connection,
        pickUp,
        partnerId: 'acme',
        dataFolder,
        clock: systemClock,
        log,
        batch: 8,
      }),
    put,
    change: (name, text) => put(name, text),
    names: () => readdir(folder),
  };
}
