import { setTimeout as pause } from 'node:timers/promises';
import type { Archive } from '../archive/types.ts';
import { PURGEABLE, type Purgeable, type PurgeCounts, type PurgeLedger } from '../ledger/purge-types.ts';
import type { Ledger } from '../ledger/types.ts';
import type { Clock } from '../util/clock.ts';
import { failPoints } from '../util/fail-point.ts';

/** For each part, before which time of arrival it goes; what is not named stays. */
export type PurgePlan = Readonly<Partial<Record<Purgeable, number>>>;

/** What was purged, or would be. */
export type PurgeReport = Readonly<Record<Purgeable, PurgeCounts>> & {
  /** Blobs that left the archive; others are still needed, or too young. */
  readonly removed: number;
};

/** Files in one transaction. */
const PAGE = 200;
/** Bytes that were stored within this time, in milliseconds, may be about to be recorded: they stay until the next time. */
const GRACE = 3_600_000;
/** Milliseconds after which another process may begin, when one has died in it. */
const LONGEST_PURGE = 6 * 3_600_000;
const NOTHING: PurgeCounts = { files: 0, bytes: 0, documents: 0, events: 0 };

/**
 * Purges what the plan says, page by page, with pauses as long as the work, and tells the audit log. It may end at any moment:
 * what was marked is marked, and blobs that are still there are removed the next time.
 */
export async function purge(
  parts: {
    readonly ledger: PurgeLedger & Pick<Ledger, 'audit'>;
    readonly archive: Pick<Archive, 'remove'>;
    readonly clock: Clock;
  },
  plan: PurgePlan,
  options: { readonly dryRun: boolean; readonly actor: string; readonly because: string },
): Promise<PurgeReport> {
  const { ledger, clock } = parts;
  const { dryRun, actor, because } = options;
  const counts: Record<Purgeable, PurgeCounts> = { events: NOTHING, documents: NOTHING, bytes: NOTHING };
  for (const what of PURGEABLE) {
    const before = plan[what];
    if (before !== undefined) counts[what] = await purgeOne(parts, what, before, dryRun);
  }
  const removed = dryRun ? 0 : await removeBlobs(parts);
  const report = { ...counts, removed };
  if (!dryRun && (removed > 0 || PURGEABLE.some((what) => counts[what].files > 0))) {
    const details = {
      ...Object.fromEntries(PURGEABLE.map((what) => [what, before(plan[what])])),
      files: String(Math.max(...PURGEABLE.map((what) => counts[what].files))),
      bytesPurged: String(counts.bytes.bytes),
      documentsPurged: String(counts.documents.documents),
      eventsPurged: String(counts.events.events),
      because,
    };
    await ledger.audit({ actor, action: 'ledger.purged', target: '', details }, clock.now());
  }
  return report;
}

/** Purges by age, for each night; one process at a time. */
export async function purgeOld(
  parts: Parameters<typeof purge>[0] & { readonly ledger: Pick<Ledger, 'takeLease' | 'endLease'> },
  retention: Readonly<Partial<Record<Purgeable, number>>>,
  holder: string,
): Promise<void> {
  const { ledger, clock } = parts;
  const now = clock.now();
  const ages = PURGEABLE.flatMap((what) =>
    retention[what] === undefined ? [] : [[what, now - retention[what]] as const],
  );
  if (ages.length === 0 || !(await ledger.takeLease('purge', holder, now, now + LONGEST_PURGE))) return;
  await purge(parts, Object.fromEntries(ages), { dryRun: false, actor: 'system', because: 'retention' });
  await ledger.endLease('purge', holder);
}

function before(time: number | undefined): string {
  return time === undefined ? 'kept' : `before ${new Date(time).toISOString()}`;
}

async function purgeOne(
  { ledger, clock }: Parameters<typeof purge>[0],
  what: Purgeable,
  before: number,
  dryRun: boolean,
): Promise<PurgeCounts> {
  let total = NOTHING;
  for (let after: string | null = null; ; ) {
    const began = clock.now();
    const { files, next } = await ledger.filesToPurge(what, before, after, PAGE);
    const ids = files.map(({ id }) => id);
    if (ids.length > 0) {
      const counts = dryRun ? await ledger.countPurge(what, ids) : await ledger.recordPurge(what, ids, clock.now());
      total = sum(total, counts);
    }
    if (next === null) return total;
    after = next;
    await pause(clock.now() - began);
  }
}

function sum(one: PurgeCounts, other: PurgeCounts): PurgeCounts {
  return {
    files: one.files + other.files,
    bytes: one.bytes + other.bytes,
    documents: one.documents + other.documents,
    events: one.events + other.events,
  };
}

async function removeBlobs({ ledger, archive, clock }: Parameters<typeof purge>[0]): Promise<number> {
  let removed = 0;
  await failPoints?.reach('purge.before_remove');
  for (let after = ''; ; ) {
    const hashes = await ledger.bytesToRemove(after, PAGE);
    const last = hashes.at(-1);
    if (last === undefined) return removed;
    const gone: string[] = [];
    for (const sha256 of hashes) if (await archive.remove(sha256, clock.now() - GRACE)) gone.push(sha256);
    await failPoints?.reach('purge.before_note');
    await ledger.recordRemoved(gone, clock.now());
    removed += gone.length;
    after = last;
  }
}
