import { Readable } from 'node:stream';
import { createDeflate, createInflate } from 'node:zlib';
import { oidOf } from './ber.ts';
import type { Content, Keep } from './content.ts';
import { createCursor } from './cursor.ts';
import * as der from './der.ts';
import type { Sized } from './encrypt.ts';
import { CmsFault } from './fault.ts';
import { OID } from './oids.ts';
import { constructed, TAG } from './tags.ts';

/** What may come out of compressed bytes: so many at most, and so many times their own number once it is more than a megabyte. */
export interface InflateLimits {
  readonly bytes: number;
  readonly ratio: number;
}

const RATIO_FROM = 1_048_576;

/** CompressedData (RFC 3274), as DER of a ContentInfo. `keep` holds the compressed bytes until their number is known. */
export async function compressContent(content: Content, keep: Keep): Promise<Sized> {
  const compressed = await keep(through(content.chunks(), createDeflate()), Number.MAX_SAFE_INTEGER);
  const inner = der.header(TAG.octetString, compressed.size);
  const wrapped = der.header(constructed(0), inner.length + compressed.size);
  const type = der.oid(OID.data);
  const info = der.header(TAG.sequence, type.length + wrapped.length + inner.length + compressed.size);
  const start = Buffer.concat([der.small(0), der.algorithm(OID.zlib)]);
  const inside = start.length + info.length + type.length + wrapped.length + inner.length + compressed.size;
  const data = der.header(TAG.sequence, inside);
  const kind = der.oid(OID.compressedData);
  const wrapper = der.header(constructed(0), data.length + inside);
  const outer = der.header(TAG.sequence, kind.length + wrapper.length + data.length + inside);
  const head = Buffer.concat([outer, kind, wrapper, data, start, info, type, wrapped, inner]);
  return { size: head.length + compressed.size, chunks: chain(head, compressed) };
}

/** The content of CompressedData, DER or BER. Throws CmsFault, `too-large` as soon as a limit is passed. */
export async function inflateContent(content: Content, limits: InflateLimits): Promise<AsyncIterable<Buffer>> {
  const cursor = createCursor(content);
  await cursor.enter(TAG.sequence);
  if (oidOf(await cursor.take()) !== OID.compressedData) {
    throw new CmsFault('malformed', 'The message is no CompressedData.');
  }
  await cursor.enter(constructed(0));
  await cursor.enter(TAG.sequence);
  await cursor.take();
  const [method] = (await cursor.take()).children;
  if (method === undefined || oidOf(method) !== OID.zlib) {
    throw new CmsFault('unsupported', 'The message is compressed with another method than zlib.');
  }
  await cursor.enter(TAG.sequence);
  await cursor.take();
  await cursor.enter(constructed(0));
  return inflated(await cursor.octets(), content.size, limits);
}

async function* inflated(
  chunks: AsyncIterable<Buffer>,
  compressedSize: number,
  { bytes, ratio }: InflateLimits,
): AsyncGenerator<Buffer> {
  const limit = Math.min(bytes, Math.max(RATIO_FROM, compressedSize * ratio));
  let size = 0;
  try {
    for await (const chunk of through(chunks, createInflate())) {
      size += chunk.length;
      if (size > limit) {
        throw new CmsFault('too-large', `More than ${limit} bytes come out of ${compressedSize} compressed ones.`);
      }
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof CmsFault) throw cause;
    throw new CmsFault('malformed', 'The compressed content cannot be unpacked.', { cause });
  }
}

async function* chain(head: Buffer, content: Content): AsyncGenerator<Buffer> {
  yield head;
  yield* content.chunks();
}

async function* through(
  chunks: AsyncIterable<Buffer>,
  transform: ReturnType<typeof createDeflate | typeof createInflate>,
): AsyncGenerator<Buffer> {
  const source = Readable.from(chunks, { objectMode: false });
  source.on('error', (error) => transform.destroy(error));
  source.pipe(transform);
  try {
    for await (const chunk of transform) yield asBuffer(chunk);
  } finally {
    source.destroy();
    transform.destroy();
  }
}

function asBuffer(chunk: unknown): Buffer {
  if (chunk instanceof Buffer) return chunk;
  throw new TypeError('A stream of bytes gave something else.');
}
