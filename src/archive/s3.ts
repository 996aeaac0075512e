import { createHash, hash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { GatewayError, messageOf } from '../errors.ts';
import type { S3Address } from '../settings/s3-address.ts';
import { blobCorrupt, blobMissing, blobTooLarge } from './faults.ts';
import type { Archive } from './types.ts';
import { isUnchanged, unchanged } from './unchanged.ts';

const SHA256 = /^[0-9a-f]{64}$/;
/** A file smaller than this is sent from memory. */
const SMALL = 1024 * 1024;
/** Bytes stored within this time, in milliseconds, are not stored again. */
const FRESH = 1_800_000;
/** An object that is stored again and again, to see whether that can be done. */
const PROBE = Buffer.from('crossdock can write here\n');
const PROBE_HASH = hash('sha256', PROBE, 'hex');

/**
 * The archive in a bucket of S3 or a server that speaks it, `ab/cdef…` by sha256 under the prefix. The server is told the hash
 * and stores nothing else under it; its answer is what durability rests on. Credentials come from the usual chain of the SDK
 * (environment, profile, role). CONFIG_INVALID when the package `@aws-sdk/client-s3` is not installed.
 */
export async function createS3Archive(address: S3Address): Promise<Archive & { close(): void }> {
  const sdk = await loadSdk();
  const { bucket, prefix, endpoint, region, pathStyle } = address;
  const client = new sdk.S3Client({
    region,
    forcePathStyle: pathStyle,
    ...(endpoint === null ? {} : { endpoint }),
    // The hash that every object is sent with says more, and not every server knows the others.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const where = `s3://${bucket}/${prefix}`;
  const keyOf = (sha256: string): string => {
    if (!SHA256.test(sha256)) throw blobMissing(where, sha256);
    return `${prefix}${sha256.slice(0, 2)}/${sha256.slice(2)}`;
  };

  async function isStored(sha256: string, size: number): Promise<boolean> {
    try {
      const { ContentLength, LastModified } = await client.send(
        new sdk.HeadObjectCommand({ Bucket: bucket, Key: keyOf(sha256) }),
      );
      // An old one is stored anew, so that whoever removes what nobody needs leaves it alone.
      return ContentLength === size && Date.now() - (LastModified?.getTime() ?? 0) < FRESH;
    } catch (error) {
      if (isMissing(error)) return false;
      throw unwritable(where, error);
    }
  }

  async function store(sha256: string, size: number, body: Buffer | Readable): Promise<void> {
    const input = {
      Bucket: bucket,
      Key: keyOf(sha256),
      Body: body,
      ContentLength: size,
      ContentType: 'application/octet-stream',
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
    };
    try {
      await client.send(new sdk.PutObjectCommand(input));
    } catch (error) {
      throw unwritable(where, error);
    }
  }

  async function* readFrom(sha256: string, range?: { readonly start: number; readonly end: number }) {
    if (range !== undefined && range.end <= range.start) {
      await fetchObject(client, sdk, bucket, keyOf(sha256), where, sha256, 'bytes=0-0');
      return;
    }
    const bytes = range === undefined ? undefined : `bytes=${range.start}-${range.end - 1}`;
    const body = await fetchObject(client, sdk, bucket, keyOf(sha256), where, sha256, bytes);
    yield* range === undefined ? unchanged(buffersOf(body), where, sha256) : buffersOf(body);
  }

  return {
    put: async (source, limit) => {
      const spool = await createSpool(source, limit);
      try {
        const { sha256, size } = spool;
        if (!(await isStored(sha256, size))) await store(sha256, size, spool.body());
        return { sha256, size };
      } finally {
        await spool.remove();
      }
    },
    read: (sha256, range) => Readable.from(readFrom(sha256, range), { objectMode: false }),
    bytes: async (sha256, start, end) => {
      const chunks: Buffer[] = [];
      for await (const chunk of readFrom(sha256, { start, end })) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (bytes.length < end - start) throw blobCorrupt(where, sha256, start + bytes.length, end);
      return bytes;
    },
    verify: (sha256) => isUnchanged(readFrom(sha256)),
    remove: async (sha256, before) => {
      const at = { Bucket: bucket, Key: keyOf(sha256) };
      try {
        const { LastModified } = await client.send(new sdk.HeadObjectCommand(at));
        if (LastModified === undefined || LastModified.getTime() >= before) return false;
        await client.send(new sdk.DeleteObjectCommand(at));
        return true;
      } catch (error) {
        if (isMissing(error)) return true;
        throw unwritable(where, error);
      }
    },
    writable: () =>
      store(PROBE_HASH, PROBE.length, PROBE).then(
        () => true,
        () => false,
      ),
    close: () => client.destroy(),
  };
}

type Sdk = typeof import('@aws-sdk/client-s3');

async function loadSdk(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-s3');
  } catch (cause) {
    const remedy = 'Install it beside Crossdock: npm install @aws-sdk/client-s3';
    throw new GatewayError('CONFIG_INVALID', `An archive in S3 needs the package @aws-sdk/client-s3. ${remedy}`, {
      cause,
    });
  }
}

async function* buffersOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield Buffer.from(chunk);
}

async function fetchObject(
  client: S3Client,
  sdk: Sdk,
  bucket: string,
  key: string,
  where: string,
  sha256: string,
  range: string | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  try {
    const input = { Bucket: bucket, Key: key, ...(range === undefined ? {} : { Range: range }) };
    const { Body } = await client.send(new sdk.GetObjectCommand(input));
    if (Body instanceof Readable) return Body;
    throw new GatewayError('INTERNAL', `${where}: the answer for ${sha256} has no body. Try again.`);
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    if (isMissing(error)) throw blobMissing(where, sha256, error);
    // A range behind the end: an empty object, or one that was cut.
    if (statusOf(error) === 416) return Readable.from([]);
    const what = `${where}: bytes with sha256 ${sha256} could not be read: ${messageOf(error)}.`;
    throw new GatewayError('ARCHIVE_UNREADABLE', `${what} It is tried again.`, { cause: error });
  }
}

/** What came, counted and hashed, kept until the store has it: small in memory, else in a temporary file. */
async function createSpool(source: AsyncIterable<Buffer>, limit: number) {
  const hash = createHash('sha256');
  const folder = join(tmpdir(), 'crossdock-spool');
  const file = join(folder, randomUUID());
  let size = 0;
  let pieces: Buffer[] = [];
  let handle: Awaited<ReturnType<typeof open>> | null = null;
  const remove = async (): Promise<void> => {
    await handle?.close();
    if (handle !== null) await rm(file, { force: true });
    handle = null;
  };
  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limit) throw blobTooLarge(limit);
      hash.update(chunk);
      pieces.push(chunk);
      if (size <= SMALL) continue;
      if (handle === null) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        handle = await open(file, 'wx', 0o600);
      }
      await handle.writeFile(Buffer.concat(pieces));
      pieces = [];
    }
  } catch (error) {
    await remove();
    throw error;
  }
  const memory = Buffer.concat(pieces);
  const spooled = handle !== null;
  return {
    sha256: hash.digest('hex'),
    size,
    body: (): Buffer | Readable => (spooled ? createReadStream(file) : memory),
    remove,
  };
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return null;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}

function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

function unwritable(where: string, cause: unknown): GatewayError {
  const what = `${where}: bytes could not be stored: ${messageOf(cause)}.`;
  return new GatewayError('ARCHIVE_UNWRITABLE', `${what} Look at the bucket, its rights and the credentials.`, {
    cause,
  });
}
