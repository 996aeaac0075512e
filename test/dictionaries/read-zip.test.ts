import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readZip, ZIP_LIMITS, type ZipLimits } from '../../src/dictionaries/read-zip.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { makeZip } from '../support/zip.ts';

const choice = { file: (path: string) => /\.txt$/i.test(path), archive: (path: string) => /\.zip$/i.test(path) };
const text = (words: string) => Buffer.from(words);

describe('Reading a zip', () => {
  const folder = tempFolder();

  async function read(zip: Buffer, limits?: Partial<ZipLimits>): Promise<Readonly<Record<string, string>>> {
    const path = join(folder(), 'made-up.zip');
    await writeFile(path, zip);
    const files = await readZip(path, choice, { ...ZIP_LIMITS, ...limits });
    return Object.fromEntries(files.map((file) => [file.path, file.bytes.toString()]));
  }

  it('gives wanted files of the archive and of the archives in it', async () => {
    const inner = makeZip({ 'x/B.TXT': text('b'), 'c.exe': text('c') });
    const read2 = await read(makeZip({ 'a.txt': text('a'), 'y/inner.ZIP': inner, 'run.exe': text('d') }));
    assert.deepEqual(read2, { 'a.txt': 'a', 'y/inner.ZIP!x/B.TXT': 'b' });
  });

  it('opens no archive in an archive in an archive', async () => {
    const deepest = makeZip({ 'deep.txt': text('deep') });
    const inner = makeZip({ 'deepest.zip': deepest, 'a.txt': text('a') });
    assert.deepEqual(await read(makeZip({ 'inner.zip': inner })), { 'inner.zip!a.txt': 'a' });
  });

  it('passes over the copies that macOS adds', async () => {
    const copies = { '__MACOSX/._inner.zip': text('no zip'), 'x/._a.txt': text('no text') };
    assert.deepEqual(await read(makeZip({ 'a.txt': text('a'), ...copies })), { 'a.txt': 'a' });
  });

  const bomb = makeZip({ 'a.txt': Buffer.alloc(3_000_000) });
  const refused: readonly (readonly [string, Buffer, Partial<ZipLimits>, RegExp])[] = [
    ['too many entries', makeZip({ a: text('a'), b: text('b') }), { entries: 1 }, /too many entries/],
    ['too many entries in its archives', makeZip({ 'a.zip': makeZip({ b: text('b') }) }), { entries: 1 }, /too many/],
    ['more bytes than may be', makeZip({ 'a.txt': text('12345') }), { bytes: 4 }, /a\.txt unpacks to too many bytes/],
    ['an entry that unpacks out of proportion', bomb, {}, /a\.txt unpacks to too many bytes/],
    ['the same in an archive inside', makeZip({ 'in.zip': bomb }), {}, /a\.txt unpacks to too many bytes/],
    ['a path that leads outside', makeZip({ '../a.txt': text('a') }), {}, /invalid relative path/],
    ['an absolute path', makeZip({ '/a.txt': text('a') }), {}, /absolute path/],
    ['no zip at all', text('no zip'), {}, /not a zip file/i],
    ['half a zip', bomb.subarray(0, 200), {}, /truncated/],
    ['an archive inside that is none', makeZip({ 'in.zip': text('no zip') }), {}, /not a zip file/i],
  ];
  for (const [what, zip, limits, pattern] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(read(zip, limits), { code: 'FILE_UNREADABLE', message: pattern });
    });
  }

  it('refuses an entry that is longer than the archive says', async () => {
    const zip = makeZip({ 'a.txt': text('12345') });
    const size = zip.lastIndexOf('PK\x01\x02') + 24;
    zip.writeUInt32LE(4, size);
    await assert.rejects(read(zip), { code: 'FILE_UNREADABLE' });
  });
});
