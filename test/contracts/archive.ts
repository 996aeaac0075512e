import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Archive } from '../../src/archive/types.ts';

/** Opens an empty archive for one test; whoever opens it cleans up after the test. */
export type OpenArchive = () => Promise<Archive>;

const NO_LIMIT = 1e9;
const EMPTY = createHash('sha256').digest('hex');

/** Bytes in chunks of this size, as a transport would hand them over. */
export async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** What every archive promises. */
export function archiveContract(name: string, open: OpenArchive): void {
  describe(`archive contract (${name})`, () => {
    let archive: Archive;
    beforeEach(async () => {
      archive = await open();
    });

    const put = (bytes: Buffer, chunk = 1000) => archive.put(inChunks(bytes, chunk), NO_LIMIT);
    const readAll = async (...query: Parameters<Archive['read']>) => {
      const chunks: Buffer[] = [];
      for await (const chunk of archive.read(...query)) chunks.push(chunk);
      return Buffer.concat(chunks);
    };

    for (const size of [0, 1, 1000, 256 * 1024, 256 * 1024 + 1, 1_500_000]) {
      it(`gives ${size} bytes back as they were stored, under their hash`, async () => {
        const bytes = Buffer.alloc(size, 'ISA*00*');
        const stored = await put(bytes, 70_000);
        assert.deepEqual(stored, { sha256: createHash('sha256').update(bytes).digest('hex'), size });
        assert.ok((await readAll(stored.sha256)).equals(bytes));
        assert.equal(await archive.verify(stored.sha256), true);
      });
    }

    it('takes bytes, and asking for that leaves none that are counted', async () => {
      assert.equal(await archive.writable(), true);
      const { sha256 } = await put(Buffer.from('0123456789'));
      assert.equal(await archive.writable(), true);
      assert.equal(await archive.verify(sha256), true);
    });

    it('reads a range, its end not included', async () => {
      const { sha256 } = await put(Buffer.from('0123456789'));
      assert.equal((await readAll(sha256, { start: 3, end: 7 })).toString(), '3456');
      assert.equal((await readAll(sha256, { start: 3, end: 3 })).length, 0);
      assert.equal((await archive.bytes(sha256, 8, 10)).toString(), '89');
      assert.equal((await archive.bytes(sha256, 4, 4)).length, 0);
    });

    it('says that bytes beyond the end are not as they were recorded', async () => {
      const { sha256 } = await put(Buffer.from('0123456789'));
      await assert.rejects(archive.bytes(sha256, 8, 11), { code: 'ARCHIVE_BLOB_CORRUPT' });
    });

    it('takes the same bytes again, also at the same time', async () => {
      const bytes = Buffer.alloc(300_000, 'same');
      const stored = await Promise.all(Array.from({ length: 8 }, (_, index) => put(bytes, 50_000 + index)));
      assert.equal(new Set(stored.map(({ sha256 }) => sha256)).size, 1);
      assert.equal(await archive.verify((await put(bytes)).sha256), true);
    });

    it('takes as many bytes as the limit and not one more', async () => {
      const bytes = Buffer.from('0123456789');
      await archive.put(inChunks(bytes, 3), 10);
      await assert.rejects(archive.put(inChunks(bytes, 3), 9), { code: 'REQUEST_INVALID' });
    });

    it('passes a fault of the source on', async () => {
      const broken = async function* () {
        yield Buffer.alloc(300_000);
        throw new Error('connection lost');
      };
      await assert.rejects(archive.put(broken(), NO_LIMIT), /^Error: connection lost$/);
    });

    it('removes bytes that nobody stored since, and stores them again', async () => {
      const bytes = Buffer.from('ISA*00');
      const { sha256 } = await put(bytes);
      assert.equal(await archive.remove(sha256, Date.now() - 60_000), false);
      assert.equal(await archive.verify(sha256), true);
      assert.equal(await archive.remove(sha256, Date.now() + 60_000), true);
      assert.equal(await archive.verify(sha256), false);
      assert.equal(await archive.remove(sha256, Date.now() + 60_000), true);
      await put(bytes);
      assert.equal(await archive.verify(sha256), true);
    });

    for (const sha256 of [EMPTY, '../../etc/passwd', '']) {
      it(`misses what was never stored: "${sha256}"`, async () => {
        await assert.rejects(readAll(sha256), { code: 'ARCHIVE_BLOB_MISSING' });
        await assert.rejects(archive.bytes(sha256, 0, 1), { code: 'ARCHIVE_BLOB_MISSING' });
        assert.equal(await archive.verify(sha256), false);
      });
    }
  });
}
