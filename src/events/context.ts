import type { Finding } from '../edi/finding.ts';
import type { CanonicalEvent, JsonObject } from './types.ts';

/** An event as a map reads it (mapping's ReadEvent): moments without an offset are still local. */
export interface EventDraft {
  readonly type: string;
  /** Place of the event in its document; part of its id. */
  readonly key: string;
  readonly data: JsonObject;
  /**
   * True where whoever read the data vouches that each field holds what its schema wants, and that none is missing; moments aside,
   * which are looked at when they get their offset.
   */
  readonly keepsSchema?: boolean;
}

/** What an event cannot say itself: whence and when its document came. */
export interface EventContext {
  readonly partnerId: string;
  /** IANA zone of the partner, for times that name no zone; null assumes UTC. */
  readonly timezone: string | null;
  /** Standard and set: `x12/856`. */
  readonly documentType: string;
  /** Hash of the document's content; the same content gives the same event ids. */
  readonly contentHash: string;
  readonly documentId: string;
  readonly fileId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** `x12/856@1.0.0`. */
  readonly mapPin: string;
  /** Date and time of the interchange, local (`2026-12-04T10:30:00`); null where it says none. */
  readonly documentTime: string | null;
  /** Byte of the file where the document begins, for findings; 0 when absent. */
  readonly documentStart?: number;
}

/** A business reference that an event carries. */
export type Reference = {
  readonly type: string;
  readonly value: string;
};

/** A canonical event with its references, or why there is none. */
export type Finished =
  | { readonly event: CanonicalEvent; readonly references: readonly Reference[] }
  | { readonly findings: readonly Finding[] };
