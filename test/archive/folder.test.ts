import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createFolderArchive } from '../../src/archive/folder.ts';
import { wholeBlob } from '../../src/archive/unchanged.ts';
import { archiveContract, inChunks } from '../contracts/archive.ts';

const WRITER = fileURLToPath(new URL('crash-writer.ts', import.meta.url));
const KILLS = 5;
const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-archive-'));
  folders.push(folder);
  return join(folder, 'data', 'archive');
}

after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

archiveContract('folder', async () => createFolderArchive({ folder: await newFolder() }));

describe('the archive folder', () => {
  const bytes = Buffer.from('ISA*00*          *00*');
  const path = (folder: string, sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2));
  const put = async (folder: string, size = 3) =>
    (await createFolderArchive({ folder })).put(inChunks(bytes, size), 1000);

  it('keeps bytes under their hash, for their owner only', async () => {
    const folder = await newFolder();
    const { sha256 } = await put(folder);
    assert.equal((await stat(path(folder, sha256))).mode & 0o777, 0o600);
    assert.equal((await stat(join(folder, sha256.slice(0, 2)))).mode & 0o777, 0o700);
  });

  it('does not write the same bytes again', async () => {
    const folder = await newFolder();
    const { sha256 } = await put(folder);
    const before = await stat(path(folder, sha256));
    await put(folder, 50);
    assert.equal((await stat(path(folder, sha256))).ino, before.ino);
  });

  it('mends bytes of the wrong length when the right ones come again', async () => {
    const folder = await newFolder();
    const archive = await createFolderArchive({ folder });
    const { sha256 } = await put(folder);
    await writeFile(path(folder, sha256), 'ISA');
    assert.equal(await archive.verify(sha256), false);
    await put(folder);
    assert.equal(await archive.verify(sha256), true);
  });

  it('gives no end to bytes that have changed, and a small blob not at all', async () => {
    const folder = await newFolder();
    const archive = await createFolderArchive({ folder });
    for (const size of [1_000, 1_000_000]) {
      const stored = Buffer.alloc(size, 'ISA*00*');
      const { sha256 } = await archive.put(inChunks(stored, 70_000), size);
      const changed = Buffer.from(stored);
      changed[0] = 0x21;
      await writeFile(path(folder, sha256), changed);
      let given = 0;
      await assert.rejects(
        async () => {
          for await (const chunk of archive.read(sha256)) given += chunk.length;
        },
        { code: 'ARCHIVE_BLOB_CORRUPT' },
      );
      assert.ok(given < size);
      assert.equal(await archive.verify(sha256), false);
      await assert.rejects(wholeBlob(archive, sha256, size), { code: 'ARCHIVE_BLOB_CORRUPT' });
    }
  });

  it('leaves nothing behind when the source breaks or the limit is passed', async () => {
    const folder = await newFolder();
    const archive = await createFolderArchive({ folder });
    await assert.rejects(archive.put(inChunks(Buffer.alloc(900_000), 10_000), 800_000), { code: 'REQUEST_INVALID' });
    assert.deepEqual(await readdir(folder), ['incoming']);
    assert.deepEqual(await readdir(join(folder, 'incoming')), []);
  });

  it('sweeps what processes before this one left half-written', async () => {
    const folder = await newFolder();
    await createFolderArchive({ folder });
    const incoming = join(folder, 'incoming');
    await writeFile(join(incoming, 'old'), 'half');
    await utimes(join(incoming, 'old'), 1, 1);
    await writeFile(join(incoming, 'new'), 'being written');
    await createFolderArchive({ folder });
    assert.deepEqual(await readdir(incoming), ['new']);
  });

  it('says that it cannot be written when the disk refuses', async () => {
    const folder = await newFolder();
    const archive = await createFolderArchive({ folder });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    assert.equal(await archive.writable(), true);
    await writeFile(join(folder, sha256.slice(0, 2)), 'in the way');
    await assert.rejects(archive.put(inChunks(bytes, 5), 1000), { code: 'ARCHIVE_UNWRITABLE' });
    assert.deepEqual(await readdir(join(folder, 'incoming')), []);
    await rm(join(folder, 'incoming'), { recursive: true });
    assert.equal(await archive.writable(), false);
    await assert.rejects(archive.put(inChunks(Buffer.from('other'), 5), 1000), { code: 'ARCHIVE_UNWRITABLE' });
    await mkdir(join(folder, 'x'));
    await writeFile(join(folder, 'x', 'y'), '');
    await assert.rejects(createFolderArchive({ folder: join(folder, 'x', 'y') }), { code: 'ARCHIVE_UNWRITABLE' });
  });

  it('keeps what it can of blobs that come at the same time', async () => {
    const folder = await newFolder();
    const archive = await createFolderArchive({ folder });
    const blobs = Array.from({ length: 20 }, (_, index) => Buffer.from(`blob ${index}`));
    const [first] = blobs.map((blob) => createHash('sha256').update(blob).digest('hex'));
    const inTheWay = (first ?? '').slice(0, 2);
    await writeFile(join(folder, inTheWay), 'in the way');
    const stored = await Promise.allSettled(blobs.map((blob) => archive.put(inChunks(blob, 3), 1000)));
    for (const [index, blob] of blobs.entries()) {
      const sha256 = createHash('sha256').update(blob).digest('hex');
      const possible = !sha256.startsWith(inTheWay);
      assert.equal(stored[index]?.status, possible ? 'fulfilled' : 'rejected');
      assert.equal(await archive.verify(sha256).catch(() => false), possible);
    }
    assert.deepEqual(await readdir(join(folder, 'incoming')), []);
  });

  it('has no cut file under a final name after kill -9, and everything acknowledged', async function () {
    this.timeout(60_000);
    const folder = await newFolder();
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const acknowledged: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line);
        if (acknowledged.length === 10 + kill) child.kill('SIGKILL');
      }
      const archive = await createFolderArchive({ folder });
      for (const sha256 of acknowledged) assert.equal(await archive.verify(sha256), true);
      for (const prefix of await readdir(folder)) {
        if (prefix === 'incoming') continue;
        for (const rest of await readdir(join(folder, prefix))) assert.equal(await archive.verify(prefix + rest), true);
      }
    }
  });
});
