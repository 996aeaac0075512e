import type { Delimiters } from '../delimiters.ts';
import type { PartyId } from '../envelope.ts';
import type { PlainSegment } from '../plain-segment.ts';
import type { SegmentStyle } from '../segment-writer.ts';

/** A transaction set to be written. */
export interface PlainSet {
  /** ST01. */
  readonly type: string;
  /** ST02 and SE02. */
  readonly controlNumber: string;
  /** ST03, which 005010 has. */
  readonly implementation?: string;
  /** What stands between ST and SE. */
  readonly segments: readonly PlainSegment[];
}

/** A functional group to be written. */
export interface PlainGroup {
  /** GS01. */
  readonly code: string;
  /** GS02 and GS03. */
  readonly sender: string;
  readonly receiver: string;
  /** CCYYMMDD and HHMM, or as far as HHMMSSDD; those of the interchange by default. */
  readonly date?: string;
  readonly time?: string;
  /** GS06 and GE02. */
  readonly controlNumber: string;
  /** GS07: `X` by default. */
  readonly agency?: string;
  /** GS08. */
  readonly version: string;
  readonly sets: readonly PlainSet[];
}

/** An interchange to be written. The writer makes the delimiters, counts and padding. */
export interface PlainInterchange {
  /** ISA01 and ISA02, ISA03 and ISA04: `00` and blanks by default. */
  readonly authorization?: PartyId;
  readonly security?: PartyId;
  /** ISA11 before 00402: `U` by default. */
  readonly standards?: string;
  /** ISA12, `00401`. */
  readonly version: string;
  readonly sender: PartyId;
  readonly receiver: PartyId;
  /** CCYYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
  /** ISA13 and IEA02, filled up with zeros to nine digits. */
  readonly controlNumber: string;
  /** ISA14: whether a TA1 is wanted. */
  readonly acknowledge: '0' | '1';
  /** ISA15: information, production, test. */
  readonly usage: 'I' | 'P' | 'T';
  /** TA1 segments, which stand before the first group. */
  readonly acknowledgments: readonly PlainSegment[];
  readonly groups: readonly PlainGroup[];
}

/** How an interchange is written. */
export interface WriteOptions extends SegmentStyle {
  /** ISO 8859-1, UTF-8, or Windows-1252, which has more letters than the first and the euro sign. */
  readonly encoding: 'latin1' | 'utf8' | 'windows-1252';
}

/** The delimiters that most partners use. */
export const X12_DELIMITERS: Delimiters = {
  element: 0x2a,
  component: 0x3a,
  repetition: 0x5e,
  segment: 0x7e,
  release: null,
};
