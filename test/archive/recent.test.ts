import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { rememberRecent } from '../../src/archive/recent.ts';
import type { Archive } from '../../src/archive/types.ts';

/** An archive that counts how often it is asked for bytes. */
function countingArchive(): { readonly archive: Archive; readonly asked: () => number } {
  const blobs = new Map<string, Buffer>();
  let asked = 0;
  const blob = (sha256: string): Buffer => blobs.get(sha256) ?? Buffer.alloc(0);
  const archive: Archive = {
    put: async (source) => {
      const chunks: Buffer[] = [];
      for await (const chunk of source) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      blobs.set(sha256, bytes);
      return { sha256, size: bytes.length };
    },
    read: (sha256) => Readable.from([blob(sha256)]),
    bytes: async (sha256, start, end) => {
      asked++;
      return blob(sha256).subarray(start, end);
    },
    verify: async (sha256) => blobs.has(sha256),
    remove: async (sha256) => blobs.delete(sha256),
    writable: async () => true,
  };
  return { archive, asked: () => asked };
}

describe('an archive that remembers what was stored a moment ago', () => {
  const put = (archive: Archive, bytes: Buffer) => archive.put(Readable.from([bytes]), bytes.length);

  it('gives small blobs without asking for them', async () => {
    const { archive, asked } = countingArchive();
    const recent = rememberRecent(archive);
    const { sha256, size } = await put(recent, Buffer.from('ISA*00*~IEA*1*~'));
    assert.equal(size, 15);
    assert.equal(String(await recent.bytes(sha256, 8, 11)), 'IEA');
    assert.equal(asked(), 0);
  });

  it('asks for large ones, for those of long ago, and for ranges that are not there', async () => {
    const { archive, asked } = countingArchive();
    const recent = rememberRecent(archive);
    const first = await put(recent, Buffer.alloc(60_000, 'a'));
    for (let index = 0; index < 140; index++) await put(recent, Buffer.alloc(60_000, `<${index}>`));
    assert.equal((await recent.bytes(first.sha256, 0, 60_000)).length, 60_000);
    const large = await put(recent, Buffer.alloc(70_000, 'b'));
    await recent.bytes(large.sha256, 0, 10);
    const small = await put(recent, Buffer.from('short'));
    await recent.bytes(small.sha256, 0, 6);
    assert.equal(asked(), 3);
  });

  it('knows nothing of what could not be stored', async () => {
    const { archive, asked } = countingArchive();
    const recent = rememberRecent({ ...archive, put: () => Promise.reject(new Error('full')) });
    const bytes = Buffer.from('lost');
    await assert.rejects(put(recent, bytes));
    await recent.bytes(createHash('sha256').update(bytes).digest('hex'), 0, 4);
    assert.equal(asked(), 1);
  });
});
