import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './stage.ts';

/** The archive has the bytes of every file of the ledger, nothing else, and nothing half-written. */
export async function assertNoOrphans({ place, gateway }: Stage): Promise<void> {
  const folder = join(place.data, 'archive');
  const hashes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('/', ''));
  const files = await gateway.allFiles();
  assert.deepEqual(hashes.sort(), [...new Set(files.map(({ sha256 }) => sha256))].sort());
}
