import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Gives a new id with that prefix: `doc_01jd9x…`. Later ids of one process sort after earlier ones. */
export type Ids = (prefix: string) => string;

// Lower case and without i, l, o, u: the same order in every database collation, and safe to read out.
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_LENGTH = 10;
const COUNTER_LENGTH = 4;
const RANDOM_LENGTH = 8;
const RANDOM_BYTES = 5;
const COUNTER_LIMIT = 32 ** COUNTER_LENGTH;
// Asking the system for each id alone costs more than the rest of it.
const POOL_BYTES = RANDOM_BYTES * 512;

/**
 * Ids of 22 characters after the prefix: milliseconds, a counter within the millisecond, 40 random bits.
 * They keep their order when the clock stands still or is set back.
 */
export function createIds(clock: Clock, random: (size: number) => Buffer = randomBytes): Ids {
  let time = 0;
  let counter = 0;
  let pool: Buffer = Buffer.alloc(0);
  let used = 0;
  return (prefix) => {
    const now = clock.now();
    if (now > time) {
      time = now;
      counter = 0;
    } else if (++counter === COUNTER_LIMIT) {
      time += 1;
      counter = 0;
    }
    if (used === pool.length) {
      pool = random(POOL_BYTES);
      used = 0;
    }
    const noise = pool.readUIntBE(used, RANDOM_BYTES);
    used += RANDOM_BYTES;
    return `${prefix}_${encode(time, TIME_LENGTH)}${encode(counter, COUNTER_LENGTH)}${encode(noise, RANDOM_LENGTH)}`;
  };
}

function encode(value: number, length: number): string {
  let text = '';
  for (let rest = value, left = length; left > 0; left--) {
    text = DIGITS.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
