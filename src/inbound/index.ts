import type { ReceivedMessage } from '../ledger/message-types.ts';
import type { ReplayRow } from '../ledger/replay-types.ts';
import type { Claim, FileRow } from '../ledger/types.ts';
import type { Explanation } from '../mapping/explain.ts';
import type { Arrival } from '../transports/types.ts';
import type { RetryPlans } from '../util/retry-plan.ts';
import type { WorkHandlers } from '../work/types.ts';
import { type Accepted, accept, type HandedOver } from './accept.ts';
import { acknowledgmentOf } from './acknowledge.ts';
import { explainEvent } from './explain.ts';
import type { InboundParts } from './parts.ts';
import { type Origin, receive } from './receive.ts';
import { createMessageReceiver } from './receive-message.ts';
import { replayNext } from './replay.ts';
import { type ReplayRequest, requestReplay } from './replay-request.ts';
import { retryMended } from './retry-mended.ts';
import { retryPlansOf } from './retry-plans.ts';
import { split } from './split.ts';
import { translate } from './translate.ts';

/**
 * The inbound road.
 *
 *     receive ⇒ identify · split · check ⇒ translate · publish
 *
 * `⇒` is durable work in the ledger: it may run twice, its effect is recorded once. Everything between two arrows commits
 * in one transaction. What arrives is stored before it is taken away, and every document ends in a state with a reason.
 */
export interface InboundRoad {
  /** Step one, for a transport that has complete files. */
  receive(origin: Origin, arrivals: readonly Arrival[]): Promise<void>;
  /** Step one, for a caller that hands a file over and waits until it is durable. */
  accept(origin: Origin, file: HandedOver): Promise<Accepted>;
  /** Step one, for a message that is answered with a receipt; both are durable when it answers. */
  receiveMessage(
    origin: Origin,
    arrivals: readonly Arrival[],
    message: Promise<ReceivedMessage>,
  ): Promise<ReceivedMessage | null>;
  /** Steps two and three, for the dispatcher. */
  readonly handlers: Required<Pick<WorkHandlers, 'split' | 'translate'>>;
  /** How a piece of work that failed is tried again, for the dispatcher. */
  plansOf(claim: Claim): Promise<RetryPlans>;
  /** What a settled file is answered with. */
  acknowledgment(file: FileRow): Promise<Buffer>;
  /** Has stored documents read again. */
  requestReplay(request: ReplayRequest): Promise<ReplayRow>;
  /** Reads the next stored documents of a replay again; false when none is due. */
  replayNext(): Promise<boolean>;
  /** Tries again what the configuration of now mends; answers how many files and documents. */
  retryMended(): Promise<number>;
  /** The way back: where each field of an event came from. */
  explain(eventId: string): Promise<readonly Explanation[]>;
}

export function createInboundRoad(parts: InboundParts): InboundRoad {
  return {
    receive: (origin, arrivals) => receive(parts, origin, arrivals),
    accept: (origin, file) => accept(parts, origin, file),
    receiveMessage: createMessageReceiver(parts),
    handlers: {
      split: (claims) => split(parts, claims),
      translate: (claims) => translate(parts, claims),
    },
    plansOf: (claim) => retryPlansOf(parts, parts.retry, claim),
    acknowledgment: (file) => acknowledgmentOf(parts, file),
    requestReplay: (request) => requestReplay(parts, request),
    replayNext: () => replayNext(parts),
    retryMended: () => retryMended(parts),
    explain: (eventId) => explainEvent(parts, eventId),
  };
}
