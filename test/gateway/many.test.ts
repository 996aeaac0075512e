import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { POSTGRES } from '../support/servers/postgres.ts';
import { REDIS } from '../support/servers/redis.ts';
import { withServer } from '../support/servers/server.ts';
import { fromCarrier, fromWarehouse, shippingAdvice, status } from '../support/warehouse.ts';

describe('several gateways on one PostgreSQL', function () {
  this.timeout(300_000);
  const postgres = withServer(POSTGRES);
  const redis = withServer(REDIS);
  let place: Place;
  let gateways: GatewayProcess[] = [];
  let number = 0;

  beforeEach(async () => {
    await redis().ask('FLUSHALL');
    place = await createPlace({
      CROSSDOCK_DATABASE_URL: await postgres().createDatabase(),
      CROSSDOCK_REDIS_URL: redis().url,
    });
    gateways = [];
  });
  afterEach(async () => {
    for (const gateway of gateways) await gateway.kill9();
    place.remove();
  });

  async function start(...options: readonly string[]): Promise<GatewayProcess> {
    const gateway = await startGateway(place, ...options);
    gateways.push(gateway);
    return gateway;
  }

  /** Drops so many files of each of two partners. */
  async function drop(count: number): Promise<void> {
    for (let left = count; left > 0; left--) {
      number += 1;
      await place.drop('warehouse', `w${number}.edi`, fromWarehouse(number, shippingAdvice(number)));
      await place.drop('carrier', `c${number}.edi`, fromCarrier(number, status(number)));
    }
  }

  /** Waits until so many files of each partner are processed and their events told, once each. */
  async function done(gateway: GatewayProcess, count: number): Promise<void> {
    await eventually(
      `${2 * count} files are processed`,
      async () => (await gateway.allFiles('processed')).length >= 2 * count,
      120,
    );
    assert.equal((await gateway.allFiles()).length, 2 * count);
    const events = await gateway.events();
    assert.equal(events.length, 3 * count);
    assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
    const check = await place.run('ledger', 'check');
    assert.equal(check.code, 0, check.stdout);
  }

  it('poll each source once, share the work, and stop one after the other without a trace', async () => {
    const [one, other] = [await start(), await start()];
    await drop(30);
    await done(other, 30);
    const dropping = drop(30);
    assert.equal(await one.stop(), 0, one.log());
    await dropping;
    await done(other, 60);
    assert.equal(await other.stop(), 0, other.log());
  });

  it('divide the roles, and Redis may be flushed at any moment', async () => {
    await start('--roles', 'receive');
    const worker = await start('--roles', 'work,serve');
    let flushing = true;
    const flushed = (async () => {
      while (flushing) await redis().ask('FLUSHALL');
    })();
    await drop(20);
    await done(worker, 20);
    flushing = false;
    await flushed;
  });

  it('go on when the one that polls is halted, and what it does when it goes on counts once', async () => {
    const one = await start();
    await drop(10);
    await done(one, 10);
    const other = await start();
    const dropping = drop(10);
    process.kill(one.pid, 'SIGSTOP');
    await dropping;
    await eventually('the other one took over', async () => (await other.allFiles('processed')).length === 40, 120);
    process.kill(one.pid, 'SIGCONT');
    await drop(10);
    await done(other, 30);
    await done(one, 30);
  });
});
