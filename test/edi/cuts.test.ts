import assert from 'node:assert/strict';
import { createChecker } from '../../src/edi/check/index.ts';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { createRandom } from '../../src/util/random.ts';
import { checkAccount, fingerprint } from './support/fingerprint.ts';
import { generatedFile } from './support/generated-files.ts';
import { cutAt, detail, readChunks } from './support/items.ts';
import { SAMPLES_VARIABLE, sampleFiles, samplesFolder } from './support/samples.ts';

/** Cuts this far apart, begun at each of so many bytes: together every byte of a file is a cut. */
const APART = 64;
const RANDOM_CUTS = 10;
const GENERATED = 200;

const dictionaries = createDictionaries();

/** What is read and found: segments with the bytes of their elements, documents, gaps, findings. */
function result(chunks: readonly Buffer[], length: number): string {
  const items = readChunks(chunks);
  const checker = createChecker(dictionaries);
  const findings = items.flatMap((item) => checker.check(item)?.findings ?? []);
  return `${fingerprint(items)}\n${JSON.stringify([findings, checker.end(length)])}`;
}

function assertSame(file: Buffer, whole: string, cuts: readonly number[], what: string): void {
  const chunks = cutAt(file, cuts);
  if (result(chunks, file.length) === whole) return;
  assert.deepEqual(detail(readChunks(chunks)), detail(readChunks([file])), what);
  assert.fail(`other findings, ${what}`);
}

/** Throws unless the file is read the same whole, byte by byte, cut at every byte and at random. */
function assertCutsDoNotMatter(file: Buffer, seed: number): void {
  const items = readChunks([file]);
  checkAccount(items, file);
  const whole = result([file], file.length);
  const every = Array.from({ length: file.length }, (_, at) => at);
  assertSame(file, whole, every, 'byte by byte');
  for (let first = 0; first < Math.min(APART, file.length); first++) {
    const cuts = every.filter((at) => at % APART === first);
    assertSame(file, whole, cuts, `cut at ${first} and every ${APART} bytes behind it`);
  }
  const random = createRandom(seed);
  for (let time = 0; time < RANDOM_CUTS; time++) {
    const cuts = Array.from({ length: 1 + random.below(9) }, () => random.below(file.length + 1)).sort((a, b) => a - b);
    assertSame(file, whole, cuts, `cut at ${cuts.join()}`);
  }
}

describe('a file cut at every byte, and at random, is read and checked as the whole', () => {
  it(`${GENERATED} generated files of both standards`, () => {
    for (let seed = 0; seed < GENERATED; seed++) {
      try {
        assertCutsDoNotMatter(generatedFile(seed), seed);
      } catch (error) {
        throw new Error(`generated file ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
      }
    }
  }).timeout(240_000);

  it('hundreds of files in one, in chunks of many kilobytes', () => {
    const file = Buffer.concat(Array.from({ length: 400 }, (_, seed) => generatedFile(seed)));
    const whole = fingerprint(readChunks([file]));
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed);
      const largest = random.pick([9_000, 20_000, 100_000]);
      const cuts: number[] = [];
      for (let at = random.below(largest); at < file.length; at += 1 + random.below(largest)) cuts.push(at);
      assert.ok(fingerprint(readChunks(cutAt(file, cuts))) === whole, `cut at ${cuts.join()}`);
    }
  });

  const folder = samplesFolder();
  if (folder === null) {
    it(`published samples: there is no samples folder (set ${SAMPLES_VARIABLE})`, () => {});
    return;
  }
  for (const standard of ['x12', 'edifact']) {
    for (const [name, file] of sampleFiles(folder, standard)) {
      it(`${standard}/${name}`, () => assertCutsDoNotMatter(file, file.length)).timeout(120_000);
    }
  }
});
