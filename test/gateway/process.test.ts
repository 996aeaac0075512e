import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createFolderArchive } from '../../src/archive/folder.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { fromCarrier, fromWarehouse, shippingAdvice, status } from '../support/warehouse.ts';

describe('the gateway process', () => {
  let place: Place;
  let gateway: GatewayProcess;

  beforeEach(async () => {
    place = await createPlace();
    gateway = await startGateway(place);
  });

  afterEach(async () => {
    await gateway.kill9();
    place.remove();
  });

  it('says in one line that it is ready and where it listens', () => {
    const ready: Record<string, unknown> = JSON.parse(gateway.readyLine);
    assert.deepEqual(Object.keys(ready), ['ready', 'operations', 'partner']);
    assert.equal(ready.ready, true);
    assert.match(String(ready.operations), /^http:\/\/127\.0\.0\.1:[1-9][0-9]*$/);
    assert.match(String(ready.partner), /^http:\/\/127\.0\.0\.1:[1-9][0-9]*$/);
    assert.notEqual(ready.operations, ready.partner);
  });

  it('makes events of the files that partners drop, and takes the files away', async () => {
    await place.drop('warehouse', 'advice.edi', fromWarehouse(1, shippingAdvice(1)));
    await place.drop('carrier', 'status.edi', fromCarrier(1, status(1)));
    const files = await gateway.settled('advice.edi', 'status.edi');
    assert.deepEqual(
      files.map(({ state, partnerId, reason }) => [state, partnerId, reason]),
      [
        ['processed', 'warehouse', null],
        ['processed', 'carrier', null],
      ],
    );
    const events = await gateway.events();
    assert.deepEqual(events.map(({ type }) => type).sort(), [
      'logistics.transport.picked-up.v1',
      'logistics.transport.pickup-arrived.v1',
      'logistics.warehouse-order.shipped.v1',
    ]);
    assert.deepEqual([await place.offered('warehouse'), await place.offered('carrier')], [[], []]);
    const checked = await place.run('ledger', 'check');
    assert.equal(checked.code, 0, checked.stdout);
  });

  it('ends with 0 within seconds when it is told to, also while it works', async () => {
    for (let number = 1; number <= 100; number++) {
      await place.drop('warehouse', `${number}.edi`, fromWarehouse(number, shippingAdvice(number)));
    }
    const began = Date.now();
    assert.equal(await gateway.stop(), 0, gateway.log());
    assert.ok(Date.now() - began < 5_000, 'it took longer than five seconds');
    const checked = await place.run('ledger', 'check');
    assert.equal(checked.code, 0, checked.stdout);
  });

  it('goes on after a restart with what it had not finished', async () => {
    for (let number = 1; number <= 20; number++) {
      await place.drop('warehouse', `${number}.edi`, fromWarehouse(number, shippingAdvice(number)));
    }
    await gateway.kill9();
    gateway = await startGateway(place);
    await gateway.settled(...Array.from({ length: 20 }, (_, index) => `${index + 1}.edi`));
    assert.equal((await gateway.events()).length, 20);
  });

  it('takes over at once what a process that died had claimed', async () => {
    await gateway.stop();
    const ids = createIds(systemClock);
    const archive = await createFolderArchive({ folder: join(place.data, 'archive') });
    const ledger = await openSqliteLedger({ file: join(place.data, 'ledger.sqlite'), ids });
    const bytes = Buffer.from(fromWarehouse(1, shippingAdvice(1)));
    const { sha256, size } = await archive.put(Readable.from([bytes]), 10_000);
    const origin = { connection: 'folder:warehouse/main', partnerId: 'warehouse', sourceKey: 'one', name: 'one.edi' };
    await ledger.recordFiles([{ ...origin, id: ids('fil'), size, sha256, receivedAt: Date.now() }]);
    assert.equal((await ledger.claim('split', 1, Date.now(), 600_000)).length, 1);
    await ledger.close();
    gateway = await startGateway(place);
    const [file] = await gateway.settled('one.edi');
    assert.equal(file?.state, 'processed');
  });

  it('is the only one on its data folder: a second one says so in one line and ends', async () => {
    const { code, stdout, stderr } = await place.run('start');
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^crossdock: DATA_FOLDER_IN_USE [^\n]*ledger\.sqlite[^\n]*\n$/);
    await place.drop('warehouse', 'advice.edi', fromWarehouse(1, shippingAdvice(1)));
    await gateway.settled('advice.edi');
  });
});
