import assert from 'node:assert/strict';
import { readAcknowledgment } from '../../src/edi/acknowledge/read-acknowledgment.ts';
import { type Checked, createChecker } from '../../src/edi/check/index.ts';
import { documentHash } from '../../src/edi/content-hash.ts';
import { createEdifactReader } from '../../src/edi/edifact/reader.ts';
import type { ReadItem } from '../../src/edi/envelope.ts';
import type { Finding } from '../../src/edi/finding.ts';
import { inspectItems } from '../../src/edi/inspect.ts';
import { createReader, readAll, readDocument } from '../../src/edi/read.ts';
import { createX12Reader } from '../../src/edi/x12/reader.ts';
import { type AcknowledgmentChoice, createAcknowledgmentPreview } from '../../src/inbound/acknowledgment-preview.ts';
import { interchangeTime, translate } from '../../src/mapping/translate.ts';
import type { Random } from '../../src/util/random.ts';
import { checkAccount, fingerprint } from '../edi/support/fingerprint.ts';
import { cutAt, readChunks } from '../edi/support/items.ts';
import { dictionaries, shippedLibrary } from '../mapping/support/maps.ts';

const NOW = new Date('2026-12-05T06:00:00Z');
const CHOICES: readonly [AcknowledgmentChoice, ...AcknowledgmentChoice[]] = ['997', '999', 'receipt'];
/** One in so many files is read with tight limits too, or checked; one in so many of the latter is answered, or translated and so on. */
const LIMITED = 8;
const CHECKED = 3;
const ANSWERED = 2;
const USED = 2;
const EXPLAINED = 5;

/** Does with a file all that the gateway does with one, and throws where a promise is broken. */
export function fuzzEdi(file: Buffer, random: Random): void {
  const items = readAll(file);
  checkAccount(items, file);
  const cuts = Array.from({ length: 1 + random.below(6) }, () => random.below(file.length + 1)).sort((a, b) => a - b);
  assertSame(readChunks(cutAt(file, cuts), createReader()), items, `cut at ${cuts.join()}`);
  if (random.below(LIMITED) === 0) withLimits(file, random, cuts);
  inspectItems(items);
  for (const item of items) if (item.kind === 'interchange-acknowledgment') readAcknowledgment(item.segments);
  if (random.below(CHECKED) !== 0) return;
  const checked = check(items, file);
  if (random.below(ANSWERED) === 0) answer(checked, random);
  if (random.below(USED) === 0) for (const one of checked) if (one.kind === 'document') useDocument(one, file, random);
}

function assertSame(items: readonly ReadItem[], whole: readonly ReadItem[], what: string): void {
  assert.equal(fingerprint(items), fingerprint(whole), `another reading, ${what}`);
}

/** The same with limits that small files break. */
function withLimits(file: Buffer, random: Random, cuts: readonly number[]): void {
  const limits = {
    segmentBytes: 1 + random.below(150),
    elements: 1 + random.below(12),
    setSegments: 1 + random.below(12),
    setBytes: 10 + random.below(500),
    binaryBytes: random.below(12),
  };
  for (const create of [createX12Reader, createEdifactReader]) {
    const items = readChunks([file], create(limits));
    checkAccount(items, file);
    assertSame(readChunks(cutAt(file, cuts), create(limits)), items, `${JSON.stringify(limits)} cut at ${cuts.join()}`);
  }
}

function check(items: readonly ReadItem[], file: Buffer): readonly Checked[] {
  const checker = createChecker(dictionaries);
  const all = items.flatMap((item) => checker.check(item) ?? []);
  for (const { findings } of all) checkFindings(findings, file);
  checkFindings(checker.end(file.length), file);
  return all;
}

function answer(checked: readonly Checked[], random: Random): void {
  const preview = createAcknowledgmentPreview(random.pick(CHOICES), null, NOW);
  for (const one of checked) preview.take(one);
  const { bytes } = preview;
  if (bytes.length > 0) checkAnswer(bytes);
}

function checkFindings(findings: readonly Finding[], { length }: Buffer): void {
  for (const { code, position, text } of findings) {
    assert.ok(position.byte >= 0 && position.byte <= length, `${code} at byte ${position.byte} of ${length}: ${text}`);
  }
}

/** What we would send has a sound envelope and reads as an acknowledgment. */
function checkAnswer(answer: Buffer): void {
  const checker = createChecker(dictionaries);
  const items = readAll(answer);
  checkAccount(items, answer);
  for (const item of items) {
    // A group whose header has no number can be answered, but no one can tell which group is meant.
    if (item.kind === 'document' && item.document.segments.text(1, 2).trim() !== '') {
      assert.ok(readAcknowledgment(item.document.segments) !== null, 'our answer is no acknowledgment');
    }
    for (const { code, severity, ack, text } of checker.check(item)?.findings ?? []) {
      const inside = ack?.level === 'segment' || ack?.level === 'element';
      assert.ok(inside || severity !== 'rejected', `our answer has ${code}: ${text}\n${answer.toString('latin1')}`);
    }
  }
}

function useDocument(checked: Extract<Checked, { kind: 'document' }>, file: Buffer, random: Random): void {
  const { document, structure, interchange } = checked;
  const contentHash = documentHash(document);
  readAcknowledgment(document.segments);
  if (document.complete) {
    const again = readDocument(
      file.subarray(document.start, document.end),
      document.start,
      document.segments.delimiters,
    );
    assert.equal(again.count, document.segments.count, 'a document cut out by its bytes has other segments');
  }
  const map = shippedLibrary.newest(interchange.standard, document.type, document.release, document.segments);
  if (structure === null || map === undefined) return;
  const { events, findings } = translate(document, structure, map, {
    partnerId: 'partner',
    timezone: random.pick([null, 'America/Los_Angeles']),
    documentId: 'document',
    fileId: 'file',
    receivedAt: NOW.getTime(),
    documentTime: interchangeTime(interchange),
    contentHash,
  });
  assert.ok(events.length > 0 || findings.length > 0, 'a map gave neither events nor findings');
  if (random.below(EXPLAINED) === 0) {
    for (const {
      bytes: [from, to],
    } of map.lineage(structure)) {
      assert.ok(document.start <= from && from <= to && to <= document.end, `lineage ${from} to ${to} is outside`);
    }
  }
}
