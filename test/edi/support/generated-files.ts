import { createRandom, type Random } from '../../../src/util/random.ts';
import { type Characters, una, unb, ung, unh } from './edifact.ts';
import { bytes, gs, isa, st, type InterchangeOptions as X12Options } from './x12.ts';

/** How far generated interchanges go. */
export interface GeneratedOptions {
  /** Nothing is missing or wrong in the envelope, and what other parsers cannot read (BIN, TA1, ISA of other lengths) is left out. */
  readonly plain?: boolean;
}

type Choice = readonly [string, ...string[]];

type Style = Pick<X12Options, 'after'> & Readonly<Record<'element' | 'component' | 'segment', string>>;
const X12_STYLES: readonly [Style, ...Style[]] = [
  { element: '*', component: ':', segment: '~' },
  { element: '*', component: '>', segment: '~', after: '\n' },
  { element: '|', component: '<', segment: '!', after: '\r\n' },
  { element: '*', component: '"', segment: '\n' },
  { element: '|', component: '>', segment: '\r\n' },
  { element: '^', component: ':', segment: '$' },
  { element: '\x1d', component: '\x1f', segment: '\x1c' },
  { element: '\xa6', component: '\xa4', segment: '\xa7' },
];
const X12_RELEASES = ['00303', '00401', '00402', '00501', '00602', '00801'] as const;
const SETS = ['856 SH', '214 QM', '940 OW', '945 SW', '850 PO', '997 FA'] as const;

const STAR: Characters = { element: '*', component: '=', segment: '~' };
/** Every parser knows these. */
const PLAIN_CHARACTERS: readonly [Characters, ...Characters[]] = [
  {},
  {},
  STAR,
  { element: '|', component: ':', release: '#', segment: '!' },
];
const LINES: Characters = { decimal: ',', segment: '\n' };
const LINE_BREAKS: Characters = { segment: '\r\n' };
const CHARACTERS: readonly [Characters, ...Characters[]] = [
  ...PLAIN_CHARACTERS,
  { element: '|', component: ':', release: '\\', segment: '!' },
  { element: '\x1d', component: '\x1f', release: ' ', segment: '\x1c' },
  LINES,
  LINE_BREAKS,
];
const SYNTAXES = ['UNOA:1', 'UNOA:2', 'UNOC:3', 'UNOC:4', 'UNOY:4'] as const;
const MESSAGES = ['DESADV', 'IFTSTA', 'ORDERS', 'INVRPT', 'RECADV'] as const;

/** A file of one to three interchanges of both standards, with what may lie around and between them. The same seed, the same bytes. */
export function generatedFile(seed: number): Buffer {
  const random = createRandom(seed);
  const parts = [random.pick(['', '', '', '\xef\xbb\xbf', '\r\n', ' \xef\xbb\xbf'])];
  for (let count = 1 + random.below(3); count > 0; count--) {
    parts.push(random.below(2) === 0 ? x12Interchange(random) : edifactInterchange(random));
    parts.push(random.pick(['', '', '', '\n', ' \r\n\x1a', '-- page 2 --\r\n']));
  }
  return bytes(parts.join(''));
}

/** An X12 interchange of any delimiters, line style and release. */
export function x12Interchange(random: Random, { plain = false }: GeneratedOptions = {}): string {
  const style = random.pick(X12_STYLES);
  const version = random.pick(X12_RELEASES);
  const separator = style.element === '^' ? '%' : '^';
  const repetition = version < '00402' ? random.pick(['U', separator]) : separator;
  const fault = (chance: number): boolean => !plain && random.below(chance) === 0;
  const values = plain ? PLAIN_VALUES : VALUES;
  const groups = times(1 + random.below(2), () => {
    const [type = '', code = ''] = random.pick(SETS).split(' ');
    const sets = times(1 + random.below(3), () => {
      const segments = times(random.below(9), () => x12Segment(random, values, version < '00402' ? '' : repetition));
      if (!plain && random.below(3) === 0) segments.push(binary(random, style));
      return st({ type, trailer: !fault(12), ...(fault(12) ? { count: 99 } : {}) }, ...segments);
    });
    return gs({ code, version: `${version.slice(1)}0`.padStart(6, '0'), trailer: !fault(12) }, ...sets);
  });
  const acknowledgments = fault(5) ? ['TA1*000000007*240102*1530*A*000'] : [];
  const controlNumber = String(1 + random.below(999_999)).padStart(9, '0');
  const options = { ...style, version, repetition, controlNumber, trailer: !fault(8), padded: !fault(6) };
  return isa(options, ...acknowledgments, ...groups, ...(fault(10) ? ['REF*stray'] : []));
}

/** An EDIFACT interchange with UNA or without, of any syntax, with groups or without. */
export function edifactInterchange(random: Random, { plain = false }: GeneratedOptions = {}): string {
  const characters = random.pick(plain ? PLAIN_CHARACTERS : CHARACTERS);
  const { release = '?' } = characters;
  const syntax = random.pick(plain ? ['UNOA:1', 'UNOB:2', 'UNOC:3'] : SYNTAXES);
  const repetition = syntax.endsWith(':4') && characters !== STAR ? '*' : '';
  const fault = (chance: number): boolean => !plain && random.below(chance) === 0;
  const values = plain ? PLAIN_VALUES : VALUES;
  const message = () => {
    const segments = times(random.below(9), () =>
      edifactSegment(random, values, release === ' ' ? '' : release, repetition),
    );
    return unh({ type: random.pick(MESSAGES), trailer: !fault(12), ...(fault(12) ? { count: 99 } : {}) }, ...segments);
  };
  const messages = times(1 + random.below(3), message);
  const parts = random.below(3) === 0 ? [ung({ code: 'DESADV', trailer: !fault(10) }, ...messages)] : messages;
  const line = characters !== LINES && characters !== LINE_BREAKS;
  const after = line ? random.pick(['', '', '\n', '\r\n']) : '';
  const reference = String(1 + random.below(99_999));
  const rest = fault(8) ? '+++++' : '';
  const declared = random.below(2) === 0 || release !== '?' || (plain && characters.segment !== undefined);
  const options = { ...characters, syntax, after, reference, rest, trailer: !fault(8) };
  return (declared ? una({ ...characters, repetition: repetition || ' ' }) + after : '') + unb(options, ...parts);
}

function times<Value>(count: number, make: () => Value): Value[] {
  return Array.from({ length: count }, make);
}

const TAGS: Choice = ['REF', 'N1', 'HL', 'LIN', 'DTM', 'SN1', 'MAN', 'TD5', 'W12', 'LX', 'AT7'];
/** What every parser knows: one byte a letter, capitals. */
const PLAIN_VALUES: Choice = ['', '', 'A', '0007', ' B  C ', 'BM', '12.50', '-3', '20240102', 'ISA', 'GS'];
const VALUES: Choice = [...PLAIN_VALUES, 'Z\xfcrich', '\xc3\xa9'];

function x12Segment(random: Random, values: Choice, repetition: string): string {
  const tag = random.pick(TAGS);
  if (tag === 'HL') return `HL*${1 + random.below(4)}*${random.pick(['', '1', '2'])}*${random.pick(['S', 'O', 'I'])}`;
  const elements = times(1 + random.below(6), () => composite(random, random.pick(values), values, ':', repetition));
  return [tag, ...elements].join('*');
}

function composite(random: Random, value: string, values: Choice, separator: string, repetition: string): string {
  const kind = random.below(8);
  if (kind === 0) return `${value}${separator}${random.pick(values)}${separator}`;
  return kind === 1 && repetition !== '' ? `${value}${repetition}${random.pick(values)}${repetition}B` : value;
}

/** Binary data that holds separators, line breaks and headers; its length is sometimes wrong. */
function binary(random: Random, { segment, element }: Style): string {
  const data = times(random.below(5), () =>
    random.pick([segment, element, '\r\n', 'ISA', `IEA${element}`, '\0\x1a', 'x']),
  );
  const text = data.join('');
  const length = text.length + (random.below(6) === 0 ? 1 : 0);
  return random.below(2) === 0 ? `BIN*${length}*${text}` : `BDS*ASB*${length}*${text}`;
}

const EDIFACT_TAGS: Choice = ['BGM', 'DTM', 'NAD', 'FTX', 'CPS', 'PAC', 'LIN', 'QTY', 'RFF', 'STS', 'GIS'];

function edifactSegment(random: Random, values: Choice, release: string, repetition: string): string {
  const released: Choice = [
    '',
    ...(release === '' ? [] : [`${release}+`, `${release}:`, `${release}${release}`, `${release}'`, `${release}~`]),
  ];
  const value = (): string => random.pick(values) + random.pick(released) + random.pick(['', '', 'X']);
  const elements = times(random.below(6), () => composite(random, value(), values, ':', repetition));
  return [random.pick(EDIFACT_TAGS), ...elements].join('+');
}
