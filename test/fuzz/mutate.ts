import type { Random } from '../../src/util/random.ts';

/** Changes a file; `donor` gives another one. */
type Mutation = (text: string, random: Random, donor: () => string) => string;

/** No input grows beyond this. */
const LONGEST = 120_000;
/** One in so many inputs is made large. */
const LARGE = 500;

const TAGS = [
  'ISA',
  'GS',
  'ST',
  'SE',
  'GE',
  'IEA',
  'TA1',
  'BIN',
  'BDS',
  'HL',
  'UNA',
  'UNB',
  'UNG',
  'UNH',
  'UNT',
  'UNE',
  'UNZ',
  'CPS',
  'AK2',
  'UCI',
  'LX',
  'LS',
  'LE',
  '',
] as const;
const NUMBERS = ['0', '1', '2', '-1', '00', '999999999', '1000000000000000', '1.5', 'x', '', ' 3 '] as const;
const PIECES = [
  '\0',
  '\r\n',
  '\n',
  '\x1a',
  '\xef\xbb\xbf',
  '~',
  "'",
  '*',
  '+',
  ':',
  '?',
  '^',
  'ISA*',
  'UNB+',
  "UNA:+.? '",
  'BIN*5*',
  '??',
  "?'",
  '\xff',
  'IEA*1*1~',
  '<!DOCTYPE',
  '"',
  '{',
] as const;

/** A file changed in one to four ways. */
export function mutated(text: string, random: Random, donor: () => string): string {
  let changed = text;
  for (let count = 1 + random.below(4); count > 0; count--)
    changed = random.pick(MUTATIONS)(changed, random, donor).slice(0, LONGEST);
  return random.below(LARGE) === 0 ? random.pick(ENLARGING)(changed, random, donor).slice(0, LONGEST) : changed;
}

/** The terminator and the element separator, as the first header says or by default. */
function separatorsOf(text: string): readonly [segment: string, element: string] {
  const isa = text.indexOf('ISA');
  if (isa !== -1) return [text[isa + 105] ?? '~', text[isa + 3] ?? '*'];
  const una = text.indexOf('UNA');
  return una === -1 ? ["'", '+'] : [text[una + 8] ?? "'", text[una + 4] ?? '+'];
}

function splitAt(text: string, separator: string): string[] {
  return separator === '' ? [text] : text.split(separator);
}

/** Changes the list of segments. */
const segments =
  (change: (list: string[], at: number, random: Random) => void): Mutation =>
  (text, random) => {
    const [terminator] = separatorsOf(text);
    const list = splitAt(text, terminator);
    change(list, random.below(list.length), random);
    return list.join(terminator);
  };

/** Changes the elements of one segment, the tag included. */
const elements =
  (change: (list: string[], at: number, random: Random) => void): Mutation =>
  (text, random) => {
    const [terminator, separator] = separatorsOf(text);
    const list = splitAt(text, terminator);
    const at = random.below(list.length);
    const parts = splitAt(list[at] ?? '', separator);
    change(parts, random.below(parts.length), random);
    list[at] = parts.join(separator);
    return list.join(terminator);
  };

/** Changes an element of a segment of the envelope: counts and control numbers. */
const trailers: Mutation = (text, random) => {
  const places = [...text.matchAll(/(?:SE|GE|IEA|UNT|UNE|UNZ|ST|GS|UNH)[^A-Za-z0-9\s]([^\W_]*)/g)];
  const place = places[random.below(Math.max(1, places.length))];
  if (place === undefined) return text;
  const from = place.index + place[0].length - (place[1]?.length ?? 0);
  return text.slice(0, from) + random.pick(NUMBERS) + text.slice(place.index + place[0].length);
};

const replaced = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);
const anyByte = (random: Random): string => String.fromCharCode(random.below(256));

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  segments((list, at) => list.splice(at, 1)),
  segments((list, at, random) => list.splice(at, 1 + random.below(4))),
  segments((list, at) => list.splice(at, 0, list[at] ?? '')),
  segments((list, at, random) => {
    const other = random.below(list.length);
    [list[at], list[other]] = [list[other] ?? '', list[at] ?? ''];
  }),
  segments((list, at, random) => list.splice(at, 0, ...list.slice(random.below(list.length)).slice(0, 6))),
  segments((list, at) => list.reverse().push(list[at] ?? '')),
  elements((list, at, random) => list.splice(at, 1, random.pick(NUMBERS))),
  elements((list, at) => list.splice(at, 1)),
  elements((list, at, random) => list.splice(at, 0, random.pick(PIECES))),
  elements((list, _, random) => list.splice(0, 1, random.pick(TAGS))),
  elements((list, at, random) => list.splice(at, 0, ...Array<string>(random.below(40)).fill(''))),
  elements((list, at, random) => list.splice(at, 1, (list[at] ?? '').repeat(1 + random.below(30)))),
  elements((list, at, random) => {
    list[at] = Array.from({ length: 2 + random.below(250) }, () => list[at] ?? '').join(
      random.pick([':', '^', '*', '>']),
    );
  }),
  trailers,
  trailers,
  // A delimiter becomes another, everywhere or in one place.
  (text, random) => {
    const from = random.pick([...separatorsOf(text), ':', '^', '?']);
    return from === '' ? text : text.replaceAll(from, random.pick([anyByte(random), '\n', '*', '~', '+', "'"]));
  },
  (text, random) => oneByte(text, random.below(Math.min(text.length, 110) + 1), random),
  (text, random) => oneByte(text, random.below(Math.max(1, text.length)), random),
  (text, random) => {
    const at = random.below(text.length + 1);
    return replaced(text, at, at, random.pick(PIECES));
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return replaced(
      text,
      at,
      at + random.below(12),
      Array.from({ length: random.below(12) }, () => anyByte(random)).join(''),
    );
  },
  // Released, with whatever releases.
  (text, random) => {
    const at = random.below(text.length + 1);
    return replaced(text, at, at, random.pick(['?', '??', '?', '\\', ' ']));
  },
  // Binary data of a right or wrong length.
  (text, random) => {
    const [terminator, separator] = separatorsOf(text);
    const data = Array.from({ length: random.below(20) }, () =>
      random.pick([terminator, separator, 'x', '\r\n', 'ISA']),
    );
    const length = random.pick([data.join('').length, data.join('').length, random.below(5000), 1e15, -1]);
    const at = text.indexOf(terminator, random.below(text.length + 1)) + 1;
    const filter = random.below(2) === 0 ? 'BIN' : `BDS${separator}ASB`;
    return replaced(text, at, at, `${filter}${separator}${length}${separator}${data.join('')}${terminator}`);
  },
  // The number of a BIN, an HL or a length, wherever one stands.
  (text, random) => text.replace(/\d+/g, (digits) => (random.below(30) === 0 ? random.pick(NUMBERS) : digits)),
  // Cut off, at either end or in the middle.
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(Math.min(text.length, 300) + 1)),
  (text, random) => {
    const at = random.below(text.length + 1);
    return replaced(text, at, at + random.below(200), '');
  },
  // Two files in one.
  (text, random, donor) => text + random.pick(['', '', '\n', 'garbage', '\0']) + donor(),
  (text, random, donor) => text.slice(0, random.below(text.length + 1)) + donor(),
  (text, random, donor) => {
    const at = random.below(text.length + 1);
    const other = donor();
    return replaced(text, at, at, other.slice(random.below(other.length + 1)));
  },
];

const ENLARGING: readonly [Mutation, ...Mutation[]] = [
  segments((list, at, random) => list.splice(at, 0, ...Array<string>(1 + random.below(4000)).fill(list[at] ?? ''))),
  elements((list, at, random) =>
    list.splice(at, 1, random.pick(['A', '0', '?', '\xe9']).repeat(60_000 + random.below(10_000))),
  ),
  elements((list, at, random) =>
    list.splice(at, 0, ...Array<string>(990 + random.below(30)).fill(random.pick(['', 'A']))),
  ),
  elements((list, at, random) =>
    list.splice(
      at,
      1,
      Array<string>(random.below(20_000))
        .fill('A')
        .join(random.pick([':', '^', '>'])),
    ),
  ),
  (text, random) => text.repeat(1 + random.below(1 + 60_000 / Math.max(1, text.length))),
  (text, random) => {
    const at = random.below(text.length + 1);
    return replaced(text, at, at, random.pick(PIECES).repeat(1 + random.below(8000)));
  },
  // Levels under each other, or all under themselves.
  segments((list, at, random) => {
    const under = random.below(3) - 1;
    list.splice(
      at,
      0,
      ...Array.from({ length: random.below(3000) }, (_, index) => `HL*${index + 1}*${index + under}*I`),
    );
  }),
];

function oneByte(text: string, at: number, random: Random): string {
  return replaced(text, at, at + 1, anyByte(random));
}
