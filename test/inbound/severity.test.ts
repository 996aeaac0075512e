import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gs, st } from '../edi/support/x12.ts';
import { createTestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { adviceSegments, fromWarehouse, shipNotices, WAREHOUSE } from '../support/warehouse.ts';

const miscounted = gs('SW', st({ type: '945', count: 99 }, ...adviceSegments(1)));

describe('What a partner and we agreed on findings', () => {
  const folder = tempFolder();

  async function stateOf(name: string, partner: string, file: string): Promise<readonly (string | undefined)[]> {
    const own = join(folder(), name);
    await mkdir(own);
    const test = await createTestRoad(own, partner);
    await test.receive({ file });
    await test.workOff();
    const [row] = await test.files();
    await test.ledger.close();
    return [row?.state, row?.reason?.code];
  }
  const line = (severity: string): string => WAREHOUSE.replace(/(document: 945.*) \}/, `$1, severity: ${severity} }`);

  it('lets a document pass that would be rejected', async () => {
    const file = fromWarehouse(1, miscounted);
    assert.deepEqual(await stateOf('register', WAREHOUSE, file), ['rejected', 'SET_COUNT_WRONG']);
    assert.deepEqual(await stateOf('agreed', line('{ SET_COUNT_WRONG: accepted-with-errors }'), file), [
      'processed',
      undefined,
    ]);
  });

  it('rejects an interchange that would pass', async () => {
    const file = fromWarehouse(1, shipNotices(1), { count: 7 });
    assert.deepEqual(await stateOf('register', WAREHOUSE, file), ['processed', undefined]);
    const strict = `${WAREHOUSE}severity: { INTERCHANGE_COUNT_WRONG: rejected }\n`;
    assert.deepEqual(await stateOf('agreed', strict, file), ['rejected', 'INTERCHANGE_COUNT_WRONG']);
  });

  it('is kept with an interchange whose number was used before, for the TA1 that will say so', async () => {
    const test = await createTestRoad(folder());
    await test.receive({ first: fromWarehouse(1, shipNotices(1)), second: fromWarehouse(1, shipNotices(2)) });
    await test.workOff();
    const { items } = await test.ledger.documents({}, null, 10);
    const interchanges = await test.ledger.interchangesByIds(items.map(({ interchangeId }) => interchangeId));
    const said = interchanges.map(({ state, findings }) => [state, ...findings.map(({ ack }) => ack?.x12)].join(' '));
    await test.ledger.close();
    assert.deepEqual(said.sort(), ['accepted', 'quarantined 025']);
  });
});
