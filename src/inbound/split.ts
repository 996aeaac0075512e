import { type Checked, createChecker } from '../edi/check/index.ts';
import { documentHash } from '../edi/content-hash.ts';
import { readStream } from '../edi/read.ts';
import type { Claim, Gap, Reason, SplitResult } from '../ledger/types.ts';
import type { InboundParts } from './parts.ts';
import {
  type AcceptedInterchange,
  type FoundDocument,
  type SettledInterchange,
  settleInterchange,
} from './settle-interchange.ts';

/**
 * Step two: identify · split · check. Every interchange and document of each file gets a row with a state and, unless it
 * waits for translation, a reason. All of one file is recorded in one transaction; running again finds the same.
 */
export async function split(parts: InboundParts, claims: readonly Claim[]): Promise<void> {
  const results: { claim: Claim; result: SplitResult }[] = [];
  const seen = new Map<string, AcceptedInterchange>();
  for (const claim of claims) {
    const result = await splitFile(parts, claim.subjectId, seen);
    if (result !== null) results.push({ claim, result });
  }
  await parts.ledger.recordSplit(results, parts.clock.now());
  parts.ring();
}

/** `seen` holds the interchanges accepted in this batch, which the ledger does not know yet. */
async function splitFile(
  parts: InboundParts,
  fileId: string,
  seen: Map<string, AcceptedInterchange>,
): Promise<SplitResult | null> {
  const file = await parts.ledger.file(fileId);
  if (file === null) return null;
  const checker = createChecker(parts.configuration().dictionaries);
  const interchanges: SettledInterchange[] = [];
  const gaps: Gap[] = [];
  let documents: FoundDocument[] = [];
  let groups: Extract<Checked, { kind: 'group' }>[] = [];
  const outside: Reason[] = [];
  for await (const item of readStream(parts.archive.read(file.sha256))) {
    if (item.kind === 'gap') gaps.push({ reason: item.reason, start: item.start, end: item.end });
    const checked = checker.check(item);
    switch (checked?.kind) {
      case 'document':
        documents.push(foundDocument(checked));
        break;
      case 'group':
        groups.push(checked);
        break;
      case 'interchange':
        interchanges.push(await settleInterchange(parts, file, checked, groups, documents, seen));
        documents = [];
        groups = [];
        break;
      case 'outside':
        for (const { code, text } of checked.findings) outside.push({ code, text });
        break;
      case undefined:
        break;
    }
  }
  const whole = checker.end(file.size).map(({ code, text }): Reason => ({ code, text }));
  return summarise(fileId, interchanges, gaps, [...whole, ...outside]);
}

function foundDocument(checked: Extract<Checked, { kind: 'document' }>): FoundDocument {
  const { document, group, findings } = checked;
  return {
    contentHash: documentHash(document),
    ordinal: document.ordinal,
    type: document.type,
    release: document.release,
    controlNumber: document.controlNumber,
    segments: document.segments.count,
    start: document.start,
    end: document.end,
    group,
    findings,
  };
}

/** What the file as a whole came to. */
function summarise(
  fileId: string,
  interchanges: readonly SettledInterchange[],
  gaps: readonly Gap[],
  outside: readonly Reason[],
): SplitResult {
  const documents = interchanges.flatMap((settled) => settled.documents);
  const states = new Set(interchanges.map(({ interchange }) => interchange.state));
  const reasonOf = (state: string): Reason | null =>
    interchanges.find(({ interchange }) => interchange.state === state)?.interchange.reason ?? null;
  const base = { fileId, interchanges: interchanges.map(({ interchange }) => interchange), documents, gaps };
  if (interchanges.length === 0) return { ...base, state: 'rejected', reason: outside[0] ?? null };
  if (documents.some(({ state }) => state === 'received')) return { ...base, state: 'received', reason: null };
  if (states.has('accepted')) {
    const rejected = documents.find(({ state }) => state === 'rejected');
    return rejected === undefined
      ? { ...base, state: 'processed', reason: null }
      : { ...base, state: 'rejected', reason: rejected.reason };
  }
  for (const state of ['quarantined', 'rejected', 'duplicate'] as const) {
    if (states.has(state)) return { ...base, state, reason: reasonOf(state) };
  }
  return { ...base, state: 'processed', reason: null };
}
