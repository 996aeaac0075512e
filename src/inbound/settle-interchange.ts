import { createHash } from 'node:crypto';
import type { Checked } from '../edi/check/index.ts';
import { partyFinding } from '../edi/check/parties.ts';
import { graded } from '../edi/check/severity.ts';
import type { FunctionalGroup, Interchange } from '../edi/envelope.ts';
import type { Finding } from '../edi/finding.ts';
import type {
  AcceptedInterchange,
  DocumentState,
  FileRow,
  InterchangeState,
  NewDocument,
  NewInterchange,
  Reason,
} from '../ledger/types.ts';
import { interchangeTime } from '../mapping/translate.ts';
import { findAgreement } from '../partners/find.ts';
import { identifierOf } from '../partners/identifiers.ts';
import { gradedForDocument } from '../partners/severity.ts';
import type { TradingPartner } from '../partners/types.ts';
import type { InboundParts } from './parts.ts';
import type { Precedents } from './precedents.ts';

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

const REUSED = 'CONTROL_NUMBER_REUSED';

type CheckedInterchange = Extract<Checked, { kind: 'interchange' }>;
type CheckedGroup = Extract<Checked, { kind: 'group' }>;

/** An interchange that was read to its end, with what it holds. */
export interface ReadInterchange {
  readonly checked: CheckedInterchange;
  readonly groups: readonly CheckedGroup[];
  readonly documents: readonly FoundDocument[];
}

/** The same for the same interchange sent again. */
export function duplicateKeyOf({ standard, sender, receiver, controlNumber, test }: Interchange): string {
  const parties = [identifierOf(sender), identifierOf(receiver)];
  // Partners count their tests by themselves, so that a test and a live interchange may share a number.
  return [standard, ...parties, controlNumber, ...(test ? ['test'] : [])].join(' ');
}

/**
 * Decides what becomes of an interchange and its documents once its end is known: broken envelopes are rejected, strangers
 * and reused control numbers quarantined, what came before is a duplicate, the rest goes on document by document.
 */
export function settleInterchange(
  parts: InboundParts,
  file: FileRow,
  read: ReadInterchange,
  precedents: Precedents,
): SettledInterchange {
  const { interchange } = read.checked;
  const found = findAgreement(parts.configuration().partners, interchange, file.partnerId);
  const { checked, groups, documents } = gradedFor(found.partner, read);
  const contentHash = hashOf(documents.map((document) => document.contentHash));
  const duplicateKey = duplicateKeyOf(interchange);
  const verdict = judge(checked, found, contentHash, precedents.find(duplicateKey, file.receivedAt));
  const repeated = verdict.reason?.code === REUSED ? [partyFinding(interchange, 'repeated')] : [];
  const findings = [...checked.findings, ...repeated, ...groups.flatMap((group) => group.findings)];
  const id = parts.ids('int');
  if (verdict.state === 'accepted') precedents.add(duplicateKey, { id, contentHash, receivedAt: file.receivedAt });
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
function gradedFor(partner: TradingPartner | null, read: ReadInterchange): ReadInterchange {
  if (partner === null) return read;
  const { severity } = partner;
  const { checked, groups, documents } = read;
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

function judge(
  checked: CheckedInterchange,
  found: ReturnType<typeof findAgreement>,
  contentHash: string,
  earlier: AcceptedInterchange | undefined,
): Verdict {
  const reason = rejection(checked.findings);
  if (reason !== null) return { state: 'rejected', reason, duplicateOf: null };
  if (found.partner === null) return { state: 'quarantined', reason: found.reason, duplicateOf: null };
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
