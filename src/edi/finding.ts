import type { FindingCode } from './finding-codes.ts';

/**
 * How bad a finding is for the unit it lies in.
 * `note`: worth knowing; `accepted-with-errors`: processed and told (E); `rejected`: not processed (R).
 */
export type Severity = 'note' | 'accepted-with-errors' | 'rejected';

/** The unit that an acknowledgment names. */
export type FindingLevel = 'interchange' | 'group' | 'document' | 'segment' | 'element';

/** Where in the file. Counts begin at 1 as in the standards: segment 1 is ST or UNH. */
export interface FindingPosition {
  /** Byte in the file, from 0. */
  readonly byte: number;
  /** Position of the segment in its document (ST = 1); absent above document level. */
  readonly segment?: number;
  readonly tag?: string;
  readonly element?: number;
  readonly component?: number;
  readonly repetition?: number;
}

/** The standards' own codes for a finding; TA1, 997, 999 and CONTRL are projections of these. */
export interface FindingAcknowledgment {
  readonly level: FindingLevel;
  /**
   * TA105, AK905 (DE 716), AK502 (DE 718), AK304 (DE 720) or AK403 (DE 723), by level; with an I before it a code of
   * IK502 (618), IK304 (620) or IK403 (621) for what only a guide asks for.
   */
  readonly x12?: string;
  /** DE 0085. */
  readonly contrl?: string;
  /** DE number of the element in error (AK402). */
  readonly elementNumber?: string;
  /** The element of the segment from which the rule comes that is broken (CTX), from 1. */
  readonly trigger?: { readonly element: number; readonly elementNumber?: string };
}

/** One fault of a document, as data. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Human path: `ISA/13`, `856/HL[3]/LIN` (the third HL), `214/LX[1]/AT7[2]/05`. */
  readonly path: string;
  readonly position: FindingPosition;
  /** The bad value as text, cut to 99 characters. */
  readonly value?: string;
  /** What was expected instead. */
  readonly expected?: string;
  /** One sentence: what is wrong. */
  readonly text: string;
  /** One sentence: what to do, and who. */
  readonly remedy: string;
  readonly ack?: FindingAcknowledgment;
}

const RANK: Readonly<Record<Severity, number>> = { note: 0, 'accepted-with-errors': 1, rejected: 2 };

/** The worst of some findings; `note` when there is none. */
export function worst(findings: readonly Finding[]): Severity {
  let result: Severity = 'note';
  for (const finding of findings) if (RANK[finding.severity] > RANK[result]) result = finding.severity;
  return result;
}

/** True when nothing among the findings rejects the unit. */
export function accepted(findings: readonly Finding[]): boolean {
  return findings.every((finding) => finding.severity !== 'rejected');
}
