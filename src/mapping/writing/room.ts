import type { Finding } from '../../edi/finding.ts';
import type { Claim } from './claims.ts';
import { claimsOfEvent, claimsWithin, commonPointer, type DraftInstance, isInstanceSaid, isSaid } from './draft.ts';
import { noRoomFinding } from './write-findings.ts';

/**
 * The segments and loops of which a document would have more than the standard allows in one place, each with the field of the
 * event that is too much. A reader would take them for what comes further down in the set.
 */
export function overfull(root: DraftInstance): readonly Finding[] {
  return [...surplusIn(root)];
}

function* surplusIn(instance: DraftInstance): Generator<Finding> {
  const { node, segments, children } = instance;
  const room = new Map<unknown, number>();
  for (const child of node.children) {
    const key = child.kind === 'segment' ? child.tag : child;
    room.set(key, (room.get(key) ?? 0) + child.max);
  }
  const take = (key: unknown): boolean => {
    const left = (room.get(key) ?? Number.POSITIVE_INFINITY) - 1;
    room.set(key, left);
    return left >= 0;
  };
  for (const segment of segments.slice(1)) {
    const { tag } = segment.definition;
    if (isSaid(segment) && !take(tag)) yield* surplus(tag, instance, claimsOfEvent(segment));
  }
  for (const child of children) {
    if (!isInstanceSaid(child)) continue;
    if (!take(child.node)) yield* surplus(child.node.name, instance, claimsWithin(child));
    yield* surplusIn(child);
  }
}

function* surplus(name: string, { node }: DraftInstance, claims: readonly Claim[]): Generator<Finding> {
  const [claim] = claims;
  const most = node.children
    .filter((child) => (child.kind === 'segment' ? child.tag : child.name) === name)
    .reduce((sum, { max }) => sum + max, 0);
  if (claim !== undefined) yield noRoomFinding(commonPointer(claims), claim, name, most);
}
