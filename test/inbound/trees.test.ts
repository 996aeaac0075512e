import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { DocumentRow } from '../../src/ledger/types.ts';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CARRIER_WITH_API = `partner: warehouse
name: A carrier with an API
timezone: America/Los_Angeles
connections:
  main: { folder: { pickUp: drop/warehouse/out/*, dropOff: drop/warehouse/in, every: 1s, ready: stable } }
inbound:
  - { document: tracking, map: json/tracking@1.0.0 }
`;

const sample = (name: string): string => readFileSync(`maps/json/tracking/tests/${name}.document.json`, 'utf8');

describe('files without an envelope', () => {
  const folder = tempFolder();
  let test: TestRoad;

  beforeEach(async () => {
    test = await createTestRoad(folder(), CARRIER_WITH_API);
  });
  afterEach(async () => {
    assert.deepEqual(await test.ledger.check(), []);
    await test.ledger.close();
  });

  async function documents(): Promise<readonly DocumentRow[]> {
    const { items } = await test.ledger.documents({}, null, 100);
    return items.toSorted((a, b) => a.ordinal - b.ordinal);
  }

  it('are known by the connection that brings them, and become the events of their map', async () => {
    await test.receive({ 'status.json': sample('a-delivery-in-two-steps') });
    await test.workOff();
    const [row] = await documents();
    assert.deepEqual(
      [row?.type, row?.state, row?.mapPin, row?.events],
      ['tracking', 'processed', 'json/tracking@1.0.0', 2],
    );
    const events = await test.ledger.events({}, 0, 10);
    assert.deepEqual(
      events.map(({ event }) => event.type),
      ['logistics.transport.picked-up.v1', 'logistics.transport.delivered.v1'],
    );
  });

  it('hold a document for each item of a list', async () => {
    await test.receive({ 'status.json': sample('two-shipments-in-one-list') });
    await test.workOff();
    assert.deepEqual(
      (await documents()).map(({ ordinal, state, events }) => [ordinal, state, events]),
      [
        [0, 'processed', 1],
        [1, 'processed', 1],
      ],
    );
  });

  it('are duplicates when the same bytes come again', async () => {
    const text = sample('a-single-status');
    await test.receive({ 'status.json': text });
    await test.workOff();
    await test.receive({ 'again.json': text });
    await test.workOff();
    assert.deepEqual((await test.files()).map(({ state }) => state).sort(), ['duplicate', 'processed']);
    assert.equal((await test.ledger.events({}, 0, 10)).length, 1);
  });

  it('that no agreement names a map for are told as received, never dropped', async () => {
    const files = { 'a.json': '{"invoice": 1}', 'b.xml': '<Invoice><No>1</No></Invoice>', 'c.csv': 'a;b\n1;2\n3;4\n' };
    await test.receive(files);
    await test.workOff();
    const events = await test.ledger.events({}, 0, 10);
    assert.deepEqual(events.map(({ event }) => [event.type, event.data.standard, event.data.set]).sort(), [
      ['logistics.exchange.document-received.v1', 'csv', 'csv'],
      ['logistics.exchange.document-received.v1', 'json', 'json'],
      ['logistics.exchange.document-received.v1', 'xml', 'Invoice'],
    ]);
    assert.ok((await documents()).every(({ reason }) => reason?.code === 'NO_AGREEMENT'));
  });

  it('are rejected with a finding where they cannot be read, or say what the map does not take', async () => {
    await test.receive({ 'cut.json': sample('cut-off'), 'time.json': sample('a-time-that-is-none') });
    await test.workOff();
    assert.deepEqual((await test.files()).map(({ state, reason }) => [state, reason?.code]).sort(), [
      ['rejected', 'FORMAT_TRUNCATED'],
      ['rejected', 'MAP_VALUE'],
    ]);
    assert.equal((await test.ledger.events({}, 0, 10)).length, 0);
  });

  it('explain each field by a line of the map and the bytes of the file', async () => {
    const file = Buffer.from(sample('a-delivery-in-two-steps'));
    await test.receive({ 'status.json': file });
    await test.workOff();
    const [recorded] = await test.ledger.events({}, 0, 10);
    const lines = await test.road.explain(recorded?.event.id ?? '');
    assert.ok(lines.length > 10);
    for (const { raw, map, bytes } of lines) {
      assert.equal(file.toString('utf8', ...bytes), raw);
      assert.match(map.file, /maps\/json\/tracking\/1\.0\.0\.yaml$/);
    }
    const city = lines.find(({ field }) => field === '/place/city');
    assert.deepEqual([city?.value, city?.segment], ['Reno', 'events/location/city']);
  });
});
