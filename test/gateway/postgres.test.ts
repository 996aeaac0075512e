import assert from 'node:assert/strict';
import { jsonLines } from '../support/crossdock.ts';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { POSTGRES } from '../support/servers/postgres.ts';
import { withServer } from '../support/servers/server.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

describe('a gateway on PostgreSQL', function () {
  this.timeout(120_000);
  const server = withServer(POSTGRES);
  let place: Place;
  let gateway: GatewayProcess;

  before(async () => {
    place = await createPlace({ CROSSDOCK_DATABASE_URL: await server().createDatabase() });
    gateway = await startGateway(place);
  });
  after(async () => {
    await gateway.kill9();
    place.remove();
  });

  it('makes events of files', async () => {
    await place.drop('warehouse', '1.edi', fromWarehouse(1, shippingAdvice(1)));
    const [file] = await gateway.settled('1.edi');
    assert.equal(file?.state, 'processed');
    assert.equal((await gateway.events()).length, 1);
  });

  it('keeps them when it is killed, and goes on', async () => {
    await gateway.kill9();
    gateway = await startGateway(place);
    await place.drop('warehouse', '2.edi', fromWarehouse(2, shippingAdvice(2)));
    // The lease of the one that was killed has to end before its folder is looked at.
    await eventually('2.edi is processed', async () => (await gateway.allFiles('processed')).length === 2, 120);
    assert.equal((await gateway.events()).length, 2);
  });

  it('is asked by commands without the gateway', async () => {
    assert.equal(await gateway.stop(), 0);
    const events = await place.run('events');
    assert.equal(jsonLines(events.stdout).length, 2);
    const check = await place.run('ledger', 'check');
    assert.deepEqual([check.code, check.stderr], [0, 'The ledger balances.\n']);
  });
});
