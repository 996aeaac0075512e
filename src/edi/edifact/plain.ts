import type { Delimiters } from '../delimiters.ts';
import type { WriteCharset } from '../encoder.ts';
import type { PlainElement, PlainSegment, PlainValue } from '../plain-segment.ts';
import type { SegmentStyle } from '../segment-writer.ts';

/** A message to be written. */
export interface PlainMessage {
  /** 0062 of UNH and UNT. */
  readonly reference: string;
  /** S009: type, version, release, agency, association code. */
  readonly identifier: PlainValue;
  /** What follows S009 in the UNH: 0068, S010, and S016 to S018 of syntax 4. */
  readonly details?: readonly PlainElement[];
  /** What stands between UNH and UNT. */
  readonly segments: readonly PlainSegment[];
}

/** A group of messages to be written. */
export interface PlainMessageGroup {
  /** 0038: the type of its messages. */
  readonly code: string;
  /** S006 and S007: id, qualifier. */
  readonly sender: PlainValue;
  readonly receiver: PlainValue;
  /** S004; those of the interchange by default. */
  readonly date?: string;
  readonly time?: string;
  /** 0048 of UNG and UNE. */
  readonly reference: string;
  /** 0051. */
  readonly agency: string;
  /** S008: version, release, association code. */
  readonly version: PlainValue;
  /** 0058. */
  readonly password?: string;
  readonly messages: readonly PlainMessage[];
}

/** An EDIFACT interchange to be written. The writer makes UNA, trailers and counts. */
export interface PlainEdifactInterchange {
  /** S001: `UNOC`, `3`. */
  readonly syntax: readonly [identifier: string, version: string, ...rest: readonly string[]];
  /** S002 and S003: id, qualifier, address. */
  readonly sender: PlainValue;
  readonly receiver: PlainValue;
  /** CCYYMMDD; written as YYMMDD before syntax 4. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
  /** 0020 of UNB and UNZ. */
  readonly reference: string;
  /** S005. */
  readonly password?: PlainValue;
  /** 0026. */
  readonly application?: string;
  /** 0029. */
  readonly priority?: string;
  /** 0031: `1` asks for a CONTRL, `2` for one that tells the receipt. */
  readonly acknowledge?: string;
  /** 0032. */
  readonly agreement?: string;
  /** 0035 is 1. */
  readonly test?: boolean;
  /** An interchange has groups, or messages without groups. */
  readonly groups: readonly PlainMessageGroup[];
  readonly messages: readonly PlainMessage[];
}

/** How an EDIFACT interchange is written. */
export interface EdifactWriteOptions extends SegmentStyle {
  /** By default that of the syntax identifier. */
  readonly charset?: WriteCharset;
  /** True writes the UNA always; by default it is written where it says something. */
  readonly una?: boolean;
  /** The decimal mark that the UNA names: a point by default. Values are written as they are. */
  readonly decimal?: '.' | ',';
}

/** What EDIFACT uses where no UNA says otherwise. Before syntax 4 nothing repeats. */
export const EDIFACT_DELIMITERS: Delimiters = {
  element: 0x2b,
  component: 0x3a,
  repetition: 0x2a,
  segment: 0x27,
  release: 0x3f,
};
