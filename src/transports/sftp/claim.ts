/**
 * A file is claimed by renaming it beside itself: `order.edi` becomes `order.edi.crossdock-<owner>-<id>`. The server lets
 * only one rename succeed, so no two pollers take one file; the id makes it another file than the next of that name, even
 * of the same size and second; and after a crash it is known whose it was.
 */
export interface Claim {
  /** The name the partner gave. */
  readonly name: string;
  readonly owner: string;
  readonly id: string;
}

const CLAIMED = /^(.+)\.crossdock-([a-z0-9]{8})-([a-z0-9]{1,40})$/s;

export function claimedName({ name, owner, id }: Claim): string {
  return `${name}.crossdock-${owner}-${id}`;
}

/** The claim that a name tells of, null for the name of a file that nobody claimed. */
export function claimOf(claimed: string): Claim | null {
  const [, name, owner, id] = CLAIMED.exec(claimed) ?? [];
  return name === undefined || owner === undefined || id === undefined ? null : { name, owner, id };
}
