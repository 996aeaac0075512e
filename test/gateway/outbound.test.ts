import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway, startGatewayWith } from '../support/gateway.ts';
import { acknowledgment, orderEvent, send, sentDocuments, settledAs, WITH_ORDERS } from '../support/outbound.ts';
import { writeFiles } from '../support/temp-folder.ts';

describe('a gateway that sends orders to a warehouse', function () {
  this.timeout(120_000);
  let place: Place;
  let gateway: GatewayProcess;
  let dropOff: string;

  before(async () => {
    place = await createPlace();
    dropOff = join(place.data, 'drop', 'to-warehouse');
    await writeFiles(place.config, { 'partners/warehouse/partner.yaml': WITH_ORDERS });
    gateway = await startGateway(place);
  });
  after(async () => {
    await gateway?.kill9();
    place?.remove();
  });

  it('answers 202 when the event is durable, with the document and its numbers', async () => {
    const { status, body } = await send(gateway, orderEvent('e1'));
    assert.equal(status, 202);
    const [document, ...others] = body.documents;
    assert.equal(others.length, 0);
    assert.equal(body.partnerId, 'warehouse');
    assert.deepEqual(
      [document?.interchangeControlNumber, document?.groupControlNumber, document?.controlNumber],
      ['000000001', '1', '0001'],
    );
  });

  it('puts the document into the drop-off folder of the partner, as it stands in the archive', async () => {
    const document = await settledAs(gateway, 'e1', 'transport-confirmed');
    const bytes = await readFile(join(dropOff, document.name), 'utf8');
    assert.match(bytes, /^ISA\*00\* {10}\*00\* {10}\*ZZ\*OURCO {10}\*ZZ\*WAREHOUSE/);
    assert.match(bytes, /~W05\*N\*DO-e1\*PO-e1~/);
    assert.equal(await gateway.text(`/v1/documents/${document.id}/raw`), bytes);
    assert.deepEqual(JSON.parse(await gateway.text(`/v1/documents/${document.id}/attempts`)), {
      items: [],
      next: null,
    });
    const detail = JSON.parse(await gateway.text(`/v1/documents/${document.id}`));
    assert.equal(detail.links.raw, `/v1/documents/${document.id}/raw`);
  });

  it('gives the same answer to the same event, and makes nothing of it twice', async () => {
    const again = await send(gateway, Object.fromEntries(Object.entries(orderEvent('e1')).toReversed()));
    assert.equal(again.status, 202);
    assert.equal(again.body.documents[0]?.interchangeControlNumber, '000000001');
    assert.equal((await readdir(dropOff)).length, 1);
  });

  it('refuses another event of that id', async () => {
    const { status, body } = await send(gateway, { ...orderEvent('e1'), subject: 'another' });
    assert.deepEqual([status, body.code], [409, 'EVENT_CONFLICT']);
  });

  it('tells what is wrong with an event, and takes no number for it', async () => {
    const data = { ...orderEvent('bad').data, depositorOrder: 7, nonsense: 1 };
    const broken = await send(gateway, { ...orderEvent('bad'), data });
    assert.deepEqual([broken.status, broken.body.code], [422, 'EVENT_INVALID']);
    assert.match(
      broken.body.detail,
      /\/data\/nonsense is no field.*|\/data\/depositorOrder must be text, not a number/,
    );
    const nobody = await send(gateway, { ...orderEvent('bad'), type: 'logistics.load.tendered.v1', data: {} });
    assert.equal(nobody.body.code, 'EVENT_INVALID');
    const cancelled = await send(gateway, { ...orderEvent('bad'), type: 'logistics.warehouse-order.cancelled.v1' });
    assert.deepEqual([cancelled.status, cancelled.body.code], [422, 'AGREEMENT_NOT_FOUND']);
    assert.match(
      cancelled.body.detail,
      /Add a line with "on: logistics\.warehouse-order\.cancelled\.v1" to "outbound"/,
    );
    const stranger = await send(gateway, { ...orderEvent('bad'), partnerid: 'warehous' });
    assert.match(stranger.body.detail, /no partner "warehous"\. Did you mean "warehouse"\?/);
    const long = { ...orderEvent('bad').data, depositorOrder: 'X'.repeat(99) };
    const unwritable = await send(gateway, { ...orderEvent('bad'), data: long });
    assert.deepEqual([unwritable.status, unwritable.body.code], [422, 'DOCUMENT_NOT_WRITTEN']);
    const { body } = await send(gateway, orderEvent('e2'));
    assert.equal(body.documents[0]?.interchangeControlNumber, '000000002');
  });

  it('lists what it sent among all documents, and by any number or reference', async () => {
    await settledAs(gateway, 'e2', 'transport-confirmed');
    const ids = async (query: string) => (await sentDocuments(gateway, query)).map(({ eventId }) => eventId);
    assert.deepEqual(await ids('direction=outbound'), ['e2', 'e1']);
    assert.deepEqual(await ids('ref=DO-e1'), ['e1']);
    assert.deepEqual(await ids('ref=000000002'), ['e2']);
    assert.deepEqual(await ids('state=transport-confirmed'), ['e2', 'e1']);
    assert.deepEqual(await ids('direction=inbound'), []);
  });

  it('settles documents by the 997 of the partner', async () => {
    await place.drop('warehouse', 'ack1.edi', acknowledgment(1, [['1', '0001', 'A']]));
    const accepted = await settledAs(gateway, 'e1', 'accepted');
    assert.notEqual(accepted.answeredAt, null);
    await place.drop('warehouse', 'ack2.edi', acknowledgment(2, [['2', '0002', 'R']]));
    const rejected = await settledAs(gateway, 'e2', 'rejected');
    assert.match(rejected.reason?.text ?? '', /The 997 in doc_\w+ rejected it: document code 5/);
    const { items } = JSON.parse(await gateway.text('/v1/exceptions?state=open'));
    assert.deepEqual(
      items.map(({ code }: { code: string }) => code),
      ['SENT_REJECTED'],
    );
  });

  it('calls an acknowledgment of what it never sent an exception', async () => {
    await place.drop('warehouse', 'ack3.edi', acknowledgment(3, [['77', '0077', 'A']]));
    await eventually('the exception is open', async () => {
      const { items } = JSON.parse(await gateway.text('/v1/exceptions?cause=ACKNOWLEDGMENT_UNMATCHED'));
      return items.length === 1 && /answers 940 0077, which was not sent to warehouse/.test(items[0].text);
    });
  });

  it('balances', async () => {
    const { code, stdout } = await place.run('ledger', 'check');
    assert.equal(code, 0, stdout);
  });

  it('tries again what could not be delivered, in order and with the same bytes', async () => {
    await rm(dropOff, { recursive: true });
    await writeFile(dropOff, 'no folder');
    const patient = WITH_ORDERS.replace('expect: 997 within 4h', 'retry: 1s..1s for 1h');
    await writeFiles(place.config, { 'partners/warehouse/partner.yaml': patient });
    await gateway.stop();
    gateway = await startGateway(place);
    for (const key of ['e3', 'e4']) await send(gateway, orderEvent(key));
    const [second, first] = await sentDocuments(gateway, 'state=queued');
    const attempts = async (id = '') => JSON.parse(await gateway.text(`/v1/documents/${id}/attempts`)).items;
    await eventually('the first was tried', async () => (await attempts(first?.id)).length > 0);
    assert.equal((await attempts(first?.id))[0]?.kind, 'deliver');
    assert.deepEqual(await attempts(second?.id), []);
    await rm(dropOff);
    await mkdir(dropOff);
    const sent = await settledAs(gateway, 'e3', 'transport-confirmed');
    const next = await settledAs(gateway, 'e4', 'transport-confirmed');
    assert.equal(sent.sha256, first?.sha256);
    assert.ok((sent.sentAt ?? '') <= (next.sentAt ?? ''));
    assert.deepEqual((await readdir(dropOff)).sort(), [sent.name, next.name].sort());
  });
});

describe('a gateway whose partner does not acknowledge', function () {
  this.timeout(120_000);
  let place: Place;
  let gateway: GatewayProcess;
  before(async () => {
    place = await createPlace();
    const hasty = WITH_ORDERS.replace('997 within 4h', '997 within 1s');
    await writeFiles(place.config, { 'partners/warehouse/partner.yaml': hasty });
    gateway = await startGateway(place);
  });
  after(async () => {
    await gateway?.kill9();
    place?.remove();
  });

  it('says that it is overdue, and takes the acknowledgment all the same when it comes late', async () => {
    await send(gateway, orderEvent('e1'));
    await settledAs(gateway, 'e1', 'overdue');
    const open = async () => JSON.parse(await gateway.text('/v1/exceptions?state=open')).items;
    assert.deepEqual(
      (await open()).map(({ code }: { code: string }) => code),
      ['ACKNOWLEDGMENT_OVERDUE'],
    );
    await place.drop('warehouse', 'late.edi', acknowledgment(1, [['1', '0001', 'A']]));
    await settledAs(gateway, 'e1', 'accepted');
    assert.deepEqual(await open(), []);
    assert.equal((await place.run('ledger', 'check')).code, 0);
  });
});

describe('a gateway that dies while it sends', function () {
  this.timeout(120_000);
  for (const point of ['outbound.after_number', 'outbound.after_send'] as const) {
    it(`sends the same document once after it was killed at ${point}`, async () => {
      const place = await createPlace();
      try {
        await writeFiles(place.config, { 'partners/warehouse/partner.yaml': WITH_ORDERS });
        const env = { NODE_ENV: 'test', FAILPOINTS: `${point}=kill@1` };
        const first = await startGatewayWith(place, { env });
        await send(first, orderEvent('e1')).catch(() => null);
        await eventually('it is dead', async () => !first.running());
        const second = await startGateway(place);
        const { status, body } = await send(second, orderEvent('e1'));
        assert.equal(status, 202);
        assert.equal(body.documents[0]?.interchangeControlNumber, '000000001');
        const sent = await settledAs(second, 'e1', 'transport-confirmed');
        await send(second, orderEvent('e2'));
        const next = await settledAs(second, 'e2', 'transport-confirmed');
        assert.equal(next.interchangeControlNumber, '000000002');
        assert.deepEqual(
          (await readdir(join(place.data, 'drop', 'to-warehouse'))).sort(),
          [sent.name, next.name].sort(),
        );
        assert.equal((await place.run('ledger', 'check')).code, 0);
        await second.kill9();
      } finally {
        place.remove();
      }
    });
  }
});
