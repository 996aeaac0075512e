import assert from 'node:assert/strict';
import { messageOf } from '../../src/errors.ts';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway, startGatewayWith } from '../support/gateway.ts';
import { controlNumber, fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

const POISON = controlNumber(7);

describe('work that never ends', function () {
  this.timeout(240_000);
  let place: Place;
  let gateway: GatewayProcess;
  before(async () => {
    place = await createPlace({ CROSSDOCK_STANDSTILL: '3s' });
  });
  after(async () => {
    await gateway?.kill9();
    place.remove();
  });

  /** False also while nobody answers. */
  async function isQuarantined(): Promise<boolean> {
    const files = await gateway.files().catch(() => []);
    return files.some(({ name, reason }) => name === 'poison.edi' && reason?.code === 'PROCESS_ENDED');
  }

  it('ends the process three times, is quarantined with a cause, and holds up nobody for longer than that', async () => {
    const env = { NODE_ENV: 'test', FAILPOINTS: `work.before_translate[${POISON}]=spin:3600000` };
    await place.drop('warehouse', 'poison.edi', fromWarehouse(7, shippingAdvice(7)));
    const logs: string[] = [];
    /** Starts it and answers whether it stays; one that hangs at once does not come as far as being ready. */
    const stays = async (): Promise<boolean> => {
      try {
        gateway = await startGatewayWith(place, { env });
        await eventually('it is ended, or done', async () => !gateway.running() || (await isQuarantined()), 120);
        if (gateway.running()) return true;
        logs.push(gateway.log());
      } catch (error) {
        logs.push(messageOf(error));
      }
      return false;
    };
    // Somebody starts it again, as Docker, Kubernetes or systemd does.
    while (!(await stays())) {
      assert.match(logs.at(-1) ?? '', /stood still for 3 seconds and is ended/);
      if (logs.length === 1) await place.drop('warehouse', 'good.edi', fromWarehouse(8, shippingAdvice(8)));
    }
    assert.equal(logs.length, 3);
    assert.equal((await gateway.settled('good.edi'))[0]?.state, 'processed');
    const { items } = JSON.parse(await gateway.text('/v1/exceptions?state=open'));
    assert.deepEqual([items.length, items[0].code, items[0].owner], [1, 'PROCESS_ENDED', 'platform']);
    assert.ok(gateway.running());
  });

  it('is read when it is retried with the version that mends it', async () => {
    await gateway.stop();
    gateway = await startGateway(place);
    const { items } = JSON.parse(await gateway.text('/v1/exceptions?state=open'));
    assert.equal((await place.run('exceptions', 'retry', items[0].id)).code, 0);
    await eventually('it is read', async () => (await gateway.settled('poison.edi'))[0]?.state === 'processed', 30);
    assert.equal((await place.run('ledger', 'check')).code, 0);
  });
});
