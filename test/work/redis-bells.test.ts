import assert from 'node:assert/strict';
import type { Bells } from '../../src/work/bell.ts';
import { openRedisBells } from '../../src/work/redis-bells.ts';
import { eventually } from '../support/eventually.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { REDIS, type RedisServer } from '../support/servers/redis.ts';
import { needs } from '../support/servers/server.ts';

/** Longer than a test may take: who sleeps so long was woken. */
const LONG = 3_600_000;

describe('bells over Redis', function () {
  this.timeout(120_000);
  needs(REDIS.software);
  let redis: RedisServer;
  let opened: Bells[] = [];

  beforeEach(async () => {
    redis = await REDIS.own();
    opened = [];
  });
  afterEach(async () => {
    for (const bells of opened) await bells.close();
    await redis.stop();
  });

  async function open(log = createRecordingLog()): Promise<Bells> {
    const bells = await openRedisBells({ url: redis.url, log });
    opened.push(bells);
    return bells;
  }

  /** Rings until the sleeper wakes: with two that listen, either may hear a ring. */
  async function rings(from: Bells, sleeper: Bells): Promise<void> {
    let woken = false;
    const sleeping = sleeper
      .of('split')
      .sleep(LONG)
      .then(() => {
        woken = true;
      });
    await eventually(
      'the sleeper is woken',
      async () => {
        from.of('split').ring();
        await from.of('split').sleep(50);
        return woken;
      },
      60,
    );
    await sleeping;
  }

  it('wake who sleeps in another process, also after Redis was flushed', async () => {
    const [one, other] = [await open(), await open()];
    await rings(one, other);
    await redis.ask('FLUSHALL');
    await rings(other, one);
  });

  it('wake who sleeps here without Redis, and say once that it is gone', async () => {
    const log = createRecordingLog();
    const bells = await open(log);
    await rings(bells, bells);
    await redis.stop();
    for (let ring = 0; ring < 5; ring++) {
      bells.of('translate').ring();
      await bells.of('translate').sleep(LONG);
    }
    await eventually('its absence is told', () => log.lines.length > 0, 60);
    assert.deepEqual(
      log.lines.map(({ sentence }) => sentence),
      ['Redis does not answer; work waits for the next look at the ledger.'],
    );
  });
});
