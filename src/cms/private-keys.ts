import { constants, type KeyObject, sign } from 'node:crypto';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Digest, type KeyTransport, oaepDigest, SALT_BYTES } from './algorithms.ts';

/** Private keys are used off the event loop: signing in Node's thread pool, opening in threads of our own. */

/** Signs bytes with RSA, PKCS #1 v1.5 or PSS with a salt as long as the digest. */
export function signBytes(bytes: Buffer, digest: Digest, scheme: 'pkcs1' | 'pss', key: KeyObject): Promise<Buffer> {
  const padding = scheme === 'pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return new Promise((resolve, reject) => {
    sign(digest, bytes, { key, padding, saltLength: SALT_BYTES[digest] }, (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}

/** What a thread is asked. `oaep` is the digest of OAEP, null for PKCS #1 v1.5. */
export interface OpenRequest {
  readonly id: number;
  readonly keyId: number;
  /** Only the first time: to hand a key over costs more than to use it. */
  readonly key: KeyObject | null;
  readonly oaep: string | null;
  readonly bytes: Uint8Array;
}

/** What it answers; null when the padding was wrong. */
export interface OpenAnswer {
  readonly id: number;
  readonly opened: Uint8Array | null;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, (opened: Buffer | null) => void>;
  /** Keys that it has. */
  readonly keys: Set<number>;
}

const THREADS = 2;
const threads: Thread[] = [];
let requests = 0;
const keyIds = new WeakMap<KeyObject, number>();
let keyCount = 0;

/**
 * Opens what was encrypted to an RSA key. Null when OAEP refuses; for PKCS #1 v1.5 OpenSSL answers a random text then, so
 * that nobody learns whether the padding was right (implicit rejection).
 */
export function openBytes(bytes: Buffer, transport: KeyTransport, key: KeyObject): Promise<Buffer | null> {
  const id = requests++;
  const { worker, waiting, keys } = threadFor(id);
  const keyId = keyIds.get(key) ?? ++keyCount;
  keyIds.set(key, keyId);
  return new Promise((resolve) => {
    if (waiting.size === 0) worker.ref();
    waiting.set(id, resolve);
    const handed = keys.has(keyId) ? null : key;
    keys.add(keyId);
    const request: OpenRequest = { id, keyId, key: handed, oaep: oaepDigest(transport), bytes: Uint8Array.from(bytes) };
    worker.postMessage(request);
  });
}

function threadFor(id: number): Thread {
  const index = id % THREADS;
  const thread = threads[index] ?? startThread();
  threads[index] = thread;
  return thread;
}

function startThread(): Thread {
  // Run from the sources it is TypeScript, built it is JavaScript.
  const worker = new Worker(new URL(`./open-key-thread${extname(import.meta.url)}`, import.meta.url));
  const waiting: Thread['waiting'] = new Map();
  const thread = { worker, waiting, keys: new Set<number>() };
  const settle = (id: number, opened: Buffer | null): void => {
    waiting.get(id)?.(opened);
    waiting.delete(id);
    // An idle thread must not keep the process alive.
    if (waiting.size === 0) worker.unref();
  };
  worker.on('message', ({ id, opened }: OpenAnswer) => settle(id, opened === null ? null : Buffer.from(opened)));
  worker.on('error', () => {
    const index = threads.indexOf(thread);
    if (index >= 0) delete threads[index];
    for (const id of [...waiting.keys()]) settle(id, null);
  });
  worker.unref();
  return thread;
}
