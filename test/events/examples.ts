import type { EventContext, EventDraft } from '../../src/events/context.ts';
import { finishEvent } from '../../src/events/finish.ts';
import type { CanonicalEvent, JsonObject } from '../../src/events/types.ts';

export const DELIVERED = 'logistics.transport.delivered.v1';
export const ADVISED = 'logistics.shipment.advised.v1';
export const TENDERED = 'logistics.load.tendered.v1';

/** The context of a document from a partner in Chicago; what a test is about is laid over it. */
export function context(over: Partial<EventContext> = {}): EventContext {
  return {
    partnerId: 'acme-3pl',
    timezone: 'America/Chicago',
    documentType: 'x12/214',
    contentHash: 'c0ffee',
    documentId: 'doc-1',
    fileId: 'file-1',
    receivedAt: Date.UTC(2026, 11, 4, 20, 0, 0),
    mapPin: 'x12/214@1.0.0',
    documentTime: '2026-12-04T12:15:00',
    ...over,
  };
}

/** A delivery as a map reads it. */
export function delivery(data: JsonObject = {}, key = 'LX[1]/AT7[1]'): EventDraft {
  return { type: DELIVERED, key, data: { proNumber: '4711', scac: 'ABCD', eventTime: '2026-12-04T10:30:00', ...data } };
}

/** The finished event; fails the test when findings came instead. */
export function finished(draft: EventDraft, over: Partial<EventContext> = {}): CanonicalEvent {
  const result = finishEvent(draft, context(over));
  if ('findings' in result) throw new Error(result.findings.map((finding) => finding.text).join('\n'));
  return result.event;
}
