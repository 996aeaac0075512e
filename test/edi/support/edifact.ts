/**
 * EDIFACT envelopes for tests. Say what matters to the test; counts, references and separators are worked out.
 *
 *     una() + unb({}, unh('DESADV', 'BGM+351+DES1+9'), unh('DESADV', 'BGM+351+DES2+9'))
 *     unb({ segment: '\n', syntax: 'UNOC:3' }, ung('ORDERS', unh('ORDERS')))
 *     una({ element: '*', component: '=', segment: '~' }) + unb({ element: '*', component: '=', segment: '~' }, unh('ORDERS'))
 *
 * Segments are written with `+` and `:` and without a terminator; when the interchange uses other separators, these two
 * characters are replaced everywhere. The text is for one byte a character: `bytes(text)` of ./x12.ts makes the file.
 */

/** The service characters; each the usual one unless a test says another. */
export interface Characters {
  readonly element?: string;
  readonly component?: string;
  readonly decimal?: string;
  readonly release?: string;
  /** The reserved place of the UNA, a blank; from syntax 4 on the repetition separator. */
  readonly repetition?: string;
  readonly segment?: string;
}

/** What a test may say about a message; an absent value is worked out. */
export interface MessageOptions {
  readonly type: string;
  /** S009 behind the type: `D:96A:UN` by default. */
  readonly version?: string;
  /** 0062 of the UNH; by default 1, 2 … within the interchange. */
  readonly reference?: string;
  /** 0074; by default the number of segments, UNH and UNT included. */
  readonly count?: number;
  /** 0062 of the UNT; by default that of the UNH. */
  readonly trailerReference?: string;
  /** False leaves the UNT out. */
  readonly trailer?: boolean;
}

/** What a test may say about a group. */
export interface GroupOptions {
  /** 0038. */
  readonly code: string;
  /** 0048; by default 1, 2 … within the interchange. */
  readonly reference?: string;
  /** 0060. */
  readonly count?: number;
  readonly trailerReference?: string;
  /** False leaves the UNE out. */
  readonly trailer?: boolean;
}

/** What a test may say about an interchange. */
export interface InterchangeOptions extends Characters {
  /** S001: `UNOA:3` by default. */
  readonly syntax?: string;
  readonly sender?: string;
  readonly receiver?: string;
  /** S004: `240102:1530` by default. */
  readonly date?: string;
  /** 0020: `1` by default. */
  readonly reference?: string;
  /** Elements behind the reference, with the separator before them: `++++++1` is a test. */
  readonly rest?: string;
  /** What stands after each terminator, for example a line break; nothing by default. */
  readonly after?: string;
  /** 0036; by default the number of groups, or of messages where there are none. */
  readonly count?: number;
  readonly trailerReference?: string;
  /** False leaves the UNZ out. */
  readonly trailer?: boolean;
}

export interface MessagePart {
  readonly options: MessageOptions;
  readonly segments: readonly string[];
}

export interface GroupPart {
  readonly group: GroupOptions;
  readonly messages: readonly MessagePart[];
}

/** A UNA. */
export function una({
  component = ':',
  element = '+',
  decimal = '.',
  release = '?',
  repetition = ' ',
  segment = "'",
}: Characters = {}): string {
  return `UNA${component}${element}${decimal}${release}${repetition}${segment}`;
}

/** A message: its type (or options) and the segments between UNH and UNT. */
export function unh(type: string | MessageOptions, ...segments: readonly string[]): MessagePart {
  return { options: typeof type === 'string' ? { type } : type, segments };
}

/** A group: its code (or options) and its messages. */
export function ung(code: string | GroupOptions, ...messages: readonly MessagePart[]): GroupPart {
  return { group: typeof code === 'string' ? { code } : code, messages };
}

/** An interchange without UNA; a text among its parts is a segment as it stands. */
export function unb(options: InterchangeOptions, ...parts: readonly (MessagePart | GroupPart | string)[]): string {
  const { element = '+', component = ':', segment = "'", after = '', reference = '1' } = options;
  const { syntax = 'UNOA:3', sender = 'SENDER:14', receiver = 'RECEIVER:14', date = '240102:1530' } = options;
  const segments = [`UNB+${syntax}+${sender}+${receiver}+${date}+${reference}${options.rest ?? ''}`];
  let groups = 0;
  let messages = 0;
  for (const part of parts) {
    if (typeof part === 'string') segments.push(part);
    else if ('group' in part) {
      const inside = part.messages.flatMap((message) => messageSegments(message, ++messages));
      segments.push(...groupSegments(part, inside, ++groups));
    } else segments.push(...messageSegments(part, ++messages));
  }
  const count = options.count ?? (groups > 0 ? groups : messages);
  if (options.trailer !== false) segments.push(`UNZ+${count}+${options.trailerReference ?? reference}`);
  const written = segments.map((text) => `${replaced(text, element, component)}${segment}`);
  return written.join(after) + after;
}

function messageSegments({ options, segments }: MessagePart, ordinal: number): readonly string[] {
  const { type, version = 'D:96A:UN', reference = String(ordinal), trailerReference = reference } = options;
  const lines = [`UNH+${reference}+${type}:${version}`, ...segments];
  return options.trailer === false ? lines : [...lines, `UNT+${options.count ?? lines.length + 1}+${trailerReference}`];
}

function groupSegments({ group, messages }: GroupPart, inside: readonly string[], ordinal: number): readonly string[] {
  const { code, reference = String(ordinal), trailerReference = reference, count = messages.length } = group;
  const lines = [`UNG+${code}+SENDER:14+RECEIVER:14+240102:1530+${reference}+UN+D:96A`, ...inside];
  return group.trailer === false ? lines : [...lines, `UNE+${count}+${trailerReference}`];
}

function replaced(text: string, element: string, component: string): string {
  return text.replaceAll('+', '\0').replaceAll(':', component).replaceAll('\0', element);
}
