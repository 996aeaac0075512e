import type { Archive } from '../archive/types.ts';
import type { FileRow, Imbalance, Ledger } from '../ledger/types.ts';

const PAGE = 200;
const BYTES = 'A8 hash of the stored bytes = hash that was recorded';
const AUDIT = 'A9 the audit log is as it was written';

/** What the books are checked with. */
export interface Books {
  readonly ledger: Pick<Ledger, 'check' | 'verifyAudit' | 'files'>;
  readonly archive: Pick<Archive, 'verify'>;
}

/**
 * Everything that does not add up: the ledger's own equations (A1 to A4) and its audit log; with `bytes` also every stored
 * file against its hash, one after the other. `progress` is told after each page of files how many were read.
 */
export async function checkBooks(
  { ledger, archive }: Books,
  options: { readonly bytes: boolean; readonly progress?: (files: number) => void },
): Promise<readonly Imbalance[]> {
  const imbalances: Imbalance[] = [...(await ledger.check())];
  const audit = await ledger.verifyAudit(null);
  if (!audit.intact) imbalances.push({ equation: AUDIT, subject: `row ${audit.rows + 1}`, text: audit.text });
  if (!options.bytes) return imbalances;
  let count = 0;
  for (let after: string | null = null; ; ) {
    const { items, next } = await ledger.files({}, after, PAGE);
    for (const file of items) {
      if (file.bytesPurgedAt !== null) continue;
      if (!(await archive.verify(file.sha256))) imbalances.push(unlike(file));
    }
    count += items.length;
    options.progress?.(count);
    if (next === null) return imbalances;
    after = next;
  }
}

function unlike({ id, sha256, size }: FileRow): Imbalance {
  const text = `Its ${size} bytes are missing from the archive or have changed; they should hash to ${sha256}. Restore them from the backup.`;
  return { equation: BYTES, subject: id, text };
}
