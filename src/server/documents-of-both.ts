import { pageOf } from '../ledger/cursor.ts';
import { SENT_DOCUMENT_STATES, type SentDocumentRow, type SentDocumentState } from '../ledger/outbound-types.ts';
import type { DocumentFilter, DocumentRow, DocumentState, Ledger, Page } from '../ledger/types.ts';
import { STATES } from './common-schemas.ts';

/** What a list of documents is asked for, whatever their direction. */
export interface AnyDocumentFilter extends Omit<DocumentFilter, 'state'> {
  readonly state?: DocumentState | SentDocumentState;
}

/** Whether we send it. */
export function isSent(document: DocumentRow | SentDocumentRow): document is SentDocumentRow {
  return 'eventId' in document;
}

/** Documents that came in and documents that we send in one list, newest first. */
export async function documentsOfBoth(
  ledger: Pick<Ledger, 'documents' | 'sentDocuments'>,
  { state, direction, file, ...rest }: AnyDocumentFilter,
  after: string | null,
  limit: number,
): Promise<Page<DocumentRow | SentDocumentRow>> {
  const received = STATES.find((known) => known === state);
  const sent = SENT_DOCUMENT_STATES.find((known) => known === state);
  const wants = (asked: 'inbound' | 'outbound', known: string | undefined): boolean =>
    (direction ?? asked) === asked && (state === undefined || known !== undefined);
  const inbound = {
    ...rest,
    ...(file === undefined ? {} : { file }),
    ...(received === undefined ? {} : { state: received }),
  };
  const outbound = { ...rest, ...(sent === undefined ? {} : { state: sent }) };
  const rows: (DocumentRow | SentDocumentRow)[] = [];
  // One more than a page holds tells whether there is another.
  if (wants('inbound', received)) rows.push(...(await ledger.documents(inbound, after, limit + 1)).items);
  if (wants('outbound', sent) && file === undefined) {
    rows.push(...(await ledger.sentDocuments(outbound, after, limit + 1)).items);
  }
  rows.sort((a, b) => timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1));
  return pageOf(rows, limit, (row) => ({ at: timeOf(row), id: row.id }));
}

function timeOf(document: DocumentRow | SentDocumentRow): number {
  return isSent(document) ? document.acceptedAt : document.receivedAt;
}
