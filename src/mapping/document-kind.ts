import type { LoopNode } from '../edi/dictionary/types.ts';
import { partText } from '../edi/part-text.ts';
import type { Segments } from '../edi/segments.ts';
import { type ResolvedValue, resolveValue } from './resolve-value.ts';
import type { EventSource } from './rules.ts';
import { type Block, isFault } from './scope.ts';

/** What an element of the one segment of that tag must hold. */
export interface KindMark {
  readonly tag: string;
  readonly position: number;
  /** Counted from 1; null for the whole element. */
  readonly component: number | null;
  readonly codes: readonly string[];
  /** None of the codes, or nothing at all. */
  readonly not: boolean;
  /** True where the element may be empty. */
  readonly empty: boolean;
}

/**
 * Which documents of its set a map is for, by what its `event:` says of a segment that stands once at the top: the conditions
 * beside `by` first, then its codes. Without any mark a map is for all of them.
 */
export type DocumentKind = readonly KindMark[];

/** The kind that an event part means. `by` in a loop, from several places or by a code table marks nothing. */
export function kindOf({ each, by, type, types }: EventSource, root: Block): DocumentKind {
  const [part, second] = each === null && by?.kind === 'value' ? by.parts : [];
  if (part === undefined || second !== undefined || by?.kind !== 'value') return [];
  const value = resolveValue(root, part.value, false);
  if (isFault(value) || !standsOnce(value, root.loop)) return [];
  const { tag } = value.definition;
  const marks = value.tests.flatMap(({ positions: [position, more], component, codes, not }): readonly KindMark[] =>
    position === undefined || more !== undefined ? [] : [{ tag, position, component, codes, not, empty: not }],
  );
  const [place, other] = value.places;
  if (place === undefined || other !== undefined || by.codes !== null || types.length === 0) return marks;
  const { position, component } = place;
  const codes = types.map(({ code }) => code);
  return [...marks, { tag, position, component, codes, not: false, empty: type !== null }];
}

function standsOnce({ outwards, path, tag, pair }: ResolvedValue, root: LoopNode): boolean {
  const own = root.children.find((child) => child.kind === 'segment' && child.tag === tag);
  return outwards === 0 && path.length === 0 && pair === null && own?.max === 1;
}

/** What a document says of each mark, from the first on: how many hold, and whether all do. */
function fitOf(kind: DocumentKind, segments: Segments): number {
  const failed = kind.findIndex((mark) => !holds(mark, segments));
  return failed < 0 ? Number.POSITIVE_INFINITY : failed;
}

function holds({ tag, position, component, codes, not, empty }: KindMark, segments: Segments): boolean {
  for (let segment = 0; segment < segments.count; segment++) {
    if (segments.tag(segment) !== tag) continue;
    const text = partText(segments, segment, position, component);
    return text === '' ? empty : codes.includes(text) !== not;
  }
  return empty;
}

/**
 * The first of those whose map is for the document. Where there is none, the one whose marks hold the furthest: it says best
 * what the document has wrong.
 */
export function mostFitting<T>(
  choices: readonly T[],
  mapOf: (choice: T) => { readonly kind: DocumentKind },
  segments: Segments,
): T | undefined {
  const [first, second] = choices;
  if (second === undefined) return first;
  const fits = choices.map((choice) => fitOf(mapOf(choice).kind, segments));
  return choices[fits.indexOf(Math.max(...fits))];
}

/** Why a document can be of both kinds, as the rest of a sentence (`where BGM01-1 is 380`); null where none can. */
export function sharedDocuments(one: DocumentKind, other: DocumentKind): string | null {
  let shared: string | null = null;
  for (const mark of one) {
    for (const its of other) {
      if (mark.tag !== its.tag || mark.position !== its.position || mark.component !== its.component) continue;
      if (apart(mark, its)) return null;
      const both = mark.codes.filter((code) => its.codes.includes(code));
      if (!mark.not && !its.not && both.length > 0) shared ??= `where ${placeText(mark)} is ${both.join(' or ')}`;
    }
  }
  return shared ?? 'whatever they say';
}

function apart(one: KindMark, other: KindMark): boolean {
  if (one.not && other.not) return false;
  if (one.not) return !other.empty && other.codes.every((code) => one.codes.includes(code));
  if (other.not) return apart(other, one);
  return !(one.empty && other.empty) && !one.codes.some((code) => other.codes.includes(code));
}

function placeText({ tag, position, component }: KindMark): string {
  return `${tag}${String(position).padStart(2, '0')}${component === null ? '' : `-${component}`}`;
}
