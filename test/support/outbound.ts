import type { JsonObject } from '../../src/events/types.ts';
import type { SentDocumentState } from '../../src/ledger/outbound-types.ts';
import type { sentDocumentView } from '../../src/server/sent-documents.ts';
import { gs, st } from '../edi/support/x12.ts';
import { eventually } from './eventually.ts';
import type { GatewayProcess } from './gateway.ts';
import { fromWarehouse, WAREHOUSE } from './warehouse.ts';

/** A document that we send, as `GET /v1/documents` shows it. */
export type SentDocumentView = ReturnType<typeof sentDocumentView>;

/** What makes a partner one that is sent orders. */
export const OUTBOUND_940 = `outbound:
  - { document: 940, release: 004010, on: logistics.warehouse-order.released.v1, map: x12/940@1.0.0, via: main, expect: 997 within 4h }
`;

/** The warehouse of the tests, which is sent orders. */
export const WITH_ORDERS = `${WAREHOUSE.replace('pickUp: drop/warehouse/*', 'pickUp: drop/warehouse/*, dropOff: drop/to-warehouse')}${OUTBOUND_940}`;

/** An order to the warehouse; another key is another order. */
export function orderEvent(key: string): JsonObject & { readonly data: JsonObject } {
  return {
    specversion: '1.0',
    id: key,
    source: '/erp',
    type: 'logistics.warehouse-order.released.v1',
    data: {
      depositorOrder: `DO-${key}`,
      purchaseOrder: `PO-${key}`,
      lines: [{ quantity: 24, uom: 'each', sku: `BOOT-${key}` }],
    },
  };
}

/** What the gateway answers; of a refusal its code and detail. */
export interface SendAnswer {
  readonly status: number;
  readonly body: {
    readonly partnerId: string;
    readonly documents: readonly SentDocumentView[];
    readonly code: string;
    readonly detail: string;
  };
}

/** Hands an event over to be sent. */
export async function send({ operations }: Pick<GatewayProcess, 'operations'>, event: JsonObject): Promise<SendAnswer> {
  const response = await fetch(`${operations}/v1/outbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(event),
  });
  const body: SendAnswer['body'] = JSON.parse(await response.text());
  return { status: response.status, body };
}

/** Those of the newest 200 documents that match. */
export async function sentDocuments(
  gateway: Pick<GatewayProcess, 'text'>,
  query: string,
): Promise<readonly SentDocumentView[]> {
  const { items }: { items: SentDocumentView[] } = JSON.parse(await gateway.text(`/v1/documents?limit=200&${query}`));
  return items;
}

/** Waits until the document of an event is in that state, and answers it. */
export async function settledAs(
  gateway: Pick<GatewayProcess, 'text'>,
  eventId: string,
  state: SentDocumentState,
): Promise<SentDocumentView> {
  let found: SentDocumentView | undefined;
  await eventually(`the document of ${eventId} is ${state}`, async () => {
    [found] = await sentDocuments(gateway, `direction=outbound&ref=${eventId}`);
    return found?.state === state;
  });
  if (found === undefined) throw new Error(`There is no document of ${eventId}.`);
  return found;
}

/** A 997 of the warehouse: for each of our groups its number, its set, and the verdict on both. */
export function acknowledgment(number: number, verdicts: readonly (readonly [string, string, string])[]): string {
  const sets = verdicts.map(([group, set, verdict]) =>
    st(
      '997',
      `AK1*OW*${group}`,
      `AK2*940*${set}`,
      verdict === 'R' ? 'AK5*R*5' : `AK5*${verdict}`,
      `AK9*${verdict}*1*1*${verdict === 'R' ? 0 : 1}`,
    ),
  );
  return fromWarehouse(900 + number, gs('FA', ...sets));
}
