import type { Body } from './event-types.ts';
import { entriesOf, isList, isObject } from './json.ts';
import applicationAdvice from './schemas/application-advice.json' with { type: 'json' };
import common from './schemas/common.json' with { type: 'json' };
import derived from './schemas/derived.json' with { type: 'json' };
import freightInvoice from './schemas/freight-invoice.json' with { type: 'json' };
import inboundAdvice from './schemas/inbound-advice.json' with { type: 'json' };
import inboundReceipt from './schemas/inbound-receipt.json' with { type: 'json' };
import inventoryAdjustment from './schemas/inventory-adjustment.json' with { type: 'json' };
import inventorySnapshot from './schemas/inventory-snapshot.json' with { type: 'json' };
import invoice from './schemas/invoice.json' with { type: 'json' };
import loadTender from './schemas/load-tender.json' with { type: 'json' };
import order from './schemas/order.json' with { type: 'json' };
import orderAcknowledgment from './schemas/order-acknowledgment.json' with { type: 'json' };
import receivedDocument from './schemas/received-document.json' with { type: 'json' };
import shipmentAdvice from './schemas/shipment-advice.json' with { type: 'json' };
import tenderResponse from './schemas/tender-response.json' with { type: 'json' };
import transportStatus from './schemas/transport-status.json' with { type: 'json' };
import warehouseOrder from './schemas/warehouse-order.json' with { type: 'json' };
import warehouseShipment from './schemas/warehouse-shipment.json' with { type: 'json' };
import withdrawnEvent from './schemas/withdrawn-event.json' with { type: 'json' };
import type { Json, JsonObject } from './types.ts';

/**
 * The data of events as the files in schemas/ say it. Beside JSON Schema's own keywords a body has, for the gateway:
 * - `x-time`: pointers to the event's time in the world; the first one present counts.
 * - `x-place`: pointer to the place of the event; on a moment, to the place whose clock it is told by. A pointer without a
 *   slash before it starts at the entry of the list that the moment is in.
 * - `x-subject`: `aggregate` and `keys`. The first key all of whose parts are present is the subject's id, parts joined by a
 *   colon. A part is a pointer, or `partner` where the number is unique with that partner alone.
 * - `x-refs`: pointers (`*` is any entry) to references and the type of each; `as-typed` points to `{ type, value }`.
 */
export const BODIES: Readonly<Record<Body, JsonObject>> = {
  'shipment-advice': shipmentAdvice,
  'transport-status': transportStatus,
  'warehouse-order': warehouseOrder,
  'warehouse-shipment': warehouseShipment,
  order,
  'order-acknowledgment': orderAcknowledgment,
  invoice,
  'application-advice': applicationAdvice,
  'load-tender': loadTender,
  'tender-response': tenderResponse,
  'inbound-advice': inboundAdvice,
  'inbound-receipt': inboundReceipt,
  'inventory-adjustment': inventoryAdjustment,
  'inventory-snapshot': inventorySnapshot,
  'freight-invoice': freightInvoice,
  'received-document': receivedDocument,
  'withdrawn-event': withdrawnEvent,
};

/** Schemas of the fields that finishEvent adds to every event's data. A body that has such a field itself keeps its own. */
export const DERIVED: JsonObject = derived.properties;

const DEFINITIONS: JsonObject = common.$defs;

/** The name of a shared definition that a `$ref` names, undefined where the schema names none. */
function definitionName(schema: JsonObject): string | undefined {
  const ref = schema.$ref;
  return typeof ref === 'string' ? ref.slice(ref.lastIndexOf('/') + 1) : undefined;
}

/** The shared definition of that name. Every name that the schema files use exists; a test holds that. */
export function definition(name: string): JsonObject {
  const found = DEFINITIONS[name];
  return isObject(found) ? found : {};
}

/** A schema with its `$ref` replaced by what that names; keywords beside the `$ref` count over those of the definition. */
export function resolved(schema: JsonObject): JsonObject {
  const name = definitionName(schema);
  if (name === undefined) return schema;
  const { $ref: _, ...beside } = schema;
  return { ...resolved(definition(name)), ...beside };
}

/** Names of all shared definitions that a schema needs, those needed by others included. */
export function neededDefinitions(schema: Json, found: Set<string> = new Set()): Set<string> {
  if (isList(schema)) for (const item of schema) neededDefinitions(item, found);
  if (!isObject(schema)) return found;
  const name = definitionName(schema);
  if (name !== undefined && !found.has(name)) {
    found.add(name);
    neededDefinitions(definition(name), found);
  }
  for (const [, value] of entriesOf(schema)) neededDefinitions(value, found);
  return found;
}
