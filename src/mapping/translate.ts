import { documentHash } from '../edi/content-hash.ts';
import type { Interchange, TransactionSet } from '../edi/envelope.ts';
import type { Finding } from '../edi/finding.ts';
import type { Structure } from '../edi/structure-types.ts';
import type { EventContext, Reference } from '../events/context.ts';
import { finishEvent } from '../events/finish.ts';
import type { CanonicalEvent } from '../events/types.ts';
import { readDate, readTime } from './moments.ts';
import type { CompiledMap } from './types.ts';

/** What is known of a document beside its bytes. */
export interface TranslationContext {
  readonly partnerId: string;
  /** IANA zone of the partner, null assumes UTC. */
  readonly timezone: string | null;
  readonly documentId: string;
  readonly fileId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** Date and time of the interchange, local; null where it says none. */
  readonly documentTime: string | null;
  /** The hash of the document where it is known already. */
  readonly contentHash?: string;
}

export interface Translation {
  /** Empty when anything rejects the document: events of one document are made all or none. */
  readonly events: readonly CanonicalEvent[];
  readonly references: readonly Reference[];
  readonly findings: readonly Finding[];
  /** What no rule of the map read. */
  readonly unread: readonly string[];
}

/** Reads a checked document with a map and finishes its events. Deterministic: same bytes, same map, same event ids. */
export function translate(
  document: TransactionSet,
  structure: Structure,
  map: CompiledMap,
  context: TranslationContext,
): Translation {
  const reading = map.read(structure);
  const findings = [...reading.findings];
  const events: CanonicalEvent[] = [];
  const references: (readonly Reference[])[] = [];
  const eventContext: EventContext = {
    ...context,
    documentType: `${map.document.standard}/${map.document.set.toLowerCase()}`,
    contentHash: context.contentHash ?? documentHash(document),
    mapPin: map.pin,
    documentStart: document.start,
  };
  for (const read of reading.events) {
    const finished = finishEvent(read, eventContext);
    if ('findings' in finished) {
      findings.push(...finished.findings);
      continue;
    }
    events.push(finished.event);
    references.push(finished.references);
  }
  const rejected = findings.some(({ severity }) => severity === 'rejected');
  const { unread } = reading;
  return { events: rejected ? [] : events, references: rejected ? [] : eachOnce(references), findings, unread };
}

/** Those of one event are different already. */
function eachOnce(lists: readonly (readonly Reference[])[]): readonly Reference[] {
  const [first, ...others] = lists;
  if (first === undefined || others.length === 0) return first ?? [];
  const found = lists.flat().map((reference) => [`${reference.type} ${reference.value}`, reference] as const);
  return [...new Map(found).values()];
}

/** The moment an interchange was made, by its own clock: `2026-12-04T10:30:00`, or null when it does not say. */
export function interchangeTime({ date, time }: Pick<Interchange, 'date' | 'time'>): string | null {
  const day = readDate(date);
  const clock = readTime(time.slice(0, 4));
  return day === undefined || clock === undefined ? null : `${day}T${clock}`;
}
