import type { Severity } from '../../edi/finding.ts';
import type { Place } from '../../util/problem.ts';
import type { BlockReference, ValueReference } from '../reference.ts';
import type { Located } from '../rules.ts';
import type { PatternName } from './patterns.ts';

/** What an agreement demands of a document on top of the standard: one line of `expect:`. */
export type Expectation = ElementExpectation | CountExpectation;

interface ExpectationBase {
  readonly at: Place;
  /** Demanded of each of these; null for the document as a whole. */
  readonly each: Located<BlockReference> | null;
  readonly severity: Severity;
}

/** Of an element: that it is there, and what it may hold. */
export interface ElementExpectation extends ExpectationBase {
  readonly kind: 'element';
  readonly reference: Located<ValueReference>;
  readonly required: boolean;
  /** Null allows every code. */
  readonly codes: readonly string[] | null;
  readonly length: Range | null;
  readonly pattern: PatternName | null;
}

/** Of a loop or segment: how often it comes. */
export interface CountExpectation extends ExpectationBase {
  readonly kind: 'count';
  readonly of: Located<BlockReference>;
  readonly count: Range;
}

/** Both ends count; `most` is Infinity where none is said. */
export interface Range {
  readonly least: number;
  readonly most: number;
}
