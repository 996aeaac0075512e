import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../src/errors.ts';
import type { Stage } from './stage.ts';

const KILLS = 200;
/** Files that are offered in each life. */
const OFFERS = 30;
/** Milliseconds from the moment a gateway is ready, or one time of five from that of its process. */
const SHORTEST_LIFE = 100;
const LONGEST_LIFE = 3_000;

/**
 * Gateways that are killed one after the other while files come both ways, each 0.1 to 3 seconds after it was ready; one of
 * five is killed so long after its process began, and may never become ready. `--count` says how many.
 */
export async function killAtRandom(stage: Stage): Promise<void> {
  const { random, sender } = stage;
  const kills = stage.count ?? KILLS;
  const sending: Promise<void>[] = [];
  let ready = 0;
  for (let kill = 1; kill <= kills; kill++) {
    sending.push(sender.send(stage.offers(OFFERS)));
    const life = SHORTEST_LIFE + random.below(LONGEST_LIFE - SHORTEST_LIFE);
    if (random.below(5) === 0) {
      if (await killedAfter(stage, life)) ready += 1;
    } else {
      const gateway = await stage.start();
      ready += 1;
      await pause(life);
      await gateway.kill9();
    }
    if (kill % 20 === 0) stage.say(`${kill} times kill -9, ${ready} of them after it was ready`);
  }
  await stage.start();
  await Promise.all(sending);
  await stage.prove();
}

/** Starts a gateway and kills it so many milliseconds after its process began; answers whether it was ready by then. */
async function killedAfter(stage: Stage, life: number): Promise<boolean> {
  let ended: Promise<unknown> = Promise.resolve();
  const starting = stage.start({
    spawned: (child) => {
      ended = once(child, 'exit');
      setTimeout(() => child.kill('SIGKILL'), life);
    },
  });
  const ready = await starting.then(
    () => true,
    (error: unknown) => {
      if (messageOf(error).includes('ended with null before it was ready')) return false;
      throw error;
    },
  );
  await ended;
  return ready;
}
