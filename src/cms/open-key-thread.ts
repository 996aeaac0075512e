import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { OpenAnswer, OpenRequest } from './private-keys.ts';

/** A thread that opens content keys; see openBytes. */
const keys = new Map<number, KeyObject>();

parentPort?.on('message', ({ id, keyId, key: handed, oaep, bytes }: OpenRequest) => {
  if (handed !== null) keys.set(keyId, handed);
  const key = keys.get(keyId);
  const answer: OpenAnswer = { id, opened: key === undefined ? null : open(key, oaep, bytes) };
  parentPort?.postMessage(answer);
});

function open(key: KeyObject, oaep: string | null, bytes: Uint8Array): Uint8Array | null {
  try {
    return oaep === null
      ? privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, bytes)
      : privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: oaep }, bytes);
  } catch {
    return null;
  }
}
