import { constants, type KeyObject, sign } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { startThread, type Thread } from '../util/thread.ts';
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
export interface OpenQuestion {
  readonly keyId: number;
  /** Only the first time: to hand a key over costs more than to use it. */
  readonly key: KeyObject | null;
  readonly oaep: string | null;
  readonly bytes: Uint8Array;
}

/** What it answers; `opened` is null when the padding was wrong. */
export interface OpenAnswer {
  readonly opened: Uint8Array | null;
}

interface KeyThread {
  readonly thread: Thread<OpenQuestion, OpenAnswer>;
  /** Keys that it has. */
  readonly keys: Set<number>;
}

/** Asking the system each time costs more than handing a question over. */
const THREADS = availableParallelism();
const threads: KeyThread[] = [];
let questions = 0;
const keyIds = new WeakMap<KeyObject, number>();
let keyCount = 0;

/**
 * Opens what was encrypted to an RSA key. Null when OAEP refuses; for PKCS #1 v1.5 OpenSSL answers a random text then, so
 * that nobody learns whether the padding was right (implicit rejection).
 */
export async function openBytes(bytes: Buffer, transport: KeyTransport, key: KeyObject): Promise<Buffer | null> {
  const { thread, keys } = nextThread();
  const keyId = keyIds.get(key) ?? ++keyCount;
  keyIds.set(key, keyId);
  const handed = keys.has(keyId) ? null : key;
  keys.add(keyId);
  const question: OpenQuestion = { keyId, key: handed, oaep: oaepDigest(transport), bytes: Uint8Array.from(bytes) };
  const { opened } = await thread.ask(question).catch((): OpenAnswer => ({ opened: null }));
  return opened === null ? null : Buffer.from(opened);
}

/** They take turns, one for each core. */
function nextThread(): KeyThread {
  const index = questions++ % THREADS;
  const known = threads[index];
  if (known?.thread.alive === true) return known;
  const started: KeyThread = { thread: startThread('open-key-thread', import.meta.url), keys: new Set() };
  threads[index] = started;
  return started;
}
