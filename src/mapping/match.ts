import { tagKey, withoutBlanks } from '../edi/bytes.ts';
import { partText } from '../edi/part-text.ts';
import type { Segments } from '../edi/segments.ts';
import type { ReadContext } from './frame.ts';
import type { Program } from './program.ts';
import type { Test } from './scope.ts';

/** Outer packaging (DE 7075). */
const OUTER = '3';
/** So many bytes fit in one number. */
const NUMBER_BYTES = 4;

/** Whether a segment is the one that a rule means. */
export interface SegmentTest {
  holds(context: ReadContext, segment: number): boolean;
  /** An expression that is true where it holds for the segment of that name (see `Program`). */
  emit(program: Program, segment: string): string;
}

/** The conditions of a rule on one segment, all of which must hold; null where there are none. */
export function segmentMatch(tests: readonly Test[]): SegmentTest | null {
  const compiled = tests.map((test) => new TestMatch(test));
  const [only] = compiled;
  return compiled.length < 2 ? (only ?? null) : new AllMatch(compiled);
}

class AllMatch implements SegmentTest {
  readonly #tests: readonly SegmentTest[];

  constructor(tests: readonly SegmentTest[]) {
    this.#tests = tests;
  }

  holds(context: ReadContext, segment: number): boolean {
    return this.#tests.every((test) => test.holds(context, segment));
  }

  emit(program: Program, segment: string): string {
    return this.#tests.map((test) => test.emit(program, segment)).join(' && ');
  }
}

/** One condition: one of the elements holds one of the codes, or none does. */
class TestMatch implements SegmentTest {
  readonly #positions: readonly number[];
  readonly #component: number | null;
  readonly #codes: CodeMatch;
  readonly #not: boolean;
  readonly #outer: boolean;

  constructor({ positions, component, codes, not, level }: Test) {
    this.#positions = positions;
    this.#component = component;
    this.#codes = new CodeMatch(codes, component);
    this.#not = not;
    this.#outer = level === true && codes.includes(OUTER);
  }

  holds({ segments, coverage, outer }: ReadContext, segment: number): boolean {
    if (this.#outer && outer.has(segment)) return !this.#not;
    const positions = this.#positions;
    const count = segments.elementCount(segment);
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index] ?? 0;
      // Positions are in the order of the segment.
      if (position > count) break;
      coverage.test(segment, position, this.#component);
      if (this.#codes.standsAt(segments, segment, position)) return !this.#not;
    }
    return this.#not;
  }

  emit(program: Program, segment: string): string {
    const keys = this.#codes.keys;
    if (keys === null || this.#outer) return `${program.constant(this)}.holds(c, ${segment})`;
    const held = program.helper(emitHeld(program, keys, this.#positions));
    return `${this.#not ? '!' : ''}${held}(c, ${segment})`;
  }
}

/** The body of a function that tells whether one of the positions holds one of the codes. */
function emitHeld(program: Program, keys: readonly number[], positions: readonly number[]): string {
  const key = program.constant(testedKey);
  const isCode = keys.map((code) => `q === ${code}`).join(' || ');
  // Positions are in the order of the segment.
  const tests = positions.map(
    (position) => `if (n < ${position}) return false; q = ${key}(c, s, ${position}); if (${isCode}) return true;`,
  );
  return `const n = s < 0 ? 0 : c.segments.elementCount(s); let q; ${tests.join(' ')} return false;`;
}

/** What an element that is there holds, as a number (see `codeKey`); a condition looks at it. */
function testedKey({ segments, coverage }: ReadContext, segment: number, element: number): number {
  coverage.test(segment, element, null);
  return codeKey(segments, segment, element);
}

/** The text of an element of up to four bytes as one number, blanks at the end aside; 0 where it is empty, absent or longer. */
export function codeKey(segments: Segments, segment: number, element: number): number {
  const { bytes, marks } = segments;
  const at = segments.marksAt(segment) + element;
  if (at > segments.marksAt(segment + 1) - 2) return 0;
  const start = (marks[at] ?? 0) + 1;
  return tagKey(bytes, start, withoutBlanks(bytes, start, marks[at + 1] ?? 0));
}

/** Codes that an element, or one component of it, may be; byte for byte, blanks at the end are padding. */
export class CodeMatch {
  readonly #component: number | null;
  /** Codes of up to four bytes, as numbers. */
  readonly #short: readonly number[];
  readonly #texts: ReadonlySet<string>;

  constructor(codes: readonly string[], component: number | null) {
    const texts = codes.map((code) => code.replace(/ +$/, ''));
    const bytes = texts.map((text) => Buffer.from(text, 'latin1'));
    this.#component = component;
    this.#short = bytes.filter(({ length }) => length <= NUMBER_BYTES).map((code) => tagKey(code, 0, code.length));
    this.#texts = new Set(component === null ? texts : codes);
  }

  /** All codes as numbers (see `codeKey`); null where one of them is longer, or they stand in a component. */
  get keys(): readonly number[] | null {
    return this.#component === null && this.#short.length === this.#texts.size ? this.#short : null;
  }

  /** True when one of the codes stands there. */
  standsAt(segments: Segments, segment: number, element: number): boolean {
    if (this.#component !== null) return this.#texts.has(partText(segments, segment, element, this.#component));
    const short = this.#short;
    const key = codeKey(segments, segment, element);
    if (key === 0) return short.length < this.#texts.size && this.#texts.has(codeText(segments, segment, element));
    for (let index = 0; index < short.length; index++) if (short[index] === key) return true;
    return false;
  }
}

/** The bytes of an element as text, blanks at the end taken away. */
function codeText(segments: Segments, segment: number, element: number): string {
  if (element > segments.elementCount(segment)) return '';
  const { bytes } = segments;
  const start = segments.partStart(segment, element);
  return bytes.latin1Slice(start, withoutBlanks(bytes, start, segments.partEnd(segment, element)));
}
