/**
 * The code register of the program's own errors. Faults of *documents* are findings (src/edi/finding.ts), faults of
 * *configuration* are problems (src/util/problem.ts); a GatewayError says that the program could not do what it was asked.
 * docs/errors.md lists the same codes; a test holds the two equal.
 */

/** When trying again can help: `later` (the world may change by itself), `after-fix` (somebody must act), `never`. */
export type Retry = 'later' | 'after-fix' | 'never';

interface ErrorEntry {
  readonly retry: Retry;
  /** HTTP status where the error reaches an API caller. */
  readonly status: number;
  /** What it means, in one sentence. */
  readonly title: string;
}

export const ERROR_CODES = {
  ACCESS_REFUSED: { retry: 'after-fix', status: 403, title: 'The listener does not answer this caller.' },
  AGREEMENT_NOT_FOUND: { retry: 'after-fix', status: 422, title: 'The partner has no line for this event.' },
  ANSWER_UNREADABLE: { retry: 'after-fix', status: 502, title: "A partner's server answers what cannot be read." },
  ARCHIVE_BLOB_CORRUPT: { retry: 'after-fix', status: 500, title: 'Stored bytes no longer match their hash.' },
  ARCHIVE_BLOB_MISSING: { retry: 'after-fix', status: 500, title: 'Stored bytes are not in the archive.' },
  ARCHIVE_UNREADABLE: { retry: 'later', status: 503, title: 'The archive did not give stored bytes.' },
  ARCHIVE_UNWRITABLE: { retry: 'later', status: 503, title: 'The archive could not store bytes durably.' },
  BYTES_PURGED: { retry: 'never', status: 410, title: 'The bytes of a file were removed, as retention says.' },
  CONFIG_INVALID: {
    retry: 'after-fix',
    status: 500,
    title: 'Configuration has problems; nothing was started or changed.',
  },
  CONNECTION_ALGORITHMS: {
    retry: 'after-fix',
    status: 502,
    title: "A partner's server offers only algorithms that are not safe.",
  },
  CONNECTION_LOGIN: { retry: 'after-fix', status: 502, title: "A partner's server refused our login." },
  CONNECTION_NOT_FOUND: { retry: 'after-fix', status: 422, title: 'A connection is not there, or cannot send.' },
  CONNECTION_UNAVAILABLE: { retry: 'later', status: 503, title: "A partner's server did not answer, or hung up." },
  CREDENTIALS_REFUSED: { retry: 'after-fix', status: 401, title: 'The request shows no valid key or signature.' },
  DATA_FOLDER_IN_USE: { retry: 'after-fix', status: 503, title: 'Another gateway process owns this data folder.' },
  DELIVERY_DENIED: { retry: 'after-fix', status: 502, title: 'We may not put files where a partner wants them.' },
  DELIVERY_REFUSED: { retry: 'never', status: 409, title: 'A partner does not take this file.' },
  DICTIONARY_UNWRITABLE: { retry: 'after-fix', status: 500, title: 'Imported tables could not be written.' },
  DISK_FULL: { retry: 'later', status: 503, title: 'The disk is nearly full; nothing is taken in.' },
  DOCUMENT_NOT_WRITTEN: { retry: 'after-fix', status: 422, title: 'No valid document can be made of an event.' },
  EVENT_CONFLICT: { retry: 'never', status: 409, title: 'An event of the same id came before with other content.' },
  EVENT_INVALID: { retry: 'after-fix', status: 422, title: 'What should be an event is none.' },
  EXCEPTION_RESOLVED: { retry: 'never', status: 409, title: 'The exception is resolved already.' },
  FILE_UNREADABLE: { retry: 'after-fix', status: 400, title: 'A file could not be read.' },
  FILE_UNWRITABLE: { retry: 'after-fix', status: 500, title: 'A file could not be written.' },
  HOST_KEY_CHANGED: { retry: 'after-fix', status: 502, title: "A partner's server showed a key that is not pinned." },
  IDEMPOTENCY_CONFLICT: { retry: 'never', status: 422, title: 'The same idempotency key came with other bytes.' },
  INTERNAL: { retry: 'later', status: 500, title: 'An unexpected fault inside the gateway.' },
  LEDGER_UNAVAILABLE: { retry: 'later', status: 503, title: 'The ledger did not answer.' },
  LISTENER_UNAVAILABLE: { retry: 'after-fix', status: 503, title: 'A listener could not take its address.' },
  MAP_NOT_FOUND: { retry: 'after-fix', status: 404, title: 'No such map, or not in that version.' },
  MAP_NOT_RELEASED: { retry: 'after-fix', status: 422, title: 'A map is not fit to be released.' },
  MAP_NOT_WRITABLE: { retry: 'after-fix', status: 422, title: 'The map writes no valid document.' },
  METHOD_NOT_ALLOWED: { retry: 'never', status: 405, title: 'The resource does not support this method.' },
  NODE_TOO_OLD: { retry: 'after-fix', status: 500, title: 'This Node cannot run Crossdock.' },
  NOT_FOUND: { retry: 'never', status: 404, title: 'There is no such resource.' },
  OUR_CERTIFICATE_ENDED: { retry: 'after-fix', status: 502, title: 'Our certificate for a partner has ended.' },
  PARTNER_CERTIFICATE_ENDED: {
    retry: 'after-fix',
    status: 502,
    title: 'The certificate of a partner has ended.',
  },
  PARTNER_NOT_FOUND: { retry: 'after-fix', status: 404, title: 'No such partner.' },
  PAYLOAD_TOO_LARGE: { retry: 'never', status: 413, title: 'The body is larger than what is taken.' },
  PICK_UP_DENIED: {
    retry: 'after-fix',
    status: 502,
    title: 'The folder that files come from is missing, or closed to us.',
  },
  RATE_LIMITED: { retry: 'later', status: 429, title: 'Too many requests.' },
  REQUEST_INVALID: { retry: 'never', status: 400, title: 'The request cannot be understood.' },
  SECRET_MISSING: { retry: 'after-fix', status: 500, title: 'A secret that configuration names has no value.' },
  TARGET_REFUSED: { retry: 'after-fix', status: 422, title: 'An address is not one that may be asked.' },
  TYPE_UNSUPPORTED: { retry: 'never', status: 415, title: 'The body has a form that is not taken.' },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A failure of the program. `message` says where, what is wrong with the value, and what to do. */
export class GatewayError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'GatewayError';
    this.code = code;
  }

  get retry(): Retry {
    return ERROR_CODES[this.code].retry;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/** `transient`: try again by itself. `config`: somebody on our side or theirs must act first. `permanent`: never again. */
export type Failure = 'transient' | 'config' | 'permanent';

const FAILURES: Readonly<Record<Retry, Failure>> = { later: 'transient', 'after-fix': 'config', never: 'permanent' };

/** The class of a failure that trying again can help so. */
export function failureClass(retry: Retry): Failure {
  return FAILURES[retry];
}

/** The class of anything that was thrown. What nobody foresaw may pass by itself. */
export function failureOf(thrown: unknown): Failure {
  return thrown instanceof GatewayError ? failureClass(thrown.retry) : 'transient';
}

const OURS: ReadonlySet<string> = new Set<ErrorCode>(['LEDGER_UNAVAILABLE', 'ARCHIVE_UNWRITABLE', 'DISK_FULL']);

/** Whether it was thrown because we could take nothing in: who offered it, and the way it came, are well. */
export function isOurs(thrown: unknown): boolean {
  return thrown instanceof GatewayError && OURS.has(thrown.code);
}

/** The sentence of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
