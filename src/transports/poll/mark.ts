/** What is remembered between two looks at an API, in the ledger. */
export interface PollMark {
  /** The newest change seen, as the server wrote it. */
  readonly since: string | null;
  /** Of the first page of the last look. */
  readonly etag: string | null;
}

/** Keeps a text for each connection, durably. */
export interface Marks {
  /** Null when there is none yet. */
  mark(connection: string): Promise<string | null>;
  setMark(connection: string, mark: string): Promise<void>;
}

/** Where nothing was seen so far. */
export const NO_MARK: PollMark = { since: null, etag: null };

/** The mark of a stored text; what was not written by us counts as none. */
export function parseMark(text: string | null): PollMark {
  if (text === null) return NO_MARK;
  const { since, etag }: { since?: unknown; etag?: unknown } = JSON.parse(text);
  return { since: typeof since === 'string' ? since : null, etag: typeof etag === 'string' ? etag : null };
}

/** The later of two watermarks: as numbers or moments where both are, else as texts. */
export function later(one: string | null, two: string | null): string | null {
  if (one === null || two === null) return one ?? two;
  const [first, second] = [orderOf(one), orderOf(two)];
  if (first !== null && second !== null) return second > first ? two : one;
  return two > one ? two : one;
}

/** A watermark moved back, for servers whose clocks or commits lag behind; what is no moment stays. */
export function movedBack(since: string, overlap: number): string {
  if (overlap === 0 || isNumber(since)) return since;
  const moment = Date.parse(since);
  return Number.isNaN(moment) ? since : new Date(moment - overlap).toISOString();
}

function orderOf(text: string): number | null {
  if (isNumber(text)) return Number(text);
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : moment;
}

function isNumber(text: string): boolean {
  return /^[0-9]{1,15}$/.test(text);
}
