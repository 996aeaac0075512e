import { CR, isAlphanumeric, isBlank, LF } from '../bytes.ts';
import type { Delimiters } from '../delimiters.ts';

/** The service characters of an interchange before its terminator is confirmed; null where there is none. */
export interface ServiceCharacters {
  readonly element: number;
  readonly component: number | null;
  readonly release: number | null;
  readonly repetition: number | null;
  readonly segment: number;
  /** True for an element separator that no level of the syntax has by default. */
  readonly unusual: boolean;
}

const code = (character: string): number => character.charCodeAt(0);

/** What the level of printable characters uses where there is no UNA; the repetition separator came with syntax 4. */
const LEVEL_A: ServiceCharacters = {
  element: code('+'),
  component: code(':'),
  release: code('?'),
  repetition: code('*'),
  segment: code("'"),
  unusual: false,
};
/** What the level of separators that cannot be printed uses. */
const LEVEL_B: ServiceCharacters = {
  element: 0x1d,
  component: 0x1f,
  release: null,
  repetition: null,
  segment: 0x1c,
  unusual: false,
};

/** The defaults that belong to an element separator. `component` is the byte behind the syntax identifier. */
export function defaultCharacters(element: number, component: number | undefined): ServiceCharacters {
  const level = element === LEVEL_B.element ? LEVEL_B : LEVEL_A;
  const found = separator(component ?? 0, [element]);
  return { ...level, element, component: found ?? level.component, unusual: element !== level.element };
}

/** True when an interchange of this syntax identifier may use the delimiters without a UNA. */
export function areDefault(delimiters: Delimiters, syntaxIdentifier: string, repeats: boolean): boolean {
  return [LEVEL_A, ...(syntaxIdentifier === 'UNOB' ? [LEVEL_B] : [])].some(
    ({ element, component, release, repetition, segment }) =>
      element === delimiters.element &&
      component === delimiters.component &&
      release === delimiters.release &&
      segment === delimiters.segment &&
      (repeats ? repetition : null) === delimiters.repetition,
  );
}

/** What the UNA at the front of `view` declares; null when it cannot be what the UNB behind it uses. */
export function unaCharacters(view: Buffer, element: number): ServiceCharacters | null {
  const [component = 0, declared = 0, , release = 0, repetition = 0, last = 0] = view.subarray(3, 9);
  const segment = last === CR && view[9] === LF ? LF : last;
  if (declared !== element || component === element || segment === element || segment === component) return null;
  if (isAlphanumeric(segment) || (isBlank(segment) && segment !== CR && segment !== LF)) return null;
  return {
    element,
    component,
    release: separator(release, [element, component, segment]),
    repetition: separator(repetition, [element, component, segment, release]),
    segment,
    unusual: false,
  };
}

/** The byte where it can be a service character and is none of the others; else null. A blank declares that there is none. */
export function separator(byte: number, others: readonly (number | null)[]): number | null {
  return isBlank(byte) || isAlphanumeric(byte) || others.includes(byte) ? null : byte;
}
