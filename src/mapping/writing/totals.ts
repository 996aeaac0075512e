import type { PlainElement, PlainSegment } from '../../edi/plain-segment.ts';
import type { CompileContext } from '../compile-context.ts';
import { parseValueReference } from '../reference.ts';
import { resolveValue, splits } from '../resolve-value.ts';
import type { WriteRule } from '../rules.ts';
import { type Block, isFault, placesOf } from '../scope.ts';
import { addClaim } from './claims.ts';
import { isTotal } from './constants.ts';
import { cellAt, cellKey } from './draft.ts';
import type { WriteFrame } from './frames.ts';
import { segmentOf, spotOf } from './put.ts';
import type { WriteRun } from './run.ts';

/** Writes totals as seen from a frame, over these segments: those of the document, or of one block. */
export type Totals = (run: WriteRun, frame: WriteFrame, segmentsOf: () => readonly PlainSegment[]) => void;

/**
 * Compiles `count TAG` and `sum REF`: how many segments of a tag there are, and what the values of an element add up to. Null
 * where there are none.
 */
export function compileTotals(rules: readonly WriteRule[], block: Block, context: CompileContext): Totals | null {
  const totals = rules.filter(isTotal).flatMap((rule) => {
    const resolved = resolveValue(block, rule.target.value, false);
    const [verb = '', object = ''] = rule.value.split(' ');
    const value = verb === 'count' ? countOf(object) : sumOf(object, context);
    return isFault(resolved) || value === null ? [] : [{ rule, spot: spotOf(resolved), value }];
  });
  if (totals.length === 0) return null;
  return (run, frame, segmentsOf) => {
    const segments = segmentsOf();
    for (const { rule, spot, value } of totals) {
      const text = value(segments);
      const segment = text === null ? null : segmentOf(run, frame, spot, rule.at);
      const [place] = spot.resolved.places;
      if (text === null || segment === null || place === undefined) continue;
      segment.demanded = true;
      const accepts = (other: string): boolean => other === text;
      addClaim(cellAt(segment, cellKey(place.position, place.component)), {
        field: '',
        at: rule.at,
        kind: 'constant',
        texts: [text],
        accepts,
      });
    }
  };
}

type Total = (segments: readonly PlainSegment[]) => string | null;

function countOf(tag: string): Total {
  return (segments) => {
    const count = segments.filter(([each]) => each === tag).length;
    return count === 0 ? null : String(count);
  };
}

function sumOf(text: string, context: CompileContext): Total | null {
  const reference = parseValueReference(text);
  if ('fault' in reference) return null;
  for (const { tag, element } of splits(reference)) {
    const definition = tag === null ? undefined : context.dictionary.segment(tag);
    const places = definition === undefined ? null : placesOf(definition, element);
    if (places === null || isFault(places)) continue;
    const [place] = places;
    if (place === undefined) continue;
    return (segments) => {
      const texts = segments
        .filter(([each]) => each === tag)
        .map((segment) => elementText(segment[place.position], place.component));
      const numbers = texts.filter((each) => each !== '');
      return numbers.length === 0 ? null : addUp(numbers);
    };
  }
  return null;
}

function elementText(element: PlainElement | undefined, component: number | null): string {
  if (element === undefined) return '';
  const value = typeof element !== 'string' && 'repetitions' in element ? element.repetitions[0] : element;
  if (value === undefined) return '';
  return typeof value === 'string' ? value : (value[(component ?? 1) - 1] ?? '');
}

/** Adds plain decimals without losing a digit. */
function addUp(texts: readonly string[]): string {
  const decimals = Math.max(...texts.map((text) => (text.split('.')[1] ?? '').length));
  const sum = texts.reduce((total, text) => {
    const [whole = '', fraction = ''] = text.split('.');
    return total + BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
  }, 0n);
  if (decimals === 0) return String(sum);
  const digits = String(sum < 0n ? -sum : sum).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`}`;
}
