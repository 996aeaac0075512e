import type { Frame, ReadContext } from './frame.ts';
import { type Outcome, ReadFault } from './outcome.ts';
import { type PairNames, type PairSegments, PairWalk } from './pair-walk.ts';
import type { ValueReader } from './read-value.ts';

/** Reads from a frame. `beside` is the frame as fields see it that have no part in the lines of `per`. */
export type Run<Result> = (context: ReadContext, frame: Frame, beside: Frame) => Result | undefined;

/**
 * The text of a function that reads the fields of one object, as its rules put it together. Rules are many and each is small: run
 * as objects they share what the engine learns of them, and nothing is compiled into its caller. As one text each rule is code of its
 * own, and rules of one segment look for it once. A text only ever holds numbers, names in quotes as JSON writes them, and
 * the names of constants; nothing of a map or a document is code.
 *
 * Statements may use: `c` the context, `f` the frame, `b` the frame beside, `g` its tags, `r` the recorder or null; they
 * leave what a rule gives in `v`.
 */
export class Program {
  readonly #constants: unknown[] = [];
  readonly #names = new Map<unknown, string>();
  readonly #functions: string[] = [];
  readonly #pairs = new Map<string, PairWalk>();
  readonly #helpers = new Map<string, string>();
  readonly #searches = new Map<string, string>();
  #variables = 0;

  /** The name of a value that the text uses. */
  constant(value: unknown): string {
    let name = this.#names.get(value);
    if (name === undefined) {
      name = `k${this.#constants.length}`;
      this.#names.set(value, name);
      this.#constants.push(value);
    }
    return name;
  }

  /** A name that no other statement uses. */
  variable(): string {
    return `x${this.#variables++}`;
  }

  /** The name of a function of the context `c` and a segment `s` with this body; the same body is the same function. */
  helper(body: string): string {
    let name = this.#helpers.get(body);
    if (name === undefined) {
      name = `h${this.#helpers.size}`;
      this.#helpers.set(body, name);
      this.#functions.push(`function ${name}(c, s) { ${body} }`);
    }
    return name;
  }

  /** The names for the first pair that holds one of the codes; they have their values when the object begins. */
  pair(segments: PairSegments, codes: readonly number[]): PairNames {
    const key = JSON.stringify(segments);
    let walk = this.#pairs.get(key);
    if (walk === undefined) {
      walk = new PairWalk(segments);
      this.#pairs.set(key, walk);
    }
    return walk.names(codes, this);
  }

  /**
   * An expression for the segment that a search finds, -1 where there is none. Searches with one key find the same; the first that
   * is asked looks. `find` is the body of a function of `c` and `b`.
   */
  segment(key: string, find: () => string): string {
    let name = this.#searches.get(key);
    if (name === undefined) {
      name = `s${this.#searches.size}`;
      this.#searches.set(key, name);
      this.#functions.push(`function find_${name}(c, b) { ${find()} }`);
    }
    return `(${name} === -2 ? (${name} = find_${name}(c, b)) : ${name})`;
  }

  /** An expression that is true where `v` is a fault; most values are no objects, and of those nobody need ask more. */
  isFault(): string {
    return `typeof v === 'object' && v instanceof ${this.constant(ReadFault)}`;
  }

  /** The function of these statements, which end with a `return`. Objects are made by `new O()`. */
  compile<Result>(statements: string): Run<Result> {
    const pairs = [...this.#pairs.values()].map((walk) => walk.emit(this));
    const found = [...this.#searches.values()].map((name) => `let ${name} = -2;`);
    const body = [
      '"use strict";',
      ...this.#constants.map((_, index) => `const k${index} = k[${index}];`),
      // Objects of one rule have the same fields more often than not: the engine learns to make room for them at once.
      'function O() {}',
      'O.prototype = Object.prototype;',
      ...this.#functions,
      'return function run(c, f, b) {',
      'const r = c.recorder, g = b.tags;',
      ...found,
      ...pairs,
      'let v;',
      statements,
      '};',
    ];
    // The text is made of numbers and quoted names alone, see above.
    return new Function('k', body.join('\n'))(this.#constants);
  }
}

/** A function that gives what one rule reads. */
export function compileReader(reader: Pick<ValueReader, 'emit'>): Run<Outcome> {
  const program = new Program();
  return program.compile(`${reader.emit(program)} return v;`);
}
