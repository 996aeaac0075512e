import type { Finding } from '../finding.ts';
import type { PlainValue } from '../plain-segment.ts';

/** A segment of a CONTRL, in which nothing repeats. */
export type ContrlSegment = readonly [tag: string, ...elements: readonly PlainValue[]];

/** DE 0083. There is no acceptance with errors: what is told of a level rejects it. */
export const ACTION = { accepted: '7', rejected: '4', received: '8' } as const;

/** DE 0085 of a rejection that has no code of its own. */
const UNSPECIFIED = '18';
/** DE 0098, 0104 and 0136 have three digits and more. */
const LAST_PLACE = 999;

/** Header and trailer of a level. */
export interface LevelTags {
  readonly header: readonly string[];
  readonly trailer: string;
}

export const INTERCHANGE_TAGS: LevelTags = { header: ['UNA', 'UNB'], trailer: 'UNZ' };
export const GROUP_TAGS: LevelTags = { header: ['UNG'], trailer: 'UNE' };
export const MESSAGE_TAGS: LevelTags = { header: ['UNH'], trailer: 'UNT' };

/** 0083, and of a rejected level 0085, 0013 and S011: the first of its own findings that rejects it. */
export function verdictOf(own: readonly Finding[], tags: LevelTags, occurrences: boolean): readonly PlainValue[] {
  const rejecting = own.filter(({ severity }) => severity === 'rejected');
  const first = rejecting.find(({ ack }) => ack?.contrl !== undefined) ?? rejecting[0];
  if (first === undefined) return [ACTION.accepted];
  const tag = serviceTag(first, tags);
  const place = tag === '' ? null : placeOf(first, occurrences);
  return [ACTION.rejected, first.ack?.contrl ?? UNSPECIFIED, tag, place ?? ''];
}

/** The service segment at fault; empty when it is none of this level. */
function serviceTag({ code, position }: Finding, { header, trailer }: LevelTags): string {
  if (code.endsWith('_TRAILER_MISSING')) return trailer;
  return [...header, trailer].includes(position.tag ?? '') ? (position.tag ?? '') : '';
}

/** S011; null where no element is at fault, or one too far behind. The tag counts as position 1, components begin at 1. */
export function placeOf({ position }: Finding, occurrences: boolean): readonly string[] | null {
  const { element, component, repetition } = position;
  if (element === undefined || element >= LAST_PLACE) return null;
  const inside = component === undefined || component > LAST_PLACE ? '' : String(component);
  const occurrence = occurrences && repetition !== undefined ? String(repetition) : '';
  return [String(element + 1), inside, occurrence];
}
