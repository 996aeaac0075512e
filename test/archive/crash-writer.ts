import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createFolderArchive } from '../../src/archive/folder.ts';

/** Stores random bytes of many sizes until it is killed; prints the hash of each that was acknowledged. */
const [folder = ''] = process.argv.slice(2);
const archive = await createFolderArchive({ folder });

async function* chunks(count: number): AsyncGenerator<Buffer> {
  for (let chunk = 0; chunk < count; chunk++) yield randomBytes(60_000);
}

for (let count = 1; ; count = (count % 12) + 1) {
  const stored = await Promise.all([archive.put(chunks(count), 1e9), archive.put(chunks(1), 1e9)]);
  for (const { sha256 } of stored) writeSync(1, `${sha256}\n`);
}
