import { constants, privateDecrypt } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { OpenAnswer, OpenRequest } from './private-keys.ts';

/** A thread that opens content keys; see openBytes. */
parentPort?.on('message', ({ id, key, oaep, bytes }: OpenRequest) => {
  const answer: OpenAnswer = { id, opened: open(key, oaep, bytes) };
  parentPort?.postMessage(answer);
});

function open(key: OpenRequest['key'], oaep: string | null, bytes: Uint8Array): Uint8Array | null {
  try {
    return oaep === null
      ? privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, bytes)
      : privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: oaep }, bytes);
  } catch {
    return null;
  }
}
