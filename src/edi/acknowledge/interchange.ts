import type { Checked } from '../check/index.ts';
import { type Finding, type Severity, worst } from '../finding.ts';
import type { PlainSegment } from '../plain-segment.ts';
import { statusOf } from './codes.ts';
import type { Copy } from './copy.ts';

type CheckedInterchange = Extract<Checked, { kind: 'interchange' }>;

/** TA105 when nothing is wrong. */
const NO_ERROR = '000';
/** TA105 for a rejection that has no code of its own. */
const INVALID_STRUCTURE = '022';

/**
 * The TA1 for an interchange; null when none is due. ISA14 asks for one always (1), for rejections (2), or for rejections and
 * errors (3 and what is no code); a rejected interchange is always answered, because nothing else is. An interchange that only
 * carries TA1 segments is never answered.
 */
export function interchangeAnswer(checked: CheckedInterchange, copy: Copy): PlainSegment | null {
  const { interchange, findings, groups, acknowledgments } = checked;
  if (groups === 0 && acknowledgments > 0) return null;
  // An error that TA1 has no code for cannot be told by it.
  const told = findings.filter(({ severity, ack }) => severity === 'rejected' || ack?.x12 !== undefined);
  const severity = worst(told);
  if (!isDue(interchange.header.text(0, 14), severity)) return null;
  const { controlNumber, date, time } = interchange;
  const names = [named(controlNumber, 9, copy), named(date, 6, copy), named(time, 4, copy)];
  return ['TA1', ...names, statusOf(severity), noteCode(told, severity)];
}

/** TA101 to TA103 must say something: zeros where the interchange says nothing. */
function named(received: string, width: number, copy: Copy): string {
  return copy.text(received).trim() || '0'.repeat(width);
}

function isDue(requested: string, severity: Severity): boolean {
  if (severity === 'rejected' || requested === '1') return true;
  return severity === 'accepted-with-errors' && requested !== '0' && requested !== '2';
}

/** The first code of the worst severity. */
function noteCode(findings: readonly Finding[], severity: Severity): string {
  if (severity === 'note') return NO_ERROR;
  const worstOnes = findings.filter((finding) => finding.severity === severity);
  return worstOnes.find(({ ack }) => ack?.x12 !== undefined)?.ack?.x12 ?? INVALID_STRUCTURE;
}
