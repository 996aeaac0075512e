import { createHash } from 'node:crypto';
import type { Checked } from '../edi/check/index.ts';
import { partyFinding } from '../edi/check/parties.ts';
import { graded } from '../edi/check/severity.ts';
import type { FunctionalGroup } from '../edi/envelope.ts';
import type { Finding } from '../edi/finding.ts';
import type { DocumentState, FileRow, InterchangeState, NewDocument, NewInterchange, Reason } from '../ledger/types.ts';
import { interchangeTime } from '../mapping/translate.ts';
import { findAgreement } from '../partners/find.ts';
import { identifierOf } from '../partners/identifiers.ts';
import { gradedForDocument } from '../partners/severity.ts';
import type { TradingPartner } from '../partners/types.ts';
import type { InboundParts } from './parts.ts';

/** A document as splitting found it: facts and findings, no bytes. */
export interface FoundDocument {
  readonly ordinal: number;
  readonly type: string;
  readonly release: string;
  readonly controlNumber: string;
  readonly segments: number;
  readonly start: number;
  readonly end: number;
  readonly contentHash: string;
  readonly group: FunctionalGroup;
  readonly findings: readonly Finding[];
}

export interface SettledInterchange {
  readonly interchange: NewInterchange;
  readonly documents: readonly NewDocument[];
}

/** An interchange accepted before, by which a duplicate is known. */
export interface AcceptedInterchange {
  readonly id: string;
  readonly contentHash: string;
}

/** Control numbers come round again: an older interchange with the same one is another interchange. */
export const DUPLICATE_WINDOW = 400 * 24 * 3_600_000;

const REUSED = 'CONTROL_NUMBER_REUSED';

type CheckedInterchange = Extract<Checked, { kind: 'interchange' }>;
type CheckedGroup = Extract<Checked, { kind: 'group' }>;

/**
 * Decides what becomes of an interchange and its documents once its end is known: broken envelopes are rejected, strangers
 * and reused control numbers quarantined, what came before is a duplicate, the rest goes on document by document.
 * `seen` knows what this batch accepted already, by key.
 */
export async function settleInterchange(
  parts: InboundParts,
  file: FileRow,
  read: CheckedInterchange,
  readGroups: readonly CheckedGroup[],
  readDocuments: readonly FoundDocument[],
  seen: Map<string, AcceptedInterchange>,
): Promise<SettledInterchange> {
  const { interchange } = read;
  const found = findAgreement(parts.configuration().partners, interchange, file.partnerId);
  const { checked, groups, documents } = gradedFor(found.partner, read, readGroups, readDocuments);
  const contentHash = hashOf(documents.map((document) => document.contentHash));
  // Partners count their tests by themselves, so that a test and a live interchange may share a number.
  const duplicateKey = [
    interchange.standard,
    identifierOf(interchange.sender),
    identifierOf(interchange.receiver),
    interchange.controlNumber,
    ...(interchange.test ? ['test'] : []),
  ].join(' ');
  const verdict = await judge(parts, file, checked, found, duplicateKey, contentHash, seen);
  const repeated = verdict.reason?.code === REUSED ? [partyFinding(interchange, 'repeated')] : [];
  const findings = [...checked.findings, ...repeated, ...groups.flatMap((group) => group.findings)];
  const id = parts.ids('int');
  if (verdict.state === 'accepted') seen.set(duplicateKey, { id, contentHash });
  const row: NewInterchange = {
    id,
    fileId: file.id,
    ordinal: interchange.ordinal,
    partnerId: found.partner?.id ?? null,
    standard: interchange.standard,
    version: interchange.version,
    sender: identifierOf(interchange.sender),
    receiver: identifierOf(interchange.receiver),
    controlNumber: interchange.controlNumber,
    test: interchange.test,
    delimiters: JSON.stringify(interchange.delimiters),
    start: interchange.start,
    end: checked.end,
    preparedAt: interchangeTime(interchange),
    contentHash,
    duplicateKey,
    ...verdict,
    findings,
  };
  const broken = new Map(groups.map((group) => [group.group.ordinal, rejection(group.findings)]));
  return {
    interchange: row,
    documents: documents.map((document) =>
      documentRow(parts, file, row, document, found.partner, broken.get(document.group.ordinal) ?? null),
    ),
  };
}

/** Everything as bad as was agreed with the partner. */
function gradedFor(
  partner: TradingPartner | null,
  checked: CheckedInterchange,
  groups: readonly CheckedGroup[],
  documents: readonly FoundDocument[],
): { checked: CheckedInterchange; groups: readonly CheckedGroup[]; documents: readonly FoundDocument[] } {
  if (partner === null) return { checked, groups, documents };
  const { severity } = partner;
  return {
    checked: { ...checked, findings: graded(checked.findings, severity) },
    groups: groups.map((group) => ({ ...group, findings: graded(group.findings, severity) })),
    documents: documents.map((document) => {
      const { findings, type, release } = document;
      return findings.length === 0
        ? document
        : { ...document, findings: gradedForDocument(findings, partner, type, release) };
    }),
  };
}

interface Verdict {
  readonly state: InterchangeState;
  readonly reason: Reason | null;
  readonly duplicateOf: string | null;
}

async function judge(
  parts: InboundParts,
  file: FileRow,
  checked: CheckedInterchange,
  found: ReturnType<typeof findAgreement>,
  duplicateKey: string,
  contentHash: string,
  seen: ReadonlyMap<string, AcceptedInterchange>,
): Promise<Verdict> {
  const reason = rejection(checked.findings);
  if (reason !== null) return { state: 'rejected', reason, duplicateOf: null };
  if (found.partner === null) return { state: 'quarantined', reason: found.reason, duplicateOf: null };
  const known = await parts.ledger.findAcceptedInterchange(duplicateKey, file.receivedAt - DUPLICATE_WINDOW);
  const earlier = known ?? seen.get(duplicateKey);
  if (earlier === undefined) return { state: 'accepted', reason: null, duplicateOf: null };
  const number = checked.interchange.controlNumber;
  if (earlier.contentHash === contentHash) {
    const text = `Interchange ${number} of this sender came before with the same documents; nothing was done again.`;
    return { state: 'duplicate', reason: { code: 'DUPLICATE_INTERCHANGE', text }, duplicateOf: earlier.id };
  }
  const text = `Interchange control number ${number} of this sender was used before for other documents. Ask the partner to send it again under a new number.`;
  return { state: 'quarantined', reason: { code: REUSED, text }, duplicateOf: earlier.id };
}

function documentRow(
  parts: InboundParts,
  file: FileRow,
  interchange: NewInterchange,
  found: FoundDocument,
  partner: TradingPartner | null,
  brokenGroup: Reason | null,
): NewDocument {
  const { group, ...facts } = found;
  return {
    ...facts,
    id: parts.ids('doc'),
    fileId: file.id,
    interchangeId: interchange.id,
    partnerId: interchange.partnerId,
    direction: 'inbound',
    groupCode: group.code,
    groupVersion: group.version,
    groupControlNumber: group.controlNumber,
    test: interchange.test && partner?.stage !== 'test',
    receivedAt: file.receivedAt,
    ...documentState(interchange, brokenGroup, rejection(found.findings)),
  };
}

function documentState(
  interchange: NewInterchange,
  brokenGroup: Reason | null,
  own: Reason | null,
): { state: DocumentState; reason: Reason | null } {
  const because = interchange.reason;
  switch (interchange.state) {
    case 'rejected':
      return {
        state: 'rejected',
        reason: { code: 'INTERCHANGE_REJECTED', text: `Its interchange was rejected: ${because?.text ?? ''}` },
      };
    case 'quarantined':
    case 'duplicate':
      return { state: interchange.state, reason: because };
    case 'accepted':
      if (brokenGroup !== null)
        return {
          state: 'rejected',
          reason: { code: 'GROUP_REJECTED', text: `Its group was rejected: ${brokenGroup.text}` },
        };
      return own === null ? { state: 'received', reason: null } : { state: 'rejected', reason: own };
  }
}

/** The first finding that rejects, as a reason. */
export function rejection(findings: readonly Finding[]): Reason | null {
  const finding = findings.find(({ severity }) => severity === 'rejected');
  return finding === undefined ? null : { code: finding.code, text: finding.text };
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join(' ')).digest('hex');
}
