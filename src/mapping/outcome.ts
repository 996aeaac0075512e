import type { Json } from '../events/types.ts';

/** A text was there and could not be read: which element, and what was expected of it. */
export class ReadFault {
  readonly segment: number;
  readonly element: number;
  readonly value: string;
  readonly expected: string;

  constructor(segment: number, element: number, value: string, expected: string) {
    this.segment = segment;
    this.element = element;
    this.value = value;
    this.expected = expected;
  }
}

/** A value, nothing (absent), or a fault. */
export type Outcome = Json | undefined | ReadFault;
