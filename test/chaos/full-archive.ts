import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startMounted } from './mounted.ts';
import type { Stage } from './stage.ts';

/**
 * A gateway whose archive takes no bytes any more once it has these mount options, and takes some again with those: nothing is
 * acknowledged and nothing half-written stays meanwhile, it says that it is not ready, and goes on by itself.
 */
export async function fullArchive(
  stage: Stage,
  options: { readonly first: string; readonly after: string | null; readonly again: string },
): Promise<void> {
  await stage.open();
  const { gateway, remount, incoming } = await startMounted(stage, options.first);
  if (options.after !== null) {
    await stage.sender.send(stage.offers(10));
    await eventually('they are stored', async () => (await gateway.allFiles()).length === 10);
    remount(options.after);
  }
  const sending = stage.sender.send(stage.offers(80));
  await eventually('senders are refused', () => stage.sender.answers.some(({ status }) => status === 503), 30);
  assert.deepEqual(
    stage.sender.answers.filter(({ status }) => status !== 202 && status !== 503),
    [],
  );
  await eventually('it says that it is not ready', async () => {
    const { status } = await fetch(`${gateway.operations}/readyz`);
    return status === 503;
  });
  assert.match(gateway.log(), /bytes could not be stored/);
  await eventually('nothing half-written is left', () => incoming().length === 0);
  remount(options.again);
  await sending;
  await eventually('it is ready again', async () => (await fetch(`${gateway.operations}/readyz`)).ok, 30);
  await stage.prove({ bytes: false });
}
