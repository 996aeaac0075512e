import assert from 'node:assert/strict';
import { newEvent } from '../contracts/ledger-samples.ts';
import { ask, at, eachItem, events, type Gateway, startGateway } from './support.ts';

describe('the event feed', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.stop());

  const idsOf = async (query: string) => {
    const { status, json } = await ask(`${gateway.url}/v1/events${query}`);
    assert.equal(status, 200);
    return eachItem(json, 'id');
  };

  it('gives a cursor to go on from also when there is nothing yet', async () => {
    const empty = await ask(`${gateway.url}/v1/events`);
    assert.deepEqual(at(empty.json, 'items'), []);
    const next = String(at(empty.json, 'next'));
    const delivered = newEvent('first', { type: 'logistics.transport.delivered.v1', subject: 'shipment/A' });
    await gateway.record([delivered]);
    const page = await ask(`${gateway.url}/v1/events?after=${next}`);
    assert.deepEqual(eachItem(page.json, 'id'), ['first']);
    const end = await ask(`${gateway.url}/v1/events?after=${at(page.json, 'next')}`);
    assert.deepEqual(end.json, { items: [], next: at(page.json, 'next') });
  });

  it('gives the CloudEvents themselves, as recorded', async () => {
    const { json } = await ask(`${gateway.url}/v1/events?limit=1`);
    assert.deepEqual(at(json, 'items', '0'), (await gateway.ledger.event('first'))?.event);
    const single = await ask(`${gateway.url}/v1/events/first`);
    assert.deepEqual(single.json, at(json, 'items', '0'));
    assert.equal(at(single.json, 'sequence'), '1');
  });

  it('filters by type, the beginning of a type, subject, partner and document', async () => {
    await gateway.record([
      newEvent('held', { type: 'logistics.transport.held.v1', subject: 'shipment/B' }),
      newEvent('advised', { subject: 'shipment/B', partnerid: 'beta' }),
    ]);
    assert.deepEqual(await idsOf('?type=logistics.transport.*'), ['first', 'held']);
    assert.deepEqual(await idsOf('?type=logistics.transport.held.v1'), ['held']);
    assert.deepEqual(await idsOf('?type=*'), ['first', 'held', 'advised']);
    assert.deepEqual(await idsOf('?subject=shipment/B'), ['held', 'advised']);
    assert.deepEqual(await idsOf('?subject=shipment%2FB&type=logistics.shipment.*'), ['advised']);
    const [document] = (await gateway.ledger.documents({}, null, 1)).items;
    assert.deepEqual(await idsOf(`?document=${document?.id}`), ['held', 'advised']);
    assert.deepEqual(await idsOf('?partner=nobody'), []);
  });

  it('keeps events of test interchanges apart', async () => {
    await gateway.record([newEvent('tried')], true);
    assert.deepEqual(await idsOf('?test=true'), ['tried']);
    assert.ok(!(await idsOf('')).includes('tried'));
    assert.deepEqual(await idsOf('?test=false'), await idsOf(''));
  });

  it('is walked by cursor without loss or repeats while more is recorded', async () => {
    for (let start = 0; start < 2000; start += 500) await gateway.record(events(start, start + 499));
    const seen: unknown[] = [];
    let recorded = 2000;
    let after = '';
    for (;;) {
      const page = await ask(`${gateway.url}/v1/events?limit=70&type=logistics.shipment.*${after}`);
      const found = eachItem(page.json, 'id');
      seen.push(...found.filter((id) => id !== 'advised'));
      after = `&after=${at(page.json, 'next')}`;
      if (recorded < 2500) {
        await gateway.record(events(recorded, recorded + 19));
        recorded += 20;
      } else if (found.length === 0) break;
    }
    assert.deepEqual(
      seen,
      events(0, 2499).map(({ id }) => id),
    );
  }).timeout(30_000);

  it('answers up to a thousand events at once', async () => {
    assert.equal((await idsOf('?limit=1000')).length, 1000);
    assert.equal((await idsOf('')).length, 50);
    assert.equal((await ask(`${gateway.url}/v1/events?limit=1001`)).status, 400);
  });
});
