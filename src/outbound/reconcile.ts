import type { ReadAcknowledgment } from '../edi/acknowledge/acknowledged.ts';
import { acknowledgedStatus } from '../edi/acknowledge/acknowledged-status.ts';
import { readAcknowledgment } from '../edi/acknowledge/read-acknowledgment.ts';
import { sameNumber } from '../edi/check/control.ts';
import type { Delimiters } from '../edi/delimiters.ts';
import { readDocument } from '../edi/read.ts';
import type { NewException } from '../ledger/exception-types.ts';
import type { SentAnswer, SentDocumentRow } from '../ledger/outbound-types.ts';
import type { Claim, DocumentRow, Reason } from '../ledger/types.ts';
import type { OutboundParts } from './parts.ts';

/** As many faults as a sentence tells. */
const MOST_FAULTS = 3;

/**
 * Step three: an acknowledgment that came in is held against what we sent to that partner, and settles it. One that answers
 * nothing we know of is an exception, never noise.
 */
export async function reconcile(parts: OutboundParts, claims: readonly Claim[]): Promise<void> {
  const { ledger, clock } = parts;
  for (const claim of claims) {
    const document = await ledger.document(claim.subjectId);
    if (document === null) continue;
    const { answers, exceptions } = await answersIn(parts, document);
    await ledger.recordAnswers(claim, answers, exceptions, clock.now());
  }
}

async function answersIn(
  parts: OutboundParts,
  document: DocumentRow,
): Promise<{ readonly answers: readonly SentAnswer[]; readonly exceptions: readonly NewException[] }> {
  const acknowledgment = await readStored(parts, document);
  if (acknowledgment === null) {
    const text = `The ${document.type} ${document.controlNumber} does not say what it answers.`;
    return { answers: [], exceptions: [unmatched(document, text)] };
  }
  const candidates = await sentTo(parts, document.partnerId ?? '', acknowledgment);
  const answers = candidates.flatMap((sent) => answerTo(acknowledgment, sent, document) ?? []);
  const missing = unknownNames(acknowledgment, candidates, answers);
  if (missing.length === 0) return { answers, exceptions: [] };
  const text = `The ${document.type} ${document.controlNumber} answers ${missing.join(', ')}, which was not sent to ${document.partnerId}.`;
  return { answers, exceptions: [unmatched(document, text)] };
}

async function readStored(
  { ledger, archive }: OutboundParts,
  document: DocumentRow,
): Promise<ReadAcknowledgment | null> {
  const [file, interchange] = [await ledger.file(document.fileId), await ledger.interchange(document.interchangeId)];
  if (file === null || interchange === null) return null;
  const delimiters: Delimiters = JSON.parse(interchange.delimiters);
  const bytes = await archive.bytes(file.sha256, document.start, document.end);
  return readAcknowledgment(readDocument(bytes, document.start, delimiters));
}

/** What went to the partner under the numbers that the acknowledgment names. */
async function sentTo(
  { ledger }: OutboundParts,
  partnerId: string,
  { kind, interchange, groups }: ReadAcknowledgment,
): Promise<readonly SentDocumentRow[]> {
  if (kind === 'CONTRL') {
    const sent = await ledger.sentUnder(partnerId, 'interchange', [interchange?.controlNumber ?? '']);
    return sent.filter(({ standard }) => standard === 'edifact');
  }
  const numbers = groups.map(({ controlNumber }) => bare(controlNumber));
  const sent = await ledger.sentUnder(partnerId, 'group', numbers);
  return sent.filter(({ standard }) => standard === 'x12');
}

/** As we write the number of a group. */
function bare(controlNumber: string): string {
  return controlNumber.trim().replace(/^0+(?=.)/, '');
}

function answerTo(acknowledgment: ReadAcknowledgment, sent: SentDocumentRow, from: DocumentRow): SentAnswer | null {
  const { groupCode: code, groupControlNumber, controlNumber, type } = sent;
  const told = acknowledgedStatus(acknowledgment, {
    interchange: sent.interchangeControlNumber,
    ...(groupControlNumber === '' ? {} : { group: { code, controlNumber: groupControlNumber } }),
    type,
    controlNumber,
  });
  if (told === null) return null;
  return { documentId: sent.id, kind: acknowledgment.kind, told, reason: reasonOf(told, acknowledgment, sent, from) };
}

function reasonOf(
  told: SentAnswer['told'],
  { kind, interchange, groups, documents }: ReadAcknowledgment,
  sent: SentDocumentRow,
  from: DocumentRow,
): Reason | null {
  if (told === 'received' || told === 'accepted') return null;
  const own = documents.filter(({ type, controlNumber }) => type === sent.type && controlNumber === sent.controlNumber);
  const faults = [...own, ...groups, ...(interchange === undefined ? [] : [interchange])]
    .flatMap(({ errors }) => errors)
    .slice(0, MOST_FAULTS)
    .map(({ code, level, tag, segment, element }) => {
      const place = [
        tag,
        segment === undefined ? undefined : `segment ${segment}`,
        element === undefined ? undefined : `element ${element}`,
      ];
      return [`${level} code ${code}`, ...place.filter((part) => part !== undefined)].join(' ');
    });
  const said = faults.length === 0 ? 'without saying why' : faults.join('; ');
  const verdicts = {
    rejected: ['SENT_REJECTED', 'rejected it'],
    'partially-accepted': ['SENT_PARTLY_REJECTED', 'rejected a part of what it came with'],
    'accepted-with-errors': ['SENT_WITH_ERRORS', 'took it and noted errors'],
  } as const;
  const [code, what] = verdicts[told];
  return { code, text: `The ${kind} in ${from.id} ${what}: ${said}.` };
}

/** What the acknowledgment is about that we do not know, as people would name it. */
function unknownNames(
  { interchange, groups, documents }: ReadAcknowledgment,
  candidates: readonly SentDocumentRow[],
  answers: readonly SentAnswer[],
): readonly string[] {
  const answered = new Set(answers.map(({ documentId }) => documentId));
  const sent = candidates.filter(({ id }) => answered.has(id));
  const unknown = documents.filter(
    ({ type, controlNumber }) => !sent.some((row) => row.type === type && row.controlNumber === controlNumber),
  );
  if (unknown.length > 0) return unknown.map(({ type, controlNumber }) => `${type} ${controlNumber}`);
  if (sent.length > 0) {
    const others = groups.filter(
      ({ code, controlNumber }) =>
        code !== '' && !sent.some((row) => sameNumber(row.groupControlNumber, controlNumber)),
    );
    return others.map(({ controlNumber }) => `group ${controlNumber}`);
  }
  if (interchange !== undefined) return [`interchange ${interchange.controlNumber}`];
  return groups.map(({ controlNumber }) => `group ${controlNumber}`);
}

function unmatched({ id, fileId, partnerId, type }: DocumentRow, text: string): NewException {
  const subject = { kind: 'document', id, fileId } as const;
  return { code: 'ACKNOWLEDGMENT_UNMATCHED', partnerId, scope: type, text, subject };
}
