import type { Standard } from '../envelope.ts';

/** M mandatory, O optional (C in EDIFACT tables), X subject to a syntax note. */
export type Requirement = 'M' | 'O' | 'X';

/** Element types of both standards. `N2` style types are `N` with `decimals`; `A` is text without digits, `R` EDIFACT's n. */
export type ElementType = 'A' | 'AN' | 'ID' | 'DT' | 'TM' | 'R' | 'N' | 'B';

export interface ElementDefinition {
  /** `353`, `I05`, `3055`. */
  readonly number: string;
  readonly type: ElementType;
  /** Implied decimals of an N type, else 0. */
  readonly decimals: number;
  readonly min: number;
  readonly max: number;
  /** Allowed codes; undefined when the tables carry none, and then any text of the right form passes. */
  readonly codes: ReadonlySet<string> | undefined;
  /** How a date or time is written, such as `DD.MM.YYYY`, in documents whose standard does not say it; else absent. */
  readonly form?: string;
}

/** An element in its place in a segment, or a component in its place in a composite. */
export interface ElementUse {
  /** Counted from 1. */
  readonly position: number;
  readonly requirement: Requirement;
  /** How often it may repeat in its place; 1 for most. */
  readonly repeat: number;
  readonly element: ElementDefinition;
  /** Components when this is a composite (its number is then `C040`); else empty. */
  readonly components: readonly ElementUse[];
}

/** P paired, R at least one, E exclusive, C first needs the rest, L first needs one of the rest. */
export interface SyntaxNote {
  readonly kind: 'P' | 'R' | 'E' | 'C' | 'L';
  /** Positions, counted from 1. */
  readonly positions: readonly number[];
}

export interface SegmentDefinition {
  readonly tag: string;
  /** Empty when the tables know the segment's place but not its elements; then they pass unchecked. */
  readonly elements: readonly ElementUse[];
  readonly notes: readonly SyntaxNote[];
}

/** A segment in its place in a set. */
export interface SegmentNode {
  readonly kind: 'segment';
  readonly tag: string;
  readonly requirement: Requirement;
  /** Infinity when the standard states no limit. */
  readonly max: number;
  readonly definition: SegmentDefinition;
}

/**
 * A loop (EDIFACT: segment group). Its first child is its trigger, a mandatory segment that occurs once: meeting that tag
 * opens an instance. `name` is the trigger's tag, which is how maps name it.
 */
export interface LoopNode {
  readonly kind: 'loop';
  readonly name: string;
  readonly requirement: Requirement;
  /** Infinity when the standard states no limit. */
  readonly max: number;
  readonly children: readonly (SegmentNode | LoopNode)[];
  /** True for the HL loop of X12 and the CPS group of EDIFACT, whose second element names the instance above. */
  readonly hierarchical: boolean;
}

export interface SetDefinition {
  readonly standard: Standard;
  /** `856`, `DESADV`. */
  readonly type: string;
  readonly release: string;
  /** GS01 of the set; empty for EDIFACT. */
  readonly group: string;
  /** The set as a loop whose trigger is ST or UNH; max 1. */
  readonly root: LoopNode;
}

/** The tables of one release. */
export interface Dictionary {
  readonly standard: Standard;
  readonly release: string;
  /** Types of all sets that have a table. */
  readonly sets: readonly string[];
  set(type: string): SetDefinition | undefined;
  segment(tag: string): SegmentDefinition | undefined;
  element(number: string): ElementDefinition | undefined;
}

/**
 * Finds the tables for a release; `exact` is false when the nearest installed release stands in. With `set` that is the
 * nearest one with this set, where there is any.
 */
export interface Dictionaries {
  find(
    standard: Standard,
    release: string,
    set?: string,
  ): { readonly dictionary: Dictionary; readonly exact: boolean } | undefined;
}
