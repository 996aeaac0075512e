import { type Delimiters, delimiterText } from './delimiters.ts';
import type { PlainElement, PlainSegment, PlainValue } from './plain-segment.ts';
import { refusal, type WritePlace, type WriteRefusal } from './write-refusal.ts';

/** How segments are written. */
export interface SegmentStyle {
  readonly delimiters: Delimiters;
  /** What follows each terminator. */
  readonly lineBreak: '' | '\n' | '\r\n';
  /** Writes the separators of empty elements and components at the end too. They are left out by default. */
  readonly keepTrailing?: boolean;
}

/** Makes the text that stands for a value, and remembers what is wrong with it. */
export type ValueWriter = (value: string, place: WritePlace) => string;

/** Collects the text of segments. */
export interface SegmentWriter {
  /** A segment that is text already, without its terminator. */
  raw(text: string): void;
  segment(segment: PlainSegment, place: Omit<WritePlace, 'tag'>): void;
  text(): string;
}

/** A writer of segments. Repetitions without a separator for them are refused. */
export function createSegmentWriter(
  { delimiters, lineBreak, keepTrailing = false }: SegmentStyle,
  write: ValueWriter,
  refusals: WriteRefusal[],
): SegmentWriter {
  const [separator, components, repetitions, terminator] = [
    delimiters.element,
    delimiters.component,
    delimiters.repetition,
    delimiters.segment,
  ].map((byte) => delimiterText(byte) ?? '');
  const pieces: string[] = [];
  const trimmed = (texts: readonly string[]): readonly string[] =>
    keepTrailing ? texts : texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);
  const once = (value: PlainValue, place: WritePlace): string => {
    if (typeof value === 'string') return write(value, place);
    const parts = value.map((part, index) => write(part, { ...place, component: index + 1 }));
    return trimmed(parts).join(components);
  };
  const element = (value: PlainElement, place: WritePlace): string => {
    if (typeof value === 'string' || !('repetitions' in value)) return once(value, place);
    const texts = value.repetitions.map((one, index) => once(one, { ...place, repetition: index + 1 }));
    if (texts.length > 1 && repetitions === '') refusals.push(refusal('repetition', place));
    return trimmed(texts).join(repetitions);
  };
  const raw = (text: string): void => {
    pieces.push(text, terminator + lineBreak);
  };
  return {
    raw,
    segment([tag, ...elements], place) {
      const texts = elements.map((value, index) => element(value, { ...place, tag, element: index + 1 }));
      raw([tag, ...trimmed(texts)].join(separator));
    },
    text: () => pieces.join(''),
  };
}
