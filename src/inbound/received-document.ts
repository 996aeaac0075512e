import type { EventContext, Reference } from '../events/context.ts';
import { finishEvent } from '../events/finish.ts';
import type { CanonicalEvent } from '../events/types.ts';

/** What is known of a document that no map reads. */
export interface UnreadDocument {
  readonly standard: string;
  readonly set: string;
  readonly release: string;
  readonly group: string;
  /** `ZZ/ACME3PL`. */
  readonly sender: string;
  readonly receiver: string;
  readonly controlNumbers: { readonly interchange: string; readonly group: string; readonly document: string };
  readonly segments: number;
  /** Byte range in the file, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Hash of the file. */
  readonly sha256: string;
  readonly contentHash: string;
}

/** The event of such a document: what it is, from whom, and where its bytes lie. */
export function receivedDocumentEvent(
  document: UnreadDocument,
  context: Omit<EventContext, 'documentType' | 'contentHash' | 'mapPin'>,
): { readonly events: readonly CanonicalEvent[]; readonly references: readonly Reference[] } {
  const { standard, set, release, group, sender, receiver, sha256, controlNumbers, segments, start, end } = document;
  const data = {
    ...present({ standard, set, release, group, sender, receiver, sha256 }),
    ...(Object.values(controlNumbers).some((number) => number !== '')
      ? { controlNumbers: present(controlNumbers) }
      : {}),
    segments,
    bytes: end - start,
  };
  const finished = finishEvent(
    { type: 'logistics.exchange.document-received.v1', key: '', data },
    {
      ...context,
      documentType: `${standard}/${set.toLowerCase()}`,
      contentHash: document.contentHash,
      mapPin: 'none',
      documentStart: start,
    },
  );
  return 'event' in finished
    ? { events: [finished.event], references: finished.references }
    : { events: [], references: [] };
}

/** Only the texts that say something. */
function present(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(fields).map(([name, text]): readonly [string, string] => [name, text.trim()]);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}
