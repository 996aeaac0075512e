import type { Archive } from '../archive/types.ts';
import type { Imbalance, Ledger, Page } from '../ledger/types.ts';

const PAGE = 200;
const BYTES = 'A8 hash of the stored bytes = hash that was recorded';
const AUDIT = 'A9 the audit log is as it was written';

/** What the books are checked with. */
export interface Books {
  readonly ledger: Pick<Ledger, 'check' | 'verifyAudit' | 'files' | 'sentDocuments'>;
  readonly archive: Pick<Archive, 'verify'>;
}

/** What is in the archive, by what it is for. */
interface Stored {
  readonly id: string;
  readonly sha256: string;
  readonly size: number;
  /** Of files; documents that we sent are kept. */
  readonly bytesPurgedAt?: number | null;
}

/**
 * Everything that does not add up: the ledger's own equations (A1 to A7) and its audit log; with `bytes` also every stored
 * file and document that we sent against its hash, one after the other. `progress` is told after each page how many were read.
 */
export async function checkBooks(
  { ledger, archive }: Books,
  options: { readonly bytes: boolean; readonly progress?: (read: number) => void },
): Promise<readonly Imbalance[]> {
  const imbalances: Imbalance[] = [...(await ledger.check())];
  const audit = await ledger.verifyAudit(null);
  if (!audit.intact) imbalances.push({ equation: AUDIT, subject: `row ${audit.rows + 1}`, text: audit.text });
  if (!options.bytes) return imbalances;
  let read = 0;
  const pages = [
    (after: string | null): Promise<Page<Stored>> => ledger.files({}, after, PAGE),
    (after: string | null): Promise<Page<Stored>> => ledger.sentDocuments({}, after, PAGE),
  ];
  for (const page of pages) {
    for (let after: string | null = null; ; ) {
      const { items, next }: Page<Stored> = await page(after);
      for (const stored of items) {
        if (stored.bytesPurgedAt != null) continue;
        if (!(await archive.verify(stored.sha256))) imbalances.push(unlike(stored));
      }
      read += items.length;
      if (items.length > 0) options.progress?.(read);
      if (next === null) break;
      after = next;
    }
  }
  return imbalances;
}

function unlike({ id, sha256, size }: Stored): Imbalance {
  const text = `Its ${size} bytes are missing from the archive or have changed; they should hash to ${sha256}. Restore them from the backup.`;
  return { equation: BYTES, subject: id, text };
}
