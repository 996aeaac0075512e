import type { Kysely } from 'kysely';
import type { Finding } from '../edi/finding.ts';
import type { NewException } from './exception-types.ts';
import { inLists } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import type { Claim, NewDocument, NewInterchange, Reason, SplitResult, TranslationResult } from './types.ts';

/** Documents that a reader may take for read, and are not: somebody should see that. */
const UNREAD = 'NO_AGREEMENT';

/** What of a split ended badly: the file as a whole, interchanges, and documents in interchanges that are good. */
export async function exceptionsOfSplits(
  db: Kysely<LedgerTables>,
  results: readonly SplitResult[],
): Promise<readonly NewException[]> {
  const bad = results.filter(
    ({ state, interchanges, documents }) =>
      isBad(state) || interchanges.some((row) => isBad(row.state)) || documents.some((row) => isBad(row.state)),
  );
  const partners = await partnersOfFiles(
    db,
    bad.map(({ fileId }) => fileId),
  );
  return bad.flatMap((result) => exceptionsOfSplit(result, partners.get(result.fileId) ?? null));
}

function exceptionsOfSplit(result: SplitResult, partnerId: string | null): readonly NewException[] {
  const { fileId, state, reason, interchanges, documents } = result;
  if (interchanges.length === 0) {
    if (reason === null || !isBad(state)) return [];
    return [{ ...basis(reason, partnerId), scope: '', subject: { kind: 'file', id: fileId, fileId } }];
  }
  const broken = interchanges.filter((row) => isBad(row.state));
  const brokenIds = new Set(broken.map(({ id }) => id));
  return [
    ...broken.flatMap((row) => exceptionOfInterchange(row, partnerId)),
    ...documents
      .filter((row) => isBad(row.state) && !brokenIds.has(row.interchangeId))
      .flatMap((row) => exceptionOfDocument(row, row.partnerId ?? partnerId)),
  ];
}

function exceptionOfInterchange(row: NewInterchange, partnerId: string | null): readonly NewException[] {
  const { id, fileId, sender, receiver, reason } = row;
  if (reason === null) return [];
  const scope = sender === '' && receiver === '' ? '' : `${sender} → ${receiver}`;
  return [{ ...basis(reason, row.partnerId ?? partnerId), scope, subject: { kind: 'interchange', id, fileId } }];
}

function exceptionOfDocument(row: NewDocument, partnerId: string | null): readonly NewException[] {
  const { id, fileId, type, reason, findings } = row;
  if (reason === null) return [];
  const scope = `${type}${placeOf(findings, reason.code)}`;
  return [{ ...basis(reason, partnerId), scope, subject: { kind: 'document', id, fileId } }];
}

/** What of translations ended badly, or was delivered unread because nobody agreed on it. */
export async function exceptionsOfTranslations(
  db: Kysely<LedgerTables>,
  results: readonly TranslationResult[],
): Promise<readonly NewException[]> {
  const bad = results.filter(({ state, reason }) => isBad(state) || reason?.code === UNREAD);
  const documents = await documentFacts(
    db,
    bad.map(({ documentId }) => documentId),
  );
  return bad.flatMap(({ documentId, fileId, reason, findings, mapPin }): readonly NewException[] => {
    const document = documents.get(documentId);
    if (reason === null || document === undefined) return [];
    const place = placeOf(findings, reason.code);
    // Another version of the map may read what this one does not.
    const scope = `${document.type}${place}${mapPin === null ? '' : ` ${mapPin}`}`;
    const subject = { kind: 'document' as const, id: documentId, fileId };
    return [{ ...basis(reason, document.partner_id), scope, subject }];
  });
}

/** What giving up a piece of work makes. */
export async function exceptionsOfFailure(
  db: Kysely<LedgerTables>,
  { kind, subjectId }: Claim,
  reason: Reason,
): Promise<readonly NewException[]> {
  switch (kind) {
    case 'split': {
      const partnerId = (await partnersOfFiles(db, [subjectId])).get(subjectId) ?? null;
      const subject = { kind: 'file' as const, id: subjectId, fileId: subjectId };
      return [{ ...basis(reason, partnerId), scope: '', subject }];
    }
    case 'reconcile':
    case 'translate': {
      const document = (await documentFacts(db, [subjectId])).get(subjectId);
      if (document === undefined) return [];
      const { type, partner_id, file_id } = document;
      const subject = { kind: 'document' as const, id: subjectId, fileId: file_id };
      return [{ ...basis(reason, partner_id), scope: type, subject }];
    }
    case 'deliver':
    case 'expect':
      return exceptionsOfSent(db, subjectId, reason);
  }
}

/** Of a document that did not go out: many over one connection are one exception. */
async function exceptionsOfSent(
  db: Kysely<LedgerTables>,
  id: string,
  reason: Reason,
): Promise<readonly NewException[]> {
  const row = await db
    .selectFrom('sent_documents')
    .select(['partner_id', 'connection'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return [];
  const subject = { kind: 'sent-document', id, fileId: null } as const;
  return [{ ...basis(reason, row.partner_id), scope: row.connection, subject }];
}

function basis({ code, text }: Reason, partnerId: string | null): Pick<NewException, 'code' | 'text' | 'partnerId'> {
  return { code, text, partnerId };
}

function isBad(state: string): boolean {
  return state === 'rejected' || state === 'quarantined';
}

/** ` N104`: where in the document the finding of this code stands; empty when nowhere in particular. */
function placeOf(findings: readonly Finding[], code: string): string {
  const position = findings.find((finding) => finding.code === code && finding.severity === 'rejected')?.position;
  if (position?.tag === undefined) return '';
  const { tag, element } = position;
  return ` ${tag}${element === undefined ? '' : String(element).padStart(2, '0')}`;
}

async function partnersOfFiles(
  db: Kysely<LedgerTables>,
  fileIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const partners = new Map<string, string | null>();
  for (const ids of inLists(fileIds)) {
    const rows = await db.selectFrom('files').select(['id', 'partner_id']).where('id', 'in', ids).execute();
    for (const row of rows) partners.set(row.id, row.partner_id);
  }
  return partners;
}

interface DocumentFacts {
  readonly type: string;
  readonly partner_id: string | null;
  readonly file_id: string;
}

async function documentFacts(
  db: Kysely<LedgerTables>,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, DocumentFacts>> {
  const facts = new Map<string, DocumentFacts>();
  for (const ids of inLists(documentIds)) {
    const rows = await db
      .selectFrom('documents')
      .select(['id', 'type', 'partner_id', 'file_id'])
      .where('id', 'in', ids)
      .execute();
    for (const row of rows) facts.set(row.id, row);
  }
  return facts;
}
