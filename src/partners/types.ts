import type { Severities } from '../edi/check/severity.ts';
import type { Charset, Delimiters } from '../edi/delimiters.ts';
import type { WriteCharset } from '../edi/encoder.ts';
import type { Standard } from '../edi/envelope.ts';
import type { MapStandard } from '../mapping/trees/standards.ts';
import type { Place } from '../util/problem.ts';
import type { RetryPlan, RetryPlans } from '../util/retry-plan.ts';
import type { As2Connection } from './as2-types.ts';
import type { SftpConnection } from './sftp-types.ts';

/** When a file in a drop folder is complete. */
export type Ready =
  /** Size and time unchanged over two looks. */
  | { readonly by: 'stable' }
  /** The sender writes `NAME.tmp` (or any of the suffixes) and renames: other names are ready at once. */
  | { readonly by: 'rename'; readonly unready: readonly string[] }
  /** `NAME` is ready when `NAME<suffix>` exists. */
  | { readonly by: 'marker'; readonly suffix: string }
  /** As soon as it is seen: for those who put whole files there. */
  | { readonly by: 'immediate' };

export interface FolderConnection {
  readonly kind: 'folder';
  readonly id: string;
  /** Folder and file pattern (`*` and `?` in the last part), relative ones under the data folder. Null: nothing is picked up. */
  readonly pickUp: { readonly folder: string; readonly pattern: string } | null;
  readonly dropOff: string | null;
  /** Milliseconds between listings. */
  readonly every: number;
  readonly ready: Ready;
}

/** A key that a partner's programs show: its id, and the SHA-256 of the whole key in base64 without padding. */
export interface PartnerKey {
  readonly id: string;
  readonly sha256: string;
}

/** How a partner's programs post documents to us. Sending to `url` is read, and not run yet. */
export interface HttpConnection {
  readonly kind: 'http';
  readonly id: string;
  /** Any of them opens the door: two while one is replaced, none where nothing is taken. */
  readonly keys: readonly PartnerKey[];
  /** Name of the secret that each request is signed with (Standard Webhooks); null where requests are not signed. */
  readonly signed: string | null;
  /** Largest body taken, in bytes. */
  readonly largest: number;
}

/** How we prove who we are to a partner's API; secrets by their names. */
export type PollLogin =
  | { readonly by: 'none' }
  | { readonly by: 'bearer'; readonly secret: string }
  | { readonly by: 'header'; readonly header: string; readonly secret: string }
  | { readonly by: 'basic'; readonly user: string; readonly secret: string }
  /** Client credentials (RFC 6749, 4.4). */
  | {
      readonly by: 'oauth2';
      readonly tokenUrl: string;
      readonly client: string;
      readonly secret: string;
      readonly scope: string | null;
    };

/** How the next page of an answer is asked for. */
export type Paging =
  | { readonly by: 'none' }
  /** The text at `path` of the answer goes into the query parameter; none is the end. */
  | { readonly by: 'cursor'; readonly path: string; readonly parameter: string }
  /** Numbers from `first` on, until a page is empty. */
  | { readonly by: 'page'; readonly parameter: string; readonly first: number }
  /** The address in the header `Link` with `rel="next"`, or at a path of the answer. */
  | { readonly by: 'link'; readonly path: string | null };

/** A partner's API that is asked for what is new. */
export interface PollConnection {
  readonly kind: 'poll';
  readonly id: string;
  /** With `{since}` where the watermark goes. */
  readonly url: string;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly login: PollLogin;
  readonly headers: Readonly<Record<string, string>>;
  /** Where documents stand in an answer, and their id within. */
  readonly items: string | null;
  readonly itemId: string | null;
  /** Where a document says when it changed, the first watermark, and how far each look reaches back (milliseconds). */
  readonly since: { readonly path: string; readonly start: string; readonly overlap: number } | null;
  readonly paging: Paging;
  /** Milliseconds from one request to the next, at least. */
  readonly pause: number;
  /** Largest answer taken, in bytes. */
  readonly largest: number;
}

export type Connection = FolderConnection | SftpConnection | As2Connection | HttpConnection | PollConnection;

/** How an acknowledgment is made. */
export interface AcknowledgeAgreement {
  /** Which documents are named: all, or those that were rejected. */
  readonly documents: 'all' | 'rejected';
  /** GS08 of a 997 or 999; null for that of the group, or of the guide of the 999. */
  readonly version: string | null;
  /** CONTRL that tells the receipt alone: before the complete one, or instead of it. */
  readonly receipt: 'none' | 'first' | 'only';
}

/** One document type in one direction, and its map. */
export interface Agreement {
  /** Where the partner's file names the map. */
  readonly at: Place;
  /** Set or message type: `945`, `DESADV`; of JSON, XML and CSV the name of the map, as in `tracking`. */
  readonly document: string;
  readonly standard: MapStandard;
  /** Release the map was written for; null when the line names none. */
  readonly release: string | null;
  /** Exact pin, `x12/945@1.0.0`. */
  readonly map: string;
  /** Overlay file, relative to the partner's folder. */
  readonly overlay: string | null;
}

/** A document type that the partner sends us. */
export interface InboundAgreement extends Agreement {
  readonly acknowledge: 'none' | 'TA1' | '997' | '999' | 'CONTRL';
  readonly answer: AcknowledgeAgreement;
  /** How translating its documents is tried again, where it is not as for the whole partner. */
  readonly retry: RetryPlan | null;
  /** How bad findings of its documents are, where it is not as for the whole partner. */
  readonly severity: Severities;
}

/** How documents are written for a partner; null is what the standard or the writer takes by itself. */
export interface WritingStyle {
  /** Element, component, repetition, terminator. */
  readonly delimiters: Delimiters | null;
  readonly lineBreak: '' | '\n' | '\r\n';
  readonly charset: WriteCharset | null;
  /** Syntax identifier of EDIFACT: `UNOC`. */
  readonly syntax: string | null;
  /** Code of the guide: ST03 and GS08 of X12 (`005010X231A1`), 0057 of EDIFACT (`EAN007`). */
  readonly guide: string | null;
}

/** What can answer a document that we sent. */
export const EXPECTED_ANSWERS = ['TA1', '997', '999', 'CONTRL', 'MDN'] as const;
/** One of them. */
export type ExpectedAnswer = (typeof EXPECTED_ANSWERS)[number];

/** A document type that we send: for which event. */
export interface OutboundAgreement extends Agreement {
  /** Event type whose events are sent as this document. */
  readonly on: string;
  /** Connection it is sent over. */
  readonly via: string;
  /** What must answer it, and how long after it was sent, in milliseconds; null when nothing is awaited. */
  readonly expect: { readonly answer: ExpectedAnswer; readonly within: number } | null;
  /** How sending is tried again, where it is not as for the whole partner. */
  readonly retry: RetryPlan | null;
  readonly style: WritingStyle;
}

export interface TradingPartner {
  readonly id: string;
  readonly name: string;
  /** IANA zone for times that name no zone. */
  readonly timezone: string;
  /** In `test` what the partner marks as test counts as its live traffic; in `live` test interchanges stay apart. */
  readonly stage: 'test' | 'live';
  /** The partner's, `qualifier/id` by standard (`ZZ/ACME3PL`, `14/4012345000009`). */
  readonly identifiers: Readonly<Partial<Record<Standard, readonly string[]>>>;
  /** Ours, as this partner addresses us. */
  readonly us: Readonly<Partial<Record<Standard, readonly string[]>>>;
  readonly connections: readonly Connection[];
  readonly inbound: readonly InboundAgreement[];
  readonly outbound: readonly OutboundAgreement[];
  /** In what the partner writes bytes above 127, whatever its envelope says; null goes by the envelope. */
  readonly charset: Charset | null;
  /** How bad findings are, where it is not as the register says. */
  readonly severity: Severities;
  /** How it is tried again, where it is not as the settings say. */
  readonly retry: Partial<RetryPlans>;
  /** Folder the partner was read from. */
  readonly folder: string;
}
