import type { Classifier } from './types.ts';

/** Name of a file in schemas/: the shape of an event's data. */
export type Body =
  | 'shipment-advice'
  | 'transport-status'
  | 'warehouse-order'
  | 'warehouse-shipment'
  | 'load-tender'
  | 'tender-response'
  | 'inbound-advice'
  | 'inbound-receipt'
  | 'inventory-adjustment'
  | 'inventory-snapshot'
  | 'freight-invoice'
  | 'order'
  | 'order-acknowledgment'
  | 'invoice'
  | 'application-advice'
  | 'received-document'
  | 'withdrawn-event';

/** An event type; those that say the same about different happenings share a body. */
export interface EventType {
  /** `logistics.{aggregate}.{past participle}.v{major}`. */
  readonly type: string;
  readonly body: Body;
  /** Version of its schema; the major is the one in the type's name. */
  readonly version: string;
  /** What an event says that does not say it itself. */
  readonly classifier: Classifier;
  /** What has happened, in one sentence. */
  readonly title: string;
}

const first = (name: string, body: Body, title: string, classifier: Classifier = 'actual'): EventType => ({
  type: `logistics.${name}.v1`,
  body,
  version: '1.0.0',
  classifier,
  title,
});

const transport = (name: string, title: string, classifier: Classifier = 'actual'): EventType =>
  first(`transport.${name}`, 'transport-status', title, classifier);

/** Every event type there is; the document that each comes from is a map's business. */
export const EVENT_TYPES: readonly EventType[] = [
  first('shipment.advised', 'shipment-advice', 'A shipment was announced.'),
  first('shipment.advice-cancelled', 'shipment-advice', 'The announcement of a shipment was taken back.'),
  first('shipment.advice-amended', 'shipment-advice', 'Parts of an announcement were changed.'),
  first('shipment.advice-replaced', 'shipment-advice', 'An announcement was replaced as a whole.'),

  first('warehouse-order.released', 'warehouse-order', 'An order was given to a warehouse.'),
  first('warehouse-order.amended', 'warehouse-order', 'An order to a warehouse was changed.'),
  first('warehouse-order.cancelled', 'warehouse-order', 'An order to a warehouse was taken back.'),
  first('warehouse-order.shipped', 'warehouse-shipment', 'A warehouse shipped an order.'),
  first('warehouse-order.short-shipped', 'warehouse-shipment', 'A warehouse shipped less than was ordered.'),

  first('order.placed', 'order', 'A buyer ordered goods.'),
  first('order.change-requested', 'order', 'The buyer wants an order changed.'),
  first('order.replaced', 'order', 'The buyer replaced an order as a whole.'),
  first('order.cancelled', 'order', 'The buyer took an order back.'),
  first('order.acknowledged', 'order-acknowledgment', 'The seller answered an order: accepted, changed or rejected.'),

  first('invoice.issued', 'invoice', 'The seller invoiced goods, or gave credit for them.'),
  first('invoice.corrected', 'invoice', 'The seller corrected or replaced an invoice.'),
  first('invoice.cancelled', 'invoice', 'The seller took an invoice back.'),

  transport('pickup-arrived', 'The carrier arrived where the goods are picked up.'),
  transport('loading-started', 'Loading began.'),
  transport('loaded', 'The goods are loaded.'),
  transport('picked-up', 'The carrier left with the goods.'),
  transport('terminal-arrived', 'The shipment arrived at a terminal.'),
  transport('terminal-departed', 'The shipment left a terminal.'),
  transport('in-transit', 'The shipment is on its way.'),
  transport('out-for-delivery', 'The shipment is on its last leg.'),
  transport('handed-over', 'The shipment was handed to another carrier.'),
  transport('received-from-carrier', 'The shipment was taken over from another carrier.'),
  transport('gated-in', 'The equipment came through the gate.'),
  transport('gated-out', 'The equipment left through the gate.'),
  transport('ramp-arrived', 'The shipment arrived at a rail ramp.'),
  transport('ramp-departed', 'The shipment left a rail ramp.'),
  transport('customs-arrived', 'The shipment arrived at customs.'),
  transport('customs-released', 'Customs released the shipment.'),
  transport('customs-refused', 'Customs refused the shipment.'),
  transport('delivery-arrived', 'The carrier arrived where the goods are delivered.'),
  transport('delivered', 'The goods were delivered.'),
  transport('delivery-departed', 'The carrier left the place of delivery.'),
  transport('delivery-attempted', 'Delivery was tried in vain.'),
  transport('delivery-refused', 'The consignee refused the goods.'),
  transport('returned', 'The goods go back to the shipper.'),
  transport('damaged', 'The goods were damaged.'),
  transport('delayed', 'The shipment is late.'),
  transport('held', 'The shipment is being held.'),
  transport('released', 'The shipment goes on after a hold.'),
  transport('eta-updated', 'The carrier estimates when it will arrive.', 'estimated'),
  transport('etd-updated', 'The carrier estimates when it will leave.', 'estimated'),
  transport('appointment-set', 'An appointment was made.', 'planned'),
  transport('appointment-window', 'A bound of an appointment window was set.', 'planned'),
  transport('cancelled', 'The transport was cancelled.'),
  transport('reconsigned', 'The shipment goes to another consignee.'),
  transport('acknowledged', 'The carrier acknowledged the shipment.'),
  transport('status-unknown', 'The carrier sent a status that no code table knows.'),

  first('load.tendered', 'load-tender', 'A load was offered to a carrier.'),
  first('load.tender-cancelled', 'load-tender', 'The offer of a load was taken back.'),
  first('load.tender-amended', 'load-tender', 'Parts of an offered load were changed.'),
  first('load.tender-replaced', 'load-tender', 'The offer of a load was replaced as a whole.'),
  first('load.tender-accepted', 'tender-response', 'A carrier takes a load.'),
  first('load.tender-conditionally-accepted', 'tender-response', 'A carrier takes a load on a condition.'),
  first('load.tender-countered', 'tender-response', 'A carrier answers the offer of a load with its own.'),
  first('load.tender-declined', 'tender-response', 'A carrier does not take a load.'),

  first('warehouse-inbound.advised', 'inbound-advice', 'A warehouse was told what will arrive.'),
  first('warehouse-inbound.received', 'inbound-receipt', 'A warehouse received goods.'),
  first(
    'warehouse-inbound.discrepancy-reported',
    'inbound-receipt',
    'Goods that a warehouse received are not as expected.',
  ),
  first('inventory.adjusted', 'inventory-adjustment', 'A warehouse changed its stock.'),
  first('inventory.snapshot-reported', 'inventory-snapshot', 'A warehouse told what it has in stock.'),

  first('freight-invoice.issued', 'freight-invoice', 'A carrier charged for a shipment.'),
  first('freight-invoice.corrected', 'freight-invoice', 'An invoice of a carrier was corrected.'),
  first('freight-invoice.cancelled', 'freight-invoice', 'An invoice of a carrier was taken back.'),

  first('exchange.application-accepted', 'application-advice', "The receiver's application took a document."),
  first(
    'exchange.application-rejected',
    'application-advice',
    "The receiver's application refused a document, or parts.",
  ),
  first('exchange.document-received', 'received-document', 'A document came in that no map reads.'),
  first('exchange.event-withdrawn', 'withdrawn-event', 'An event told before no longer holds.'),
];

const BY_TYPE: ReadonlyMap<string, EventType> = new Map(EVENT_TYPES.map((entry) => [entry.type, entry]));

/** The entry of that type, or undefined when there is no such event type. */
export function eventType(type: string): EventType | undefined {
  return BY_TYPE.get(type);
}
