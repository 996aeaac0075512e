import assert from 'node:assert/strict';
import { type Contrl, type ContrlOptions, createContrlAcknowledger } from '../../../src/edi/acknowledge/contrl.ts';
import { contrlInterchange } from '../../../src/edi/acknowledge/contrl-interchange.ts';
import { type Checked, createChecker } from '../../../src/edi/check/index.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { parseTables } from '../../../src/edi/dictionary/parse-tables.ts';
import { SERVICE_CODES, SERVICE_ELEMENTS, SERVICE_SEGMENTS } from '../../../src/edi/dictionary/service-segments.ts';
import { EDIFACT_DELIMITERS } from '../../../src/edi/edifact/plain.ts';
import { writeEdifactInterchange } from '../../../src/edi/edifact/write.ts';
import { readAll } from '../../../src/edi/read.ts';
import { bytes } from './x12.ts';

/** A made-up message of the release `D:99A` that every fault of a segment and an element can be shown with. */
const { dictionary } = parseTables({
  standard: 'edifact',
  release: 'D99A',
  sets: `
MADEUP
  UNH M 1
  BGM M 1
  DTM M 1
  loop NAD C 2
    LOC C 1
  CNT M 1
  UNT M 1
`,
  segments: `
BGM C002 1004 1225
DTM C507:M
NAD 3035:M C082 3164 3207 P0203
LOC 3227:M
CNT 6066:M
C002 1001
C082 3039:M 3055
C507 2005:M 2380 2379
${SERVICE_SEGMENTS}`,
  elements: `
1001 ID 1 3
1004 AN 1 10
1225 ID 1 3
2005 ID 1 3
2379 ID 1 3
2380 AN 1 35
3035 ID 1 3
3039 AN 1 17
3055 ID 1 3
3164 AN 1 35
3207 ID 2 3
3227 ID 1 3
6066 R 1 6
${SERVICE_ELEMENTS}`,
  codes: `
1225 9
${SERVICE_CODES}`,
});
const dictionaries = createDictionaries([dictionary]);

/** What checking a file gives. */
export function checkedItems(file: string): readonly Checked[] {
  const checker = createChecker(dictionaries);
  return readAll(bytes(file)).flatMap((item) => checker.check(item) ?? []);
}

/** What is answered to each interchange of what was checked. */
export function contrlsTo(checked: readonly Checked[], options: Partial<ContrlOptions> = {}): readonly Contrl[] {
  const acknowledger = createContrlAcknowledger({ kind: 'complete', messages: 'rejected', ...options });
  return checked.flatMap((one) => acknowledger.take(one) ?? []);
}

/** An answer as EDI. Every answer has the same references. */
export function contrlText(contrl: Contrl): Buffer {
  assert.ok(contrl.possible, 'no CONTRL is possible');
  const sending = { date: '20240103', time: '0900', interchange: '501', message: '1' };
  const result = writeEdifactInterchange(contrlInterchange(contrl, sending), {
    delimiters: EDIFACT_DELIMITERS,
    lineBreak: '\n',
  });
  assert.ok(result.ok, result.ok ? '' : result.refusals.map(({ text }) => text).join('\n'));
  return result.bytes;
}

/** What stands between UNH and UNT of the answer to a file: one line, UCI as far as its parties left out. */
export function contrlBody(file: string | readonly Checked[], options: Partial<ContrlOptions> = {}): string {
  const checked = typeof file === 'string' ? checkedItems(file) : file;
  return contrlsTo(checked, options)
    .flatMap((contrl) => contrlText(contrl).toString('latin1').split("'\n").slice(2, -3))
    .join(' ')
    .replace('UCI+1+SENDER:14+RECEIVER:14', 'UCI');
}
