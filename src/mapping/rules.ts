import type { Place } from '../util/problem.ts';
import type { Expectation } from './expectations/types.ts';
import type { BlockReference, ValueReference } from './reference.ts';
import type { TreeDocument } from './trees/layout.ts';
import type { MapStandard } from './trees/standards.ts';

/** A map file as written, words understood and references taken apart, nothing resolved yet. */
export interface MapSource {
  readonly at: Place;
  /** Empty, as the version, when the file says none that can be one; that is a problem already. */
  readonly name: string;
  readonly version: string;
  readonly document: DocumentSource;
  readonly event: EventSource;
  readonly data: ObjectRule;
  /** What the agreement demands on top of the standard. */
  readonly expect: readonly Expectation[];
}

export interface DocumentSource {
  readonly at: Place;
  readonly standard: MapStandard;
  /** Of JSON, XML and CSV the name of the map; release and group are empty. */
  readonly set: string;
  readonly release: string;
  readonly group: string;
  /** What documents without a dictionary hold; null for X12 and EDIFACT. */
  readonly tree: TreeDocument | null;
}

/** Which events a document makes, and of which type. */
export interface EventSource {
  readonly at: Place;
  /** One event for each of these; null for one event a document. */
  readonly each: Located<BlockReference> | null;
  /** The type, when it is always the same; beside `by`, the type where the code is not there. */
  readonly type: Located<string> | null;
  /** The rule that gives a code (with `types`) or the type itself (with a code table). */
  readonly by: ValueRule | EitherRule | null;
  /** Code → type, for a `by` without a code table. */
  readonly types: readonly { readonly at: Place; readonly code: string; readonly type: string }[];
  /** Said again as this type when such a segment is there. */
  readonly also: readonly { readonly at: Place; readonly type: string; readonly when: BlockReference }[];
}

export interface Located<T> {
  readonly at: Place;
  readonly value: T;
}

export type Direction = 'read' | 'write' | 'both';

export type Rule = ValueRule | EitherRule | AllRule | ObjectRule | ListRule;

/** One value from one reference, or from several parts. */
export interface ValueRule {
  readonly kind: 'value';
  readonly at: Place;
  readonly parts: readonly Located<ValueReference>[];
  /** Written with `also`. */
  readonly also: boolean;
  readonly as: Located<string> | null;
  readonly codes: Located<string> | null;
  readonly only: Direction;
}

export interface EitherRule {
  readonly kind: 'either';
  readonly at: Place;
  readonly alternatives: readonly ValueRule[];
  readonly only: Direction;
}

/** A list of the values of one reference. */
export interface AllRule {
  readonly kind: 'all';
  readonly at: Place;
  readonly reference: Located<ValueReference>;
  readonly as: Located<string> | null;
  readonly codes: Located<string> | null;
  readonly only: Direction;
}

export interface FieldRule {
  readonly name: string;
  readonly at: Place;
  /** Null when what is written there is no rule; that is a problem already. */
  readonly rule: Rule | null;
}

/** Several fields; with `in` those of one instance of a loop or segment. */
export interface ObjectRule {
  readonly kind: 'object';
  readonly at: Place;
  readonly in: Located<BlockReference> | null;
  readonly fields: readonly FieldRule[];
  readonly write: readonly WriteRule[];
  readonly only: Direction;
}

/** One entry for each instance. */
export interface ListRule {
  readonly kind: 'list';
  readonly at: Place;
  readonly in: Located<BlockReference> | null;
  readonly each: Located<BlockReference>;
  /** As many blocks elsewhere, in the same order: each entry has one of them around it. */
  readonly with: Located<BlockReference> | null;
  /** Written with `rest`: only segments that no other rule of the block names. */
  readonly rest: boolean;
  /** One entry for each value of these fields, instead of each instance. */
  readonly per: readonly FieldRule[];
  readonly fields: readonly FieldRule[];
  readonly write: readonly WriteRule[];
  readonly only: Direction;
}

/** What exists on the wire alone. */
export interface WriteRule {
  readonly at: Place;
  readonly target: Located<ValueReference>;
  /** The constant text, or `count TAG`, or `sum REF`. */
  readonly value: string;
}
