import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';

/** Milliseconds in which a gateway that is told to stop must have ended. */
const LONGEST = 26_000;
/** Milliseconds until it is told again. */
const AGAIN = 200;
/** Steps take long enough that every signal comes in the middle of one. */
const SLOW = { FAILPOINTS: 'work.before_record=delay:2000' } as const;

/** How a gateway ends that is told to while it works: its exit code or the signal that ended it, and after how many milliseconds. */
async function endedBy(
  stage: Stage,
  act: (pid: number) => Promise<void>,
): Promise<{ readonly by: unknown; readonly after: number }> {
  let ended: Promise<unknown[]> = Promise.resolve([]);
  const gateway = await stage.start({
    env: SLOW,
    spawned: (child) => {
      ended = once(child, 'exit');
    },
  });
  await stage.sender.send(stage.offers(20), ['folder', 'http']);
  await eventually('documents are worked on', async () => (await gateway.documents('state=received')).length > 0, 60);
  const began = performance.now();
  await act(gateway.pid);
  const [code, signal] = await ended;
  return { by: code ?? signal, after: performance.now() - began };
}

export const row: Row = {
  number: 12,
  title: 'a gateway that is told to stop finishes, ends at once when told twice, or is killed with kill -9',
  gate: true,
  run: async (stage) => {
    await stage.open();
    const stopped = await endedBy(stage, async (pid) => {
      process.kill(pid, 'SIGTERM');
    });
    assert.equal(stopped.by, 0, stage.gateway.log());
    assert.ok(stopped.after < LONGEST, `${stopped.after}`);
    stage.say(`one SIGTERM: ended with 0 after ${Math.round(stopped.after)} ms`);
    const twice = await endedBy(stage, async (pid) => {
      process.kill(pid, 'SIGTERM');
      await pause(AGAIN);
      process.kill(pid, 'SIGTERM');
    });
    assert.equal(twice.by, 143);
    stage.say('a second SIGTERM: ended with 143');
    const killed = await endedBy(stage, async (pid) => {
      process.kill(pid, 'SIGTERM');
      await pause(AGAIN);
      process.kill(pid, 'SIGKILL');
    });
    assert.equal(killed.by, 'SIGKILL');
    stage.say('kill -9 while it stops');
    await stage.start();
    await stage.prove();
  },
};
