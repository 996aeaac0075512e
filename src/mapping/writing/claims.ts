import type { Place } from '../../util/problem.ts';
import type { Saying } from './say.ts';

/**
 * What one rule wants of one element: the texts it can say, best first, and every other text that it would read as the same
 * value. Rules that meet on an element (a qualifier and a code table, a meaning and its raw code) agree by their claims.
 */
export interface Claim {
  /** JSON Pointer of the field that is said; of the field whose reference has the condition, for a condition. */
  readonly field: string;
  /** The rule. */
  readonly at: Place;
  /** A `value` brings its segment into the document; a `condition` or a `hint` (of `also`) only has a say in it. */
  readonly kind: 'value' | 'condition' | 'hint' | 'constant';
  readonly texts: readonly string[];
  readonly accepts: (text: string) => boolean;
}

/** An element of a document that is being written. */
export interface Cell {
  readonly claims: Claim[];
  /** The text that all claims accept so far; undefined while none of them names one. */
  text: string | undefined;
}

/** The text of a cell with one more claim: the first that all accept; undefined when there is none. */
export function textWith(cell: Cell | undefined, claim: Claim): string | undefined {
  if (cell === undefined) return claim.texts[0];
  if (cell.text !== undefined && claim.accepts(cell.text)) return cell.text;
  const claims = [...cell.claims, claim];
  for (const { texts } of claims) {
    const found = texts.find((text) => claims.every((each) => each.accepts(text)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True when claims on a cell contradict each other, so that waiting for another claim is in vain. */
export function contradicts(cell: Cell | undefined, claim: Claim): boolean {
  const texts = [...(cell?.claims ?? []), claim].flatMap((each) => each.texts);
  return texts.length > 0 && textWith(cell, claim) === undefined;
}

/** Adds a claim that was found to fit. */
export function addClaim(cell: Cell, claim: Claim): void {
  const text = textWith(cell, claim);
  cell.claims.push(claim);
  cell.text = text;
}

/** True when some rule gave the element a value of the event. */
export function holdsValue(cell: Cell): boolean {
  return cell.claims.some(({ kind }) => kind === 'value');
}

/** The claim of a rule with one element: every way it can say the value, and what it would read as the same. */
export function valueClaim(at: Place, field: string, { ways, accepts }: Pick<Saying, 'ways' | 'accepts'>): Claim {
  return { field, at, kind: 'value', texts: ways.map(([text = '']) => text), accepts };
}

/** The claim of one element among several that say a value together. */
export function exactClaim(at: Place, field: string, text: string): Claim {
  return { field, at, kind: 'value', texts: [text], accepts: (other) => other === text };
}
