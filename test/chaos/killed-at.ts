import type { FailPointName } from '../../src/util/fail-point.ts';
import { eventually } from '../support/eventually.ts';
import type { Stage } from './stage.ts';

const OFFERS = 24;

/** A gateway that ends with `kill -9` at a fail point, at its so-manieth pass, while files come both ways; then another one. */
export async function killedAt(stage: Stage, point: FailPointName, time: number): Promise<void> {
  await stage.open();
  const gateway = await stage.start({ env: { FAILPOINTS: `${point}=kill@${time}` } });
  const sending = stage.sender.send(stage.offers(OFFERS));
  await eventually(`the gateway ends at ${point}`, () => !gateway.running(), 60);
  stage.say(`kill -9 at ${point}, pass ${time}`);
  await stage.start();
  await sending;
  await stage.prove();
}
