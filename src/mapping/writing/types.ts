import type { Finding } from '../../edi/finding.ts';
import type { PlainSegment } from '../../edi/plain-segment.ts';
import type { JsonObject } from '../../events/types.ts';

/** What of an event goes into a document; the derived views of its data (`refs`, `when`, `where`) are passed over. */
export interface EventToWrite {
  readonly type: string;
  readonly data: JsonObject;
}

export interface WriteContext {
  /** IANA zone of the partner, for elements that name no zone; null is UTC. */
  readonly timezone: string | null;
}

/** A document as a map writes it: what stands between header and trailer. */
export interface WrittenDocument {
  readonly segments: readonly PlainSegment[];
  /** Which of the events it says, by their index. */
  readonly events: readonly number[];
}

/** What writing gave. With a rejecting finding there are no documents. */
export interface MapWriting {
  readonly documents: readonly WrittenDocument[];
  readonly findings: readonly Finding[];
}
