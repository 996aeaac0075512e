import { createChecker } from '../src/edi/check/index.ts';
import { createDictionaries } from '../src/edi/dictionary/index.ts';
import { readAll } from '../src/edi/read.ts';
import { x12File } from './generate.ts';
import { measure } from './measure.ts';
import { type Row, rate } from './report.ts';

const NAME = 'check: bytes read and checked against the tables of 004010';
const SETS = 2_000;

/** Reading and checking of one file of ship notices, on one core. */
export async function benchmarkCheck(): Promise<readonly Row[]> {
  const dictionaries = createDictionaries();
  const file = x12File({ seed: 11, sets: SETS });
  let segments = 0;
  const timing = await measure(
    () => {
      segments = 0;
      const checker = createChecker(dictionaries);
      for (const item of readAll(file)) {
        const checked = checker.check(item);
        if (checked?.kind !== 'document') continue;
        if (checked.findings.length > 0) throw new Error(`Findings in a clean file: ${checked.findings[0]?.text}`);
        segments += checked.document.segments.count;
      }
    },
    { rounds: 9, warmUp: 4 },
  );
  return [
    rate(NAME, '856 of 1.4 kB, 67 segments', 'sets/s', SETS, timing),
    rate(NAME, '', 'segments/s', segments, timing),
    rate(NAME, '', 'MB/s', file.length / 1e6, timing),
  ];
}
