import { type Checked, createChecker } from '../edi/check/index.ts';
import { partyFinding } from '../edi/check/parties.ts';
import { readStream } from '../edi/read.ts';
import type { DocumentRow, FileRow, NewInterchange } from '../ledger/types.ts';
import { gradedForPartner } from '../partners/severity.ts';
import type { TradingPartner } from '../partners/types.ts';
import { createAcknowledgmentPreview } from './acknowledgment-preview.ts';
import type { InboundParts } from './parts.ts';

const PAGE = 200;

/**
 * What we answer to a settled file, as its agreements said when it was asked for first: the bytes of TA1, 997, 999 or CONTRL,
 * empty where nothing is to be answered. They are kept, and the same at every later question.
 */
export async function acknowledgmentOf(parts: InboundParts, file: FileRow): Promise<Buffer> {
  const kept = await parts.ledger.acknowledgment(file.id);
  return kept ?? parts.ledger.keepAcknowledgment(file.id, await makeAcknowledgment(parts, file));
}

/**
 * Findings are those of the ledger, so that what a map or an expectation found is told too. Control numbers count from 1, as
 * nothing is sent.
 */
async function makeAcknowledgment(parts: InboundParts, file: FileRow): Promise<Buffer> {
  const { dictionaries, partners } = parts.configuration();
  const partner = partners.find(({ id }) => id === file.partnerId) ?? null;
  const interchanges = await parts.ledger.interchangesOf(file.id);
  const documents = await documentsOf(parts, file.id);
  const preview = createAcknowledgmentPreview('agreed', partner, new Date(parts.clock.now()));
  const checker = createChecker(dictionaries);
  for await (const item of readStream(parts.archive.read(file.sha256), partner?.charset ?? undefined)) {
    const checked = checker.check(item);
    if (checked !== null) preview.take(asRecorded(checked, partner, interchanges, documents));
  }
  return preview.bytes;
}

function asRecorded(
  checked: Checked,
  partner: TradingPartner | null,
  interchanges: readonly NewInterchange[],
  documents: ReadonlyMap<number, DocumentRow>,
): Checked {
  if (checked.kind === 'document') {
    return { ...checked, findings: documents.get(checked.document.start)?.findings ?? checked.findings };
  }
  const graded = partner === null ? checked : gradedForPartner(checked, partner);
  if (graded.kind !== 'interchange') return graded;
  const { interchange, findings } = graded;
  const row = interchanges.find(({ start }) => start === interchange.start);
  if (row?.reason?.code !== 'CONTROL_NUMBER_REUSED') return graded;
  return { ...graded, findings: [...findings, partyFinding(interchange, 'repeated')] };
}

/** By their first byte. */
async function documentsOf({ ledger }: InboundParts, file: string): Promise<ReadonlyMap<number, DocumentRow>> {
  const rows = new Map<number, DocumentRow>();
  for (let after: string | null = null; ; ) {
    const { items, next } = await ledger.documents({ file }, after, PAGE);
    for (const item of items) rows.set(item.start, item);
    if (next === null) return rows;
    after = next;
  }
}
