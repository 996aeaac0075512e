import type { Delimiters } from './delimiters.ts';
import type { Segments } from './segments.ts';

/** The standards the core reads. */
export type Standard = 'x12' | 'edifact';

/** A trading party as the envelope names it; blanks around are padding and taken away. */
export interface PartyId {
  readonly qualifier: string;
  readonly id: string;
}

/** What the header of an interchange says. */
export interface Interchange {
  readonly standard: Standard;
  /** Counted from 0 within the file. */
  readonly ordinal: number;
  /** ISA12 (`00401`), or UNB S001 (`UNOA:3`). */
  readonly version: string;
  readonly sender: PartyId;
  readonly receiver: PartyId;
  /** Text, leading zeros kept. */
  readonly controlNumber: string;
  /** As sent: YYMMDD or CCYYMMDD, and HHMM. */
  readonly date: string;
  readonly time: string;
  /** ISA15 is T, or UNB 0035 is 1. */
  readonly test: boolean;
  readonly delimiters: Delimiters;
  /** The ISA or UNB itself, one segment. */
  readonly header: Segments;
  /** First byte in the file, of the ISA, or of the UNA or UNB. */
  readonly start: number;
  /** True for an ISA that is not the fixed 106 bytes, and where a UNA or the defaults do not say the delimiters used. */
  readonly irregularHeader: boolean;
}

/** What the header of a functional group says. For EDIFACT without UNG the group is implicit and all texts are empty. */
export interface FunctionalGroup {
  /** Counted from 0 within the interchange. */
  readonly ordinal: number;
  /** GS01, or UNG 0038. */
  readonly code: string;
  /** GS08, whole, or UNG S008 (`D:96A:EAN008`). */
  readonly version: string;
  readonly controlNumber: string;
  readonly implicit: boolean;
  /** The GS or UNG itself, one segment; null when implicit. */
  readonly header: Segments | null;
}

/** One transaction set or message, from header to trailer. Both standards: "document". */
export interface TransactionSet {
  /** Counted from 0 within the interchange. */
  readonly ordinal: number;
  /** ST01 or UNH 0065. */
  readonly type: string;
  /** The release that picks the dictionary: first six characters of GS08, or `D96A`. */
  readonly release: string;
  readonly controlNumber: string;
  /** Every segment, header and (where it is there) trailer included. */
  readonly segments: Segments;
  /** False when SE or UNT is missing: another header, a group or interchange trailer, or the end came first. */
  readonly complete: boolean;
  /** Bytes in the file, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Why bytes belong to no interchange. */
export type GapReason = 'blank' | 'garbage' | 'byte-order-mark' | 'truncated';

/** Why a reader gave up on the rest of an interchange. */
export type BreakReason =
  | 'segment-too-long'
  | 'too-many-elements'
  | 'too-many-segments'
  | 'document-too-long'
  | 'header-unreadable'
  | 'truncated';

/**
 * What a reader tells, in the order of the bytes. Every byte of the file lies in exactly one interchange (from its
 * `interchange` item to its `interchange-end`) or one gap. Readers state facts; what is wrong with them is for `check`.
 */
export type ReadItem =
  | { readonly kind: 'gap'; readonly reason: GapReason; readonly start: number; readonly end: number }
  | { readonly kind: 'interchange'; readonly interchange: Interchange }
  /** A TA1 outside the groups; it belongs before the first, some send it behind the last. */
  | { readonly kind: 'interchange-acknowledgment'; readonly segments: Segments }
  | { readonly kind: 'group'; readonly group: FunctionalGroup }
  | { readonly kind: 'document'; readonly document: TransactionSet }
  /** A segment outside any document that is no envelope segment. */
  | { readonly kind: 'stray'; readonly segments: Segments }
  /** `trailer` is the GE or UNE, null when it is missing (or the group is implicit). */
  | { readonly kind: 'group-end'; readonly group: FunctionalGroup; readonly trailer: Segments | null }
  /** The reader gave up: bytes from `start` to the end of the interchange were not understood. */
  | { readonly kind: 'broken'; readonly reason: BreakReason; readonly start: number; readonly end: number }
  /** `trailer` is the IEA or UNZ, null when it is missing. `end` is the byte after the interchange. */
  | {
      readonly kind: 'interchange-end';
      readonly interchange: Interchange;
      readonly trailer: Segments | null;
      readonly end: number;
    };

/** A reader: bytes in, items out. Chunks may be cut anywhere; a chunk given is never changed and may be kept. */
export interface EdiReader {
  push(chunk: Buffer): Iterable<ReadItem>;
  /** Call once, when no more bytes come. */
  end(): Iterable<ReadItem>;
}
