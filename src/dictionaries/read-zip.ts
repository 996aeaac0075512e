import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import type { DirectoryFile } from '../edi/dictionary/untdid/text.ts';
import { GatewayError, messageOf } from '../errors.ts';

/** What an archive may hold, all that lies inside its archives included, so that a hostile one ends in an error. */
export interface ZipLimits {
  readonly entries: number;
  /** Unpacked bytes. */
  readonly bytes: number;
  /** Unpacked bytes for each packed one, of an entry. */
  readonly ratio: number;
}

/** A UN directory has some 250 entries and 25 MB; texts are packed at most 10 to 1. */
export const ZIP_LIMITS: ZipLimits = { entries: 5_000, bytes: 200_000_000, ratio: 200 };

/** Which entries are wanted, by their paths; the others are never unpacked. */
export interface ZipChoice {
  /** A file that is given back. */
  file(path: string): boolean;
  /** An archive whose entries are looked at; archives inside of it are not. */
  archive(path: string): boolean;
}

/** What is left of the limits. */
interface Budget {
  entries: number;
  bytes: number;
  readonly ratio: number;
}

/** Copies that macOS adds to an archive; they only look like archives. */
const MAC_COPY = /(?:^|\/)(?:__MACOSX\/|\._)/;

/**
 * Wanted files of an archive and of the wanted archives in it, as `outer/path.zip!inner/path`. Nothing is written to disk.
 * Throws FILE_UNREADABLE for what is no zip, is damaged, has a path that leads outside, or goes beyond the limits.
 */
export async function readZip(
  path: string,
  choice: ZipChoice,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<readonly DirectoryFile[]> {
  const budget: Budget = { ...limits };
  try {
    const files: DirectoryFile[] = [];
    for (const entry of await unpack(await openPromise(path), choice, budget)) {
      if (choice.file(entry.path)) files.push(entry);
      else {
        const inside = await unpack(await fromBufferPromise(entry.bytes), { ...choice, archive: () => false }, budget);
        files.push(...inside.map((file) => ({ ...file, path: `${entry.path}!${file.path}` })));
      }
    }
    return files;
  } catch (error) {
    const remedy = 'Give a zip as the UN publishes it, and fetch it again if it was cut short.';
    throw new GatewayError('FILE_UNREADABLE', `${path}: ${messageOf(error).replace(/\.$/, '')}. ${remedy}`, {
      cause: error,
    });
  }
}

async function unpack(zip: ZipFile, choice: ZipChoice, budget: Budget): Promise<readonly DirectoryFile[]> {
  const unpacked: DirectoryFile[] = [];
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName;
    budget.entries--;
    if (budget.entries < 0) throw new Error('it has too many entries');
    if (path.endsWith('/') || MAC_COPY.test(path)) continue;
    if (!choice.file(path) && !choice.archive(path)) continue;
    unpacked.push({ path, bytes: await contentOf(zip, entry, budget) });
  }
  return unpacked;
}

/** The bytes of an entry, counted as they come: what the archive says about its size is not trusted. */
async function contentOf(zip: ZipFile, entry: Entry, budget: Budget): Promise<Buffer> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  const most = Math.min(budget.bytes, entry.compressedSize * budget.ratio);
  let size = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > most) throw new Error(`its entry ${entry.fileName} unpacks to too many bytes`);
    chunks.push(chunk);
  }
  budget.bytes -= size;
  return Buffer.concat(chunks, size);
}
