/**
 * X12 envelopes for tests. Say what matters to the test; counts, control numbers and padding are worked out.
 *
 *     isa({}, gs('SH', st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S')))
 *     isa({ segment: '\n', component: '>' }, 'TA1*000000001*240102*1530*A*000')
 *     isa({ version: '00501' }, gs({ code: 'SH', version: '005010' }, st({ type: '856', count: 99 }, 'BSN*00')))
 *
 * Segments are written with `*` and `:` and without a terminator; when the interchange uses other separators, these two
 * characters are replaced everywhere. The text is for one byte a character: `bytes(text)` makes the file.
 */

/** What a test may say about a set; an absent value is worked out. */
export interface SetOptions {
  readonly type: string;
  /** ST02; by default 0001, 0002 … within the group. */
  readonly controlNumber?: string;
  /** SE01; by default the number of segments, ST and SE included. */
  readonly count?: number;
  /** SE02; by default ST02. */
  readonly trailerControlNumber?: string;
  /** False leaves the SE out. */
  readonly trailer?: boolean;
}

/** What a test may say about a group. */
export interface GroupOptions {
  /** GS01. */
  readonly code: string;
  /** GS08, `004010` by default. */
  readonly version?: string;
  /** GS06; by default 1, 2 … within the interchange. */
  readonly controlNumber?: string;
  /** GE01. */
  readonly count?: number;
  /** GE02; by default GS06. */
  readonly trailerControlNumber?: string;
  /** False leaves the GE out. */
  readonly trailer?: boolean;
}

/** What a test may say about an interchange. */
export interface InterchangeOptions {
  readonly sender?: string;
  readonly senderQualifier?: string;
  readonly receiver?: string;
  readonly receiverQualifier?: string;
  /** ISA09 and ISA10. */
  readonly date?: string;
  readonly time?: string;
  /** ISA11: `U` by default. */
  readonly repetition?: string;
  /** ISA12: `00401` by default. */
  readonly version?: string;
  /** ISA13, nine digits. */
  readonly controlNumber?: string;
  /** ISA14: `0` by default. */
  readonly acknowledge?: string;
  /** ISA15: `P` by default. */
  readonly usage?: string;
  readonly element?: string;
  readonly component?: string;
  readonly segment?: string;
  /** What stands after each terminator, for example a line break; nothing by default. */
  readonly after?: string;
  /** False leaves the ISA elements unpadded. */
  readonly padded?: boolean;
  /** IEA01; by default the number of groups. */
  readonly count?: number;
  /** IEA02; by default ISA13. */
  readonly trailerControlNumber?: string;
  /** False leaves the IEA out. */
  readonly trailer?: boolean;
}

/** A set that still waits for its control number. */
export interface SetPart {
  readonly options: SetOptions;
  readonly segments: readonly string[];
}

/** A group that still waits for its control number. */
export interface GroupPart {
  readonly options: GroupOptions;
  readonly sets: readonly (SetPart | string)[];
}

/** A set: its type (or options) and the segments between ST and SE. */
export function st(type: string | SetOptions, ...segments: readonly string[]): SetPart {
  return { options: typeof type === 'string' ? { type } : type, segments };
}

/** A group: its code (or options) and its sets; a text among them is a segment as it stands. */
export function gs(code: string | GroupOptions, ...sets: readonly (SetPart | string)[]): GroupPart {
  return { options: typeof code === 'string' ? { code } : code, sets };
}

/** A whole interchange; a text among the groups (a TA1, say) is a segment as it stands. */
export function isa(options: InterchangeOptions, ...parts: readonly (GroupPart | string)[]): string {
  const { element = '*', component = ':', segment = '~', after = '' } = options;
  const controlNumber = options.controlNumber ?? '000000001';
  const segments: string[] = [];
  let groups = 0;
  for (const part of parts) {
    if (typeof part === 'string') segments.push(part);
    else segments.push(...groupSegments(part, ++groups));
  }
  if (options.trailer !== false) {
    segments.push(`IEA*${options.count ?? groups}*${options.trailerControlNumber ?? controlNumber}`);
  }
  const body = segments.map((text) => replaceAll(replaceAll(text, ':', component), '*', element) + segment + after);
  return headerText(options, controlNumber) + segment + after + body.join('');
}

/** The bytes of a text of one byte a character. */
export function bytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function headerText(options: InterchangeOptions, controlNumber: string): string {
  const pad = (text: string, width: number): string => (options.padded === false ? text : text.padEnd(width));
  return [
    'ISA',
    '00',
    pad('', 10),
    '00',
    pad('', 10),
    options.senderQualifier ?? 'ZZ',
    pad(options.sender ?? 'SENDER', 15),
    options.receiverQualifier ?? 'ZZ',
    pad(options.receiver ?? 'RECEIVER', 15),
    options.date ?? '240102',
    options.time ?? '1530',
    options.repetition ?? 'U',
    options.version ?? '00401',
    controlNumber,
    options.acknowledge ?? '0',
    options.usage ?? 'P',
    options.component ?? ':',
  ].join(options.element ?? '*');
}

function groupSegments(group: GroupPart, ordinal: number): string[] {
  const { code, version = '004010', controlNumber = String(ordinal), trailerControlNumber, trailer } = group.options;
  const segments = [`GS*${code}*SENDER*RECEIVER*20240102*1530*${controlNumber}*X*${version}`];
  let sets = 0;
  for (const part of group.sets) {
    if (typeof part === 'string') segments.push(part);
    else segments.push(...setSegments(part, ++sets));
  }
  const count = group.options.count ?? sets;
  if (trailer !== false) segments.push(`GE*${count}*${trailerControlNumber ?? controlNumber}`);
  return segments;
}

function setSegments(set: SetPart, ordinal: number): string[] {
  const { type, controlNumber = String(ordinal).padStart(4, '0'), trailerControlNumber, trailer } = set.options;
  const segments = [`ST*${type}*${controlNumber}`, ...set.segments];
  const count = set.options.count ?? segments.length + 1;
  if (trailer !== false) segments.push(`SE*${count}*${trailerControlNumber ?? controlNumber}`);
  return segments;
}

function replaceAll(text: string, from: string, to: string): string {
  return from === to ? text : text.split(from).join(to);
}
