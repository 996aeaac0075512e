import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { writeFiles } from '../support/temp-folder.ts';

const PARTNER = `partner: carrier
name: An ERP and a carrier with an API
timezone: Europe/Berlin
connections:
  main: { folder: { pickUp: drop/carrier/*, every: 1s, ready: rename } }
inbound:
  - { document: tracking, map: json/tracking@1.0.0 }
  - { document: sap-desadv, map: xml/sap-desadv@1.0.0 }
  - { document: sap-shpmnt, map: xml/sap-shpmnt@1.0.0 }
  - { document: inventory, map: csv/inventory@1.0.0 }
  - { document: orders, map: csv/orders@1.0.0 }
`;

const sample = (map: string, name: string): Buffer =>
  readFileSync(`maps/${map}/tests/${name}.document.${map.slice(0, map.indexOf('/'))}`);

describe('a partner that drops JSON, XML and CSV', () => {
  let place: Place;
  let gateway: GatewayProcess;

  before(async () => {
    place = await createPlace();
    await writeFiles(join(place.config, 'partners'), { 'carrier/partner.yaml': PARTNER });
    gateway = await startGateway(place);
  });
  after(async () => {
    await gateway.kill9();
    place.remove();
  });

  it('sees each file read by the line whose map knows it, and the ledger balances', async () => {
    const files = {
      'status.json': sample('json/tracking', 'a-delivery-in-two-steps'),
      'delivery.xml': sample('xml/sap-desadv', 'a-delivery-for-two-orders'),
      'shipment.xml': sample('xml/sap-shpmnt', 'two-shipments-in-one-file'),
      'stock.csv': sample('csv/inventory', 'stock-of-two-items'),
      'orders.csv': sample('csv/orders', 'rows-of-an-order-apart'),
      'unknown.xml': Buffer.from('<Greeting><Text>hello</Text></Greeting>'),
    };
    for (const [name, content] of Object.entries(files)) await place.drop('carrier', name, content);
    const settled = await gateway.settled(...Object.keys(files));
    assert.deepEqual(
      settled.map(({ state }) => state),
      Object.keys(files).map(() => 'processed'),
    );
    const documents = await gateway.documents();
    assert.deepEqual(documents.map(({ type, events }) => `${type} ${events}`).sort(), [
      'Greeting 1',
      'inventory 1',
      'orders 1',
      'orders 1',
      'sap-desadv 1',
      'sap-shpmnt 1',
      'sap-shpmnt 1',
      'tracking 2',
    ]);
    assert.deepEqual((await gateway.events()).map(({ type }) => type).sort(), [
      'logistics.exchange.document-received.v1',
      'logistics.inventory.snapshot-reported.v1',
      'logistics.load.tendered.v1',
      'logistics.load.tendered.v1',
      'logistics.shipment.advised.v1',
      'logistics.transport.delivered.v1',
      'logistics.transport.picked-up.v1',
      'logistics.warehouse-order.released.v1',
      'logistics.warehouse-order.released.v1',
    ]);
    const checked = await place.run('ledger', 'check');
    assert.equal(checked.code, 0, checked.stdout);
  });
});
