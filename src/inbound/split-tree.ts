import { wholeBlob } from '../archive/unchanged.ts';
import type { Finding } from '../edi/finding.ts';
import { readCsv } from '../formats/csv.ts';
import { readJson } from '../formats/json.ts';
import { FORMAT_LIMITS } from '../formats/limits.ts';
import { tooLargeFinding } from '../formats/reading.ts';
import { readXml } from '../formats/xml.ts';
import type { AcceptedInterchange, FileRow, NewDocument, NewInterchange, Reason } from '../ledger/types.ts';
import { readTreeDocuments } from '../mapping/trees/documents.ts';
import type { TreeStandard } from '../mapping/trees/standards.ts';
import { treeAgreement } from '../partners/tree-agreement.ts';
import type { InboundParts } from './parts.ts';
import type { Precedents } from './precedents.ts';
import { rejection, type SettledInterchange } from './settle-interchange.ts';

/** A document as splitting found it. */
interface FoundDocument {
  readonly segments: number;
  readonly start: number;
  readonly end: number;
  readonly contentHash: string;
  readonly findings: readonly Finding[];
}

/** What a file of JSON, XML or CSV holds, by the agreement whose map knows it. */
export interface FoundTree {
  readonly type: string;
  readonly documents: readonly FoundDocument[];
  readonly findings: readonly Finding[];
}

/**
 * Reads a file of JSON, XML or CSV: one interchange without an envelope. What no agreement names a map for is one document,
 * to be told as received.
 */
export async function readTreeFile(parts: InboundParts, file: FileRow, standard: TreeStandard): Promise<FoundTree> {
  // A document of these formats is read as a whole, so that its size is bounded.
  if (file.size > FORMAT_LIMITS.bytes) return tooLarge(standard);
  return documentsIn(parts, file, standard, await wholeBlob(parts.archive, file.sha256, file.size));
}

/** The connection says whose such a file is, and the same bytes again are a duplicate. */
export function treeDuplicateKey(file: FileRow, standard: TreeStandard): string {
  return [standard, file.partnerId ?? '', file.sha256].join(' ');
}

/** What becomes of such a file. */
export function settleTree(
  parts: InboundParts,
  file: FileRow,
  standard: TreeStandard,
  found: FoundTree,
  precedents: Precedents,
): SettledInterchange {
  const duplicateKey = treeDuplicateKey(file, standard);
  const refused = rejection(found.findings);
  const earlier = precedents.find(duplicateKey, file.receivedAt);
  const id = parts.ids('int');
  if (refused === null && earlier === undefined) {
    precedents.add(duplicateKey, { id, contentHash: file.sha256, receivedAt: file.receivedAt });
  }
  const interchange: NewInterchange = {
    id,
    fileId: file.id,
    ordinal: 0,
    partnerId: file.partnerId,
    standard,
    version: '',
    sender: '',
    receiver: '',
    controlNumber: '',
    test: false,
    delimiters: '{}',
    start: 0,
    end: file.size,
    preparedAt: null,
    contentHash: file.sha256,
    duplicateKey,
    findings: found.findings,
    ...verdictOf(refused, earlier),
  };
  return {
    interchange,
    documents: found.documents.map((each, ordinal) => rowOf(parts, interchange, file, found.type, each, ordinal)),
  };
}

function verdictOf(
  refused: Reason | null,
  earlier: AcceptedInterchange | undefined,
): Pick<NewInterchange, 'state' | 'reason' | 'duplicateOf'> {
  if (refused !== null) return { state: 'rejected', reason: refused, duplicateOf: null };
  if (earlier === undefined) return { state: 'accepted', reason: null, duplicateOf: null };
  const text = 'The same file came from this partner before; nothing was done again.';
  return { state: 'duplicate', reason: { code: 'DUPLICATE_INTERCHANGE', text }, duplicateOf: earlier.id };
}

function tooLarge(standard: TreeStandard): FoundTree {
  return { type: standard, documents: [], findings: [tooLargeFinding(standard, FORMAT_LIMITS)] };
}

function documentsIn(parts: InboundParts, file: FileRow, standard: TreeStandard, bytes: Buffer): FoundTree {
  const configuration = parts.configuration();
  const partner = configuration.partners.find(({ id }) => id === file.partnerId);
  const agreed = partner === undefined ? null : treeAgreement(partner, configuration, standard, bytes);
  if (agreed === null) return unmapped(standard, bytes, file.sha256);
  const { documents, findings } = readTreeDocuments(bytes, agreed.map);
  return {
    type: agreed.agreement.document,
    findings,
    documents: documents.map(({ document, contentHash, findings: own }) => ({
      segments: document.segments.count,
      start: document.start,
      end: document.end,
      contentHash,
      findings: own,
    })),
  };
}

/** The whole file as one document; of XML its root element says what it is. */
function unmapped(standard: TreeStandard, bytes: Buffer, contentHash: string): FoundTree {
  const { type, findings } = generic(standard, bytes);
  const document = { segments: 0, start: 0, end: bytes.length, contentHash, findings: [] };
  return { type, findings, documents: rejection(findings) === null ? [document] : [] };
}

function generic(
  standard: TreeStandard,
  bytes: Buffer,
): { readonly type: string; readonly findings: readonly Finding[] } {
  switch (standard) {
    case 'xml': {
      const { root, findings } = readXml(bytes);
      return { type: root?.name ?? standard, findings };
    }
    case 'json':
      return { type: standard, findings: readJson(bytes).findings };
    case 'csv':
      return { type: standard, findings: readCsv(bytes).findings };
  }
}

function rowOf(
  parts: InboundParts,
  interchange: NewInterchange,
  file: FileRow,
  type: string,
  { segments, start, end, contentHash, findings }: FoundDocument,
  ordinal: number,
): NewDocument {
  const refused = rejection(findings);
  const accepted = interchange.state === 'accepted';
  const state =
    refused !== null && accepted
      ? 'rejected'
      : accepted
        ? 'received'
        : interchange.state === 'duplicate'
          ? 'duplicate'
          : 'rejected';
  return {
    id: parts.ids('doc'),
    fileId: file.id,
    interchangeId: interchange.id,
    ordinal,
    partnerId: file.partnerId,
    direction: 'inbound',
    type,
    release: '',
    groupCode: '',
    groupVersion: '',
    groupControlNumber: '',
    controlNumber: '',
    test: false,
    segments,
    start,
    end,
    contentHash,
    receivedAt: file.receivedAt,
    state,
    reason: state === 'rejected' ? refused : interchange.reason,
    findings,
  };
}
