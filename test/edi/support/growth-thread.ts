import { createChecker } from '../../../src/edi/check/index.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { readAll } from '../../../src/edi/read.ts';
import { answerQuestions } from '../../../src/util/thread.ts';
import { GROWING_FILES } from './growing-files.ts';
import { bytes } from './x12.ts';

/** Which files to read, and how many times as long the larger one may take. */
export interface GrowthQuestion {
  readonly what: string;
  readonly most: number;
}

/** Seconds of processor time. */
export interface Growth {
  readonly small: number;
  readonly large: number;
}

/**
 * Small and large files take turns, in processor time, and the fastest of each counts: others may be using the machine, which only
 * ever adds time. So many turns at most, and no more once the law is seen to hold.
 */
const LEAST_TURNS = 2;
const MOST_TURNS = 12;
/** Shorter times say nothing. */
const LEAST_SECONDS = 0.06;

const dictionaries = createDictionaries();

answerQuestions(({ what, most }: GrowthQuestion): Growth => {
  const [, count, file] = GROWING_FILES.find(([name]) => name === what) ?? [];
  if (count === undefined || file === undefined) throw new RangeError(`No files are made of ${what}.`);
  const smaller = bytes(file(count));
  const larger = bytes(file(10 * count));
  let small = Number.POSITIVE_INFINITY;
  let large = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < MOST_TURNS && (turn < LEAST_TURNS || large > most * small); turn++) {
    small = Math.max(Math.min(small, seconds(smaller), seconds(smaller)), LEAST_SECONDS);
    large = Math.min(large, seconds(larger));
  }
  return { small, large };
});

function seconds(file: Buffer): number {
  const before = process.cpuUsage();
  const checker = createChecker(dictionaries);
  for (const item of readAll(file)) checker.check(item);
  checker.end(file.length);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
