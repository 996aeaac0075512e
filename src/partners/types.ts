import type { Severities } from '../edi/check/severity.ts';
import type { Charset, Delimiters } from '../edi/delimiters.ts';
import type { WriteCharset } from '../edi/encoder.ts';
import type { Standard } from '../edi/envelope.ts';
import type { Place } from '../util/problem.ts';

/** When a file in a drop folder is complete. */
export type Ready =
  /** Size and time unchanged over two looks. */
  | { readonly by: 'stable' }
  /** The sender writes `NAME.tmp` (or any of the suffixes) and renames: other names are ready at once. */
  | { readonly by: 'rename'; readonly unready: readonly string[] }
  /** `NAME` is ready when `NAME<suffix>` exists. */
  | { readonly by: 'marker'; readonly suffix: string };

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

/** A connection of a kind this version reads but does not run yet (sftp, as2, poll). */
export interface OtherConnection {
  readonly kind: 'sftp' | 'as2' | 'poll';
  readonly id: string;
}

export type Connection = FolderConnection | HttpConnection | OtherConnection;

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
  /** Set or message type: `945`, `DESADV`. */
  readonly document: string;
  readonly standard: Standard;
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

/** A document type that we send: for which event. */
export interface OutboundAgreement extends Agreement {
  /** Event type whose events are sent as this document. */
  readonly on: string;
  /** Connection it is sent over. */
  readonly via: string;
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
  /** Folder the partner was read from. */
  readonly folder: string;
}
