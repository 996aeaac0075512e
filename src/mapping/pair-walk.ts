import { codeKey } from './match.ts';
import type { Program } from './program.ts';
import { tagBit } from './tags.ts';

/** Which segments of a frame have pairs, and where. */
export interface PairSegments {
  /** The tag as a number. */
  readonly tag: number;
  /** Positions of the qualifiers, in order. */
  readonly qualifiers: readonly number[];
  /** Of each qualifier the position of its value; 0 where it has none. */
  readonly values: readonly number[];
}

/** The names of the segment that has a pair, -1 where none has, and of the element of its value, 0 where there is none. */
export interface PairNames {
  readonly segment: string;
  readonly element: string;
}

/**
 * One walk over the pairs of the segments of a frame for all rules of an object that want one: the lines of a document may have
 * ten such rules, each of which would look at each qualifier.
 */
export class PairWalk {
  readonly #segments: PairSegments;
  readonly #wanted = new Map<string, { readonly codes: readonly number[]; readonly names: PairNames }>();

  constructor(segments: PairSegments) {
    this.#segments = segments;
  }

  /** The names for the first pair that holds one of the codes. */
  names(codes: readonly number[], program: Program): PairNames {
    const key = codes.join(' ');
    const known = this.#wanted.get(key);
    if (known !== undefined) return known.names;
    const names = { segment: program.variable(), element: program.variable() };
    this.#wanted.set(key, { codes, names });
    return names;
  }

  /** Statements that give all names their values. */
  emit(program: Program): string {
    const { tag, qualifiers, values } = this.#segments;
    const wanted = [...this.#wanted.values()];
    const codes = [...new Set(wanted.flatMap((each) => each.codes))];
    const cases = codes.map((code) => {
      const found = wanted.filter((each) => each.codes.includes(code)).map(({ names }) => emitFound(names));
      return `case ${code}: ${found.join(' ')} break;`;
    });
    const [positions, elements] = [program.constant(qualifiers), program.constant(values)];
    const missing = wanted.map(({ names }) => `${names.segment} < 0`).join(' || ');
    return `${wanted.map(({ names: { segment, element } }) => `let ${segment} = -1, ${element} = 0;`).join(' ')}
      if ((g & ${tagBit(tag)}) !== 0) {
        const all = b.instance.segments;
        for (let at = 0; at < all.length; at++) {
          const s = all[at];
          if (c.tags[s] !== ${tag}) continue;
          const n = c.segments.elementCount(s);
          let last = 0;
          for (let i = 0; i < ${positions}.length && ${positions}[i] <= n; i++) {
            const p = ${positions}[i], e = ${elements}[i];
            switch (${program.constant(codeKey)}(c.segments, s, p)) { ${cases.join(' ')} }
          }
          // A rule looks at the qualifiers until it finds its own.
          const looked = ${missing} ? n : last;
          for (let i = 0; i < ${positions}.length && ${positions}[i] <= looked; i++) c.coverage.test(s, ${positions}[i], null);
        }
      }`;
  }
}

/** The first segment that has such a pair counts, and in it the first that has a value. */
function emitFound({ segment, element }: PairNames): string {
  return `if (${segment} < 0) { ${segment} = s; last = p; } if (${segment} === s && ${element} === 0) ${element} = e;`;
}
