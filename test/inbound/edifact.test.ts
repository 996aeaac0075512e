import assert from 'node:assert/strict';
import { una, unb, unh } from '../edi/support/edifact.ts';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shipNotices } from '../support/warehouse.ts';

const parties = { sender: 'WAREHOUSE:ZZZ', receiver: 'OURCO:ZZZ' };
/** No map reads them. */
const messages = [unh('NOSUCH', "FTX+AAI+++IT?'S", 'CPS+1'), unh({ type: 'NOSUCH', reference: 'A?+2' }, 'BGM+1')];
const FILE = una() + unb({ ...parties, syntax: 'UNOC:3', reference: '0X7' }, ...messages);

describe('an EDIFACT file from a partner', () => {
  const folder = tempFolder();
  let test: TestRoad;

  beforeEach(async () => {
    test = await createTestRoad(folder());
  });

  afterEach(() => test.ledger.close());

  it('becomes an event for each message that no map reads', async () => {
    await test.receive({ 'messages.edi': FILE });
    await test.workOff();
    const [file] = await test.files();
    assert.deepEqual([file?.state, file?.documents.processed], ['processed', 2]);
    const events = (await test.ledger.events({}, 0, 10)).map(({ event }) => event);
    assert.deepEqual(
      events.map(({ type, partnerid, data }) => [type, partnerid, data.set, data.release, data.controlNumbers]),
      [
        [
          'logistics.exchange.document-received.v1',
          'warehouse',
          'NOSUCH',
          'D96A',
          { interchange: '0X7', document: '1' },
        ],
        [
          'logistics.exchange.document-received.v1',
          'warehouse',
          'NOSUCH',
          'D96A',
          { interchange: '0X7', document: 'A+2' },
        ],
      ],
    );
    const { sender, receiver, segments, bytes } = events[0]?.data ?? {};
    const message = FILE.slice(FILE.indexOf('UNH'), FILE.lastIndexOf('UNH'));
    assert.deepEqual([sender, receiver, segments, bytes], ['ZZZ/WAREHOUSE', 'ZZZ/OURCO', 4, message.length]);
    assert.deepEqual(await test.ledger.check(), []);
  });

  it('may hold X12 too', async () => {
    await test.receive({ 'both.edi': `${FILE}\n${fromWarehouse(1, shipNotices(1))}` });
    await test.workOff();
    const [file] = await test.files();
    assert.deepEqual([file?.state, file?.documents.processed], ['processed', 3]);
    const types = (await test.ledger.events({}, 0, 10)).map(({ event }) => event.type);
    assert.equal(types.filter((type) => type === 'logistics.exchange.document-received.v1').length, 2);
    assert.equal(types.length, 3);
  });

  it('is a duplicate when it comes again, under whatever name', async () => {
    await test.receive({ first: FILE });
    await test.workOff();
    await test.receive({ again: `${FILE}\r\n` });
    await test.workOff();
    const states = (await test.files()).map(({ name, state }) => [name, state]).sort();
    assert.deepEqual(states, [
      ['again', 'duplicate'],
      ['first', 'processed'],
    ]);
  });

  it('is rejected when it was cut off, with a reason', async () => {
    await test.receive({ cut: FILE.slice(0, -10) });
    await test.workOff();
    const [file] = await test.files();
    assert.deepEqual([file?.state, file?.reason?.code], ['rejected', 'INTERCHANGE_TRAILER_MISSING']);
    assert.deepEqual(await test.ledger.events({}, 0, 10), []);
  });
});
