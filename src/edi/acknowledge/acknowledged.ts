import type { FindingLevel } from '../finding.ts';

/**
 * What a partner says of something that was sent. `received`: it arrived, and its contents are still to be answered;
 * `partially-accepted`: some of what it holds was rejected and the answer does not say which.
 */
export type AcknowledgedStatus = 'received' | 'accepted' | 'accepted-with-errors' | 'partially-accepted' | 'rejected';

/** What a fault has to do with: another element that a rule comes from, or what the partner calls the thing (CTX). */
export interface AcknowledgedContext {
  /** `SITUATIONAL TRIGGER`, or the element that names the thing: `BSN02`. */
  readonly name: string;
  readonly reference?: string;
  readonly tag?: string;
  readonly segment?: number;
  readonly element?: number;
  readonly component?: number;
}

/** One fault that a partner tells. Positions count as in findings: ST or UNH is segment 1, the first element is 1. */
export interface AcknowledgedError {
  readonly level: FindingLevel;
  /**
   * TA105, AK905, AK502, AK304, AK403 (or those of IK) or DE 0085, by the kind of the acknowledgment and the level. As it
   * was told: also one that only a guide has (I6), or that a vendor made up (511, 70 to 76).
   */
  readonly code: string;
  readonly tag?: string;
  /** Where a segment is missing CONTRL names the last one before it, and no tag. */
  readonly segment?: number;
  readonly element?: number;
  readonly component?: number;
  readonly repetition?: number;
  /** DE number of the element (AK402). */
  readonly elementNumber?: string;
  /** The bad value (AK404). */
  readonly value?: string;
  readonly context?: readonly AcknowledgedContext[];
}

/** What is said of one document that is named. */
export interface AcknowledgedDocument {
  /** Control number of its group; empty where the acknowledgment names none. */
  readonly group: string;
  readonly type: string;
  readonly controlNumber: string;
  readonly status: AcknowledgedStatus;
  readonly errors: readonly AcknowledgedError[];
}

/** What is said of a group. */
export interface AcknowledgedGroup {
  /** GS01; empty in EDIFACT, which does not repeat it. */
  readonly code: string;
  readonly controlNumber: string;
  readonly status: AcknowledgedStatus;
  /** What follows for its documents that are not named. */
  readonly others: AcknowledgedStatus;
  readonly errors: readonly AcknowledgedError[];
}

/** What is said of an interchange. */
export interface AcknowledgedInterchange {
  readonly controlNumber: string;
  readonly status: AcknowledgedStatus;
  /** What follows for its groups and documents that are not named. */
  readonly others: AcknowledgedStatus;
  readonly errors: readonly AcknowledgedError[];
}

/** An acknowledgment as it was read. */
export interface ReadAcknowledgment {
  readonly kind: 'TA1' | '997' | '999' | 'CONTRL';
  /** Of a TA1 and a CONTRL. */
  readonly interchange?: AcknowledgedInterchange;
  readonly groups: readonly AcknowledgedGroup[];
  /** The documents that are named, those of all groups. */
  readonly documents: readonly AcknowledgedDocument[];
}

/** A document that was sent, as its envelope named it. */
export interface SentDocument {
  readonly interchange: string;
  /** GS01 or UNG 0038 and its control number; absent where a message has no group. */
  readonly group?: { readonly code: string; readonly controlNumber: string };
  readonly type: string;
  readonly controlNumber: string;
}
