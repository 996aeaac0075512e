import assert from 'node:assert/strict';
import { acknowledgmentInterchange } from '../../../src/edi/acknowledge/acknowledgment-interchange.ts';
import { type AcknowledgeOptions, createAcknowledger } from '../../../src/edi/acknowledge/index.ts';
import { type Checked, createChecker } from '../../../src/edi/check/index.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { readAll } from '../../../src/edi/read.ts';
import { X12_DELIMITERS } from '../../../src/edi/x12/plain.ts';
import { writeInterchange } from '../../../src/edi/x12/write.ts';
import { bytes } from './x12.ts';

const dictionaries = createDictionaries();
const SENDING = { date: '20240103', time: '0900', numbers: { interchange: 501, group: 31, set: 1 } };

/** What is answered to each interchange of a file, as EDI. Every answer has the same control numbers. */
export function answersTo(file: string, options: Partial<AcknowledgeOptions> = {}): readonly Buffer[] {
  const checker = createChecker(dictionaries);
  const checked = readAll(bytes(file)).flatMap((item) => checker.check(item) ?? []);
  return answersToChecked(checked, options);
}

/** The same of what checking gave. */
export function answersToChecked(
  checked: readonly Checked[],
  options: Partial<AcknowledgeOptions> = {},
): readonly Buffer[] {
  const delimiters = options.delimiters ?? X12_DELIMITERS;
  const acknowledger = createAcknowledger({ type: '997', documents: 'all', delimiters, ...options });
  return checked.flatMap((one) => {
    const acknowledgment = acknowledger.take(one);
    if (acknowledgment === null) return [];
    const interchange = acknowledgmentInterchange(acknowledgment, { ...SENDING, delimiters });
    const result = writeInterchange(interchange, { delimiters, lineBreak: '\n', encoding: 'latin1' });
    assert.ok(result.ok, result.ok ? '' : result.refusals.map(({ text }) => text).join('\n'));
    return [result.bytes];
  });
}

/** The same as lines, envelopes left out: TA1, and what stands between ST and SE. */
export function answerLines(file: string, options: Partial<AcknowledgeOptions> = {}): readonly string[] {
  return answersTo(file, options)
    .flatMap((answer) => answer.toString('latin1').split('~\n'))
    .filter((line) => line !== '' && !/^(?:ISA|GS|ST|SE|GE|IEA)\*/.test(line));
}
