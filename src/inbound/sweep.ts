import type { Archive } from '../archive/types.ts';
import type { PurgeLedger } from '../ledger/purge-types.ts';
import type { Ledger } from '../ledger/types.ts';
import type { Clock } from '../util/clock.ts';

/** Blobs that one question to the ledger is about. */
const PAGE = 500;
/** Bytes that were stored within this time, in milliseconds, may be about to be recorded: they stay until another night. */
const GRACE = 24 * 3_600_000;
/** Milliseconds after which another process may begin, when one has died in it. */
const LONGEST_SWEEP = 6 * 3_600_000;

/**
 * Removes blobs that no row names: a process that died between storing bytes and recording them left them, and whoever sent them
 * sent them again. Only what nobody stored again for a day. One process at a time; answers how many went.
 */
export async function sweepOrphans(
  parts: {
    readonly ledger: Pick<PurgeLedger, 'unnamedBlobs'> & Pick<Ledger, 'audit' | 'takeLease' | 'endLease'>;
    readonly archive: Pick<Archive, 'names' | 'remove'>;
    readonly clock: Clock;
  },
  holder: string,
): Promise<number> {
  const { ledger, archive, clock } = parts;
  const began = clock.now();
  if (archive.names === undefined) return 0;
  if (!(await ledger.takeLease('sweep', holder, began, began + LONGEST_SWEEP))) return 0;
  let removed = 0;
  let page: string[] = [];
  const sweepPage = async (): Promise<void> => {
    for (const sha256 of await ledger.unnamedBlobs(page)) {
      if (await archive.remove(sha256, clock.now() - GRACE)) removed += 1;
    }
    page = [];
  };
  for await (const sha256 of archive.names()) {
    page.push(sha256);
    if (page.length === PAGE) await sweepPage();
  }
  await sweepPage();
  if (removed > 0) {
    const details = { removed: String(removed) };
    await ledger.audit({ actor: 'system', action: 'archive.swept', target: '', details }, clock.now());
  }
  await ledger.endLease('sweep', holder);
  return removed;
}
