import { DIGESTS, type Digest } from '../../cms/algorithms.ts';

/** A digest by any spelling that is in use: `sha-256`, `SHA256`, `sha_256`, `rsa-sha256`. Null for others. */
export function readDigest(text: string): Digest | null {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/^rsa[-_]/, '')
    .replace(/[-_]/g, '');
  return DIGESTS.find((digest) => digest === name) ?? null;
}

/** The name for `micalg` and MICs. Newer software writes `sha-256` (RFC 5751), older `sha256`; SHA-1 is `sha1` to both. */
export function writeDigest(digest: Digest, spelling: 'dashed' | 'plain'): string {
  return spelling === 'plain' || digest === 'sha1' ? digest : digest.replace('sha', 'sha-');
}

/** A MIC as it stands in an MDN. */
export interface Mic {
  readonly digest: Digest;
  readonly value: Buffer;
}

/** Reads `base64, algorithm`, blanks and line breaks anywhere. Null when it is none, or of an unknown digest. */
export function readMic(text: string): Mic | null {
  const [, value, name] = /^([A-Za-z0-9+/=\s]+),\s*([A-Za-z0-9_-]+)\s*$/.exec(text) ?? [];
  const digest = name === undefined ? null : readDigest(name);
  if (value === undefined || digest === null) return null;
  return { digest, value: Buffer.from(value.replace(/\s/g, ''), 'base64') };
}

export function writeMic({ digest, value }: Mic, spelling: 'dashed' | 'plain'): string {
  return `${value.toString('base64')}, ${writeDigest(digest, spelling)}`;
}
