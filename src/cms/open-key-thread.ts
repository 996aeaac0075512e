import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { answerQuestions } from '../util/thread.ts';
import type { OpenAnswer, OpenQuestion } from './private-keys.ts';

/** A thread that opens content keys; see openBytes. */
const keys = new Map<number, KeyObject>();

answerQuestions<OpenQuestion, OpenAnswer>(({ keyId, key: handed, oaep, bytes }) => {
  if (handed !== null) keys.set(keyId, handed);
  const key = keys.get(keyId);
  return { opened: key === undefined ? null : open(key, oaep, bytes) };
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
