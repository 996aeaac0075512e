import type { Finding, FindingAcknowledgment, FindingPosition, Severity } from './finding.ts';
import { FINDING_CODES, type FindingCode, type FindingEntry } from './finding-codes.ts';
import { FINDING_REMEDIES } from './finding-remedies.ts';

/** What is particular about one finding; the rest comes from the register. */
export interface FindingDetails {
  readonly path: string;
  readonly position: FindingPosition;
  readonly value?: string | undefined;
  readonly expected?: string | undefined;
  /** A sentence that says more than the register's. */
  readonly text?: string | undefined;
  readonly remedy?: string | undefined;
  readonly severity?: Severity | undefined;
  /** Another X12 code than the register's; null for none. */
  readonly x12?: string | null | undefined;
  /** Another code of DE 0085 than the register's. */
  readonly contrl?: string | undefined;
  /** DE number of the element, for AK402. */
  readonly elementNumber?: string | undefined;
  /** Of a broken rule between elements: the one it comes from, for CTX. */
  readonly trigger?: FindingAcknowledgment['trigger'] | undefined;
}

/** The longest value that acknowledgments can carry. */
const LONGEST_VALUE = 99;

/** A finding with the severity, sentence, remedy and acknowledgment codes of the register. */
export function finding(code: FindingCode, details: FindingDetails): Finding {
  const entry: FindingEntry = FINDING_CODES[code];
  const { path, position, value, expected } = details;
  return {
    code,
    severity: details.severity ?? entry.severity,
    path,
    position,
    ...(value === undefined ? {} : { value: value.slice(0, LONGEST_VALUE) }),
    ...(expected === undefined ? {} : { expected }),
    text: details.text ?? entry.title,
    remedy: details.remedy ?? FINDING_REMEDIES[code],
    ack: acknowledgment(entry, details),
  };
}

function acknowledgment(entry: FindingEntry, details: FindingDetails): FindingAcknowledgment {
  const x12 = details.x12 === undefined ? entry.x12 : details.x12;
  const contrl = details.contrl ?? entry.contrl;
  return {
    level: entry.level,
    ...(x12 === undefined || x12 === null ? {} : { x12 }),
    ...(contrl === undefined ? {} : { contrl }),
    ...(details.elementNumber === undefined ? {} : { elementNumber: details.elementNumber }),
    ...(details.trigger === undefined ? {} : { trigger: details.trigger }),
  };
}
