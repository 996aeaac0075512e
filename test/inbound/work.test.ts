import assert from 'node:assert/strict';
import type { DocumentRow } from '../../src/ledger/types.ts';
import { createDispatcher } from '../../src/work/dispatcher.ts';
import type { Dispatcher, WorkHandlers } from '../../src/work/types.ts';
import { eventually } from '../support/eventually.ts';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shipNotices } from '../support/warehouse.ts';

describe('work on the inbound road', () => {
  const folder = tempFolder();
  let test: TestRoad;
  let dispatcher: Dispatcher;

  beforeEach(async () => {
    test = await createTestRoad(folder());
  });

  afterEach(async () => {
    await dispatcher.stop();
    await test.ledger.close();
  });

  /** Starts a dispatcher whose clock runs ahead, so that no pause between attempts is waited for. */
  function dispatch(handlers: WorkHandlers): void {
    let time = Date.now();
    const now = (): number => {
      time += 200_000;
      return time;
    };
    dispatcher = createDispatcher({
      ledger: test.ledger,
      clock: { now },
      log: test.log,
      handlers,
      plansOf: test.road.plansOf,
    });
    dispatcher.start();
  }

  async function documents(): Promise<readonly DocumentRow[]> {
    const { items } = await test.ledger.documents({}, null, 100);
    return items.toSorted((a, b) => a.ordinal - b.ordinal);
  }

  it('goes on with the siblings of a poison document, which is quarantined in the end', async () => {
    const { handlers } = test.road;
    const poisonous = (ids: readonly string[], rows: readonly DocumentRow[]): boolean =>
      rows.some(({ id, controlNumber }) => ids.includes(id) && controlNumber === '0002');
    dispatch({
      split: handlers.split,
      translate: async (claims) => {
        const ids = claims.map(({ subjectId }) => subjectId);
        if (poisonous(ids, await documents())) throw new Error('the translator fell over');
        await handlers.translate(claims);
      },
    });
    await test.receive({ 'three.edi': fromWarehouse(1, shipNotices(1, 2, 3)) });
    dispatcher.ring();
    await eventually('all are settled', async () => {
      const rows = await documents();
      return rows.length === 3 && rows.every(({ state }) => state !== 'received');
    });
    const rows = await documents();
    assert.deepEqual(
      rows.map(({ state, reason }) => [state, reason?.code]),
      [
        ['processed', undefined],
        ['quarantined', 'WORK_GAVE_UP'],
        ['processed', undefined],
      ],
    );
    assert.match(rows[1]?.reason?.text ?? '', /the translator fell over/);
    assert.equal((await test.ledger.attemptsOf(rows[1]?.id ?? '')).length, 3);
    assert.equal((await test.ledger.events({}, 0, 10)).length, 2);
    assert.deepEqual(await test.ledger.check(), []);
  });

  it('goes on with the other files when one cannot be split, which is quarantined in the end', async () => {
    const { handlers } = test.road;
    await test.receive({
      'good.edi': fromWarehouse(1, shipNotices(1)),
      'poison.edi': fromWarehouse(2, shipNotices(2)),
    });
    const poison = (await test.files()).find(({ name }) => name === 'poison.edi')?.id;
    dispatch({
      translate: handlers.translate,
      split: async (claims) => {
        if (claims.some(({ subjectId }) => subjectId === poison)) throw new Error('the splitter fell over');
        await handlers.split(claims);
      },
    });
    await eventually('both are settled', async () => (await test.files()).every(({ state }) => state !== 'received'));
    const states = (await test.files()).map(({ name, state, reason }) => [name, state, reason?.code]);
    assert.deepEqual(states.sort(), [
      ['good.edi', 'processed', undefined],
      ['poison.edi', 'quarantined', 'WORK_GAVE_UP'],
    ]);
    assert.deepEqual(await test.ledger.check(), []);
  });

  it('does the same once when it runs twice', async () => {
    const { ledger, road } = test;
    dispatch({ split: async () => {}, translate: async () => {} });
    await dispatcher.stop();
    await test.receive({ 'two.edi': fromWarehouse(1, shipNotices(1, 2)) });
    for (const kind of ['split', 'translate'] as const) {
      const early = await ledger.claim(kind, 10, Date.now(), 1);
      const late = await ledger.claim(kind, 10, Date.now() + 1_000, 60_000);
      assert.equal(late.length, early.length);
      await road.handlers[kind](early);
      await road.handlers[kind](late);
      await road.handlers[kind](late);
    }
    assert.deepEqual(
      (await documents()).map(({ state }) => state),
      ['processed', 'processed'],
    );
    assert.equal((await ledger.events({}, 0, 10)).length, 2);
    assert.deepEqual(await ledger.check(), []);
  });
});
