import assert from 'node:assert/strict';
import { createRandom, type Random } from '../../src/util/random.ts';
import { fuzzEdi } from './edi-target.ts';
import { fuzzFormats } from './formats-target.ts';
import { mutated } from './mutate.ts';
import { ediSeeds, FORMAT_SEEDS } from './seeds.ts';

/** An input that broke a promise. */
export interface Failure {
  readonly index: number;
  readonly file: Buffer;
  readonly error: Error;
}

/** One in so many inputs is XML, JSON, CSV or of a fixed width; one in so many others is read as if it were. */
const FORMATS = 10;
const AS_FORMATS = 40;
/** What an input may cost: far more than the largest of them take, far less than what grows with the square. */
const SECONDS = 0.5;
const SECONDS_A_BYTE = 20e-6;
const TIMES = 3;

let seeds: readonly string[] | undefined;

/** Input number `index` of a seed: always the same. */
export function inputOf(seed: number, index: number): Buffer {
  return make(randomOf(seed, index)).file;
}

/** Tries one input; what is wrong, or null. */
export function tryInput(seed: number, index: number): Failure | null {
  const random = randomOf(seed, index);
  const { file, format } = make(random);
  const state = random.below(2 ** 31);
  const use = (): void => {
    const chance = createRandom(state);
    if (format || chance.below(AS_FORMATS) === 0) fuzzFormats(file);
    fuzzEdi(file, chance);
  };
  try {
    assertQuick(use, file.length);
    return null;
  } catch (error) {
    return { index, file, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** A busy machine may be slow once; what is slow again in processor time is slow. */
function assertQuick(use: () => void, bytes: number): void {
  const allowed = SECONDS + bytes * SECONDS_A_BYTE;
  let seconds = 0;
  for (let time = 0; time < TIMES; time++) {
    const before = process.cpuUsage();
    use();
    const { user, system } = process.cpuUsage(before);
    seconds = (user + system) / 1e6;
    if (seconds <= allowed) return;
  }
  assert.fail(`${bytes} bytes took ${seconds.toFixed(2)} s of processor time, ${allowed.toFixed(2)} s are allowed`);
}

function make(random: Random): { readonly file: Buffer; readonly format: boolean } {
  seeds ??= ediSeeds();
  const all = seeds;
  const edi = (): string => all[random.below(all.length)] ?? '';
  const format = random.below(FORMATS) === 0;
  const donor = (): string => (format ? random.pick(FORMAT_SEEDS) : edi());
  return { file: Buffer.from(mutated(donor(), random, donor), 'latin1'), format };
}

function randomOf(seed: number, index: number): Random {
  return createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
}
