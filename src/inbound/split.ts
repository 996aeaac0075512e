import { setImmediate } from 'node:timers/promises';
import { wholeBlob } from '../archive/unchanged.ts';
import { type Checked, createChecker } from '../edi/check/index.ts';
import { documentHash } from '../edi/content-hash.ts';
import { readStream } from '../edi/read.ts';
import { type Format, HEAD_BYTES, identifyFormat } from '../formats/identify.ts';
import type { Claim, FileRow, Gap, Reason, SplitResult } from '../ledger/types.ts';
import { isTreeStandard } from '../mapping/trees/standards.ts';
import type { TradingPartner } from '../partners/types.ts';
import { failPoints } from '../util/fail-point.ts';
import type { InboundParts } from './parts.ts';
import { loadPrecedents, type Precedents } from './precedents.ts';
import {
  duplicateKeyOf,
  type FoundDocument,
  type ReadInterchange,
  type SettledInterchange,
  settleInterchange,
} from './settle-interchange.ts';
import { readTreeFile, settleTree, treeDuplicateKey } from './split-tree.ts';

/** Files of at most so many bytes are read in one piece: making a stream costs more than reading them. */
const READ_AT_ONCE = 256 * 1024;

/** A file that was read, before anybody decided what becomes of it. */
interface ReadFile {
  /** The keys by which its interchanges may be known. */
  readonly duplicateKeys: readonly string[];
  settle(precedents: Precedents): SplitResult;
}

/**
 * Step two: identify · split · check. Every interchange and document of each file gets a row with a state and, unless it
 * waits for translation, a reason. All of one file is recorded in one transaction; running again finds the same.
 */
export async function split(parts: InboundParts, claims: readonly Claim[]): Promise<void> {
  const files = await parts.ledger.filesByIds(claims.map(({ subjectId }) => subjectId));
  const byId = new Map(files.map((file) => [file.id, file]));
  const read: { claim: Claim; file: ReadFile }[] = [];
  for (const claim of claims) {
    const file = byId.get(claim.subjectId);
    if (file === undefined) continue;
    // Reading is work without a pause: others get a turn.
    await setImmediate();
    await failPoints?.reach('work.before_split', file.name);
    read.push({ claim, file: await readFile(parts, file) });
  }
  const keys = read.flatMap(({ file }) => file.duplicateKeys);
  const precedents = await loadPrecedents(parts.ledger, keys);
  const results = read.map(({ claim, file }) => ({ claim, result: file.settle(precedents) }));
  await parts.ledger.recordSplit(results, parts.clock.now());
  parts.ring();
}

async function readFile(parts: InboundParts, file: FileRow): Promise<ReadFile> {
  const chunks = await chunksOf(parts, file);
  const partner = parts.configuration().partners.find(({ id }) => id === file.partnerId);
  const format = formatOf(await headOf(parts, file, chunks), partner);
  if (!isTreeStandard(format)) return readInterchanges(parts, file, chunks, partner?.charset);
  const found = await readTreeFile(parts, file, format);
  return {
    duplicateKeys: [treeDuplicateKey(file, format)],
    settle: (precedents) => summarise(file.id, [settleTree(parts, file, format, found, precedents)], [], []),
  };
}

async function readInterchanges(
  parts: InboundParts,
  file: FileRow,
  chunks: AsyncIterable<Buffer> | [Buffer],
  charset: TradingPartner['charset'] | undefined,
): Promise<ReadFile> {
  const checker = createChecker(parts.configuration().dictionaries);
  const interchanges: ReadInterchange[] = [];
  const gaps: Gap[] = [];
  let documents: FoundDocument[] = [];
  let groups: Extract<Checked, { kind: 'group' }>[] = [];
  const outside: Reason[] = [];
  for await (const item of readStream(chunks, charset ?? undefined)) {
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
        interchanges.push({ checked, groups, documents });
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
  return {
    duplicateKeys: interchanges.map(({ checked }) => duplicateKeyOf(checked.interchange)),
    settle: (precedents) => {
      const settled = interchanges.map((read) => settleInterchange(parts, file, read, precedents));
      return summarise(file.id, settled, gaps, [...whole, ...outside]);
    },
  };
}

async function chunksOf(
  { archive }: InboundParts,
  { sha256, size }: FileRow,
): Promise<AsyncIterable<Buffer> | [Buffer]> {
  return size > READ_AT_ONCE ? archive.read(sha256) : [await wholeBlob(archive, sha256, size)];
}

/** A table of one column, or of one line, looks like any text: it is one where the partner sends tables. */
function formatOf(head: Buffer, partner: TradingPartner | undefined): Format {
  const format = identifyFormat(head);
  const sendsTables = partner?.inbound.some(({ standard }) => standard === 'csv') === true;
  return format === 'unknown' && sendsTables && head.length > 0 ? 'csv' : format;
}

/** The first bytes of a file, which tell its format. */
function headOf(
  { archive }: InboundParts,
  { sha256, size }: FileRow,
  chunks: Awaited<ReturnType<typeof chunksOf>>,
): Buffer | Promise<Buffer> {
  return Array.isArray(chunks)
    ? chunks[0].subarray(0, HEAD_BYTES)
    : archive.bytes(sha256, 0, Math.min(size, HEAD_BYTES));
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
