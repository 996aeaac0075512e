import { createHash } from 'node:crypto';
import { DIGEST_BLOCKS, type Digest } from './algorithms.ts';

/** What a key is derived for: to encrypt, as initial vector, or to authenticate. */
export type KeyPurpose = 1 | 2 | 3;

/** The key derivation of PKCS #12 (RFC 7292 appendix B.2). */
export function pkcs12Key(options: {
  readonly purpose: KeyPurpose;
  readonly digest: Digest;
  readonly password: string;
  readonly salt: Buffer;
  readonly rounds: number;
  readonly bytes: number;
}): Buffer {
  const { purpose, digest, salt, rounds, bytes } = options;
  const block = DIGEST_BLOCKS[digest];
  const password = Buffer.from(`${options.password}\0`, 'utf16le').swap16();
  const input = Buffer.concat([filled(salt, block), filled(password, block)]);
  const pieces: Buffer[] = [];
  for (let length = 0; length < bytes; ) {
    let hash = createHash(digest).update(Buffer.alloc(block, purpose)).update(input).digest();
    for (let round = 1; round < rounds; round++) hash = createHash(digest).update(hash).digest();
    pieces.push(hash);
    length += hash.length;
    const adder = filled(hash, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addTo(input.subarray(at, at + block), adder);
  }
  return Buffer.concat(pieces).subarray(0, bytes);
}

/** Repeated up to a whole number of blocks. */
function filled(bytes: Buffer, block: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
}

/** target = target + adder + 1, as one big number, without what overflows. */
function addTo(target: Buffer, adder: Buffer): void {
  let carry = 1;
  for (let index = target.length - 1; index >= 0; index--) {
    const sum = (target[index] ?? 0) + (adder[index] ?? 0) + carry;
    target[index] = sum & 0xff;
    carry = sum >> 8;
  }
}
