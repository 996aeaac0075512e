/** An element that stands once: text, empty when it is absent; the components of a composite as a list. */
export type PlainValue = string | readonly string[];

/** An element that stands several times. */
export interface RepeatedElement {
  readonly repetitions: readonly PlainValue[];
}

/** An element to be written. */
export type PlainElement = PlainValue | RepeatedElement;

/** A segment to be written: its tag, then its elements. */
export type PlainSegment = readonly [tag: string, ...elements: readonly PlainElement[]];
