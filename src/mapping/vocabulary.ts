/** The words of the mapping language. docs/maps.md explains each with an example; a test holds the two lists equal. */
export const WORDS = {
  at: 'where the value stands; a span or a list gives the parts of one value',
  all: 'every value there is, as a list',
  either: 'the first of several rules that gives a value',
  also: 'says again what another rule says; may be absent',
  as: 'the conversion between text and value',
  codes: 'the code table between code and meaning',
  in: 'enters one instance of a loop or segment',
  each: 'one entry for each instance of a loop or segment',
  rest: 'one entry for each segment that no other rule of the block names',
  with: 'what stands elsewhere in the same order as the entries of `each`',
  per: 'one entry for each value of a key',
  use: 'the rules of a named part',
  only: 'the rule serves one direction, read or write',
  write: 'what exists on the wire alone: constants, counts and sums',
} as const;

export type Word = keyof typeof WORDS;

export function isWord(text: string): text is Word {
  return Object.hasOwn(WORDS, text);
}

/** Words that say where one value stands. */
export const VALUE_WORDS: readonly string[] = ['at', 'all', 'either', 'also'] satisfies Word[];

/** Words of which a rule has one at the most. */
export const RIVAL_WORDS: readonly (readonly string[])[] = [VALUE_WORDS, ['each', 'rest'] satisfies Word[]];
