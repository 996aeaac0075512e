import assert from 'node:assert/strict';
import { eventType } from '../../../src/events/event-types.ts';
import { planOf } from '../../../src/events/plan.ts';
import { ruleLines, ruleNear } from '../../../src/mapping/rule-lines.ts';
import { readTreeDocuments } from '../../../src/mapping/trees/documents.ts';
import { writeTreeFile } from '../../../src/mapping/trees/write-file.ts';
import type { CompiledMap } from '../../../src/mapping/types.ts';
import { writeWhatFits } from '../../../src/mapping/writing/fitting.ts';
import type { EventToWrite, WriteContext, WrittenDocument } from '../../../src/mapping/writing/types.ts';
import { unlike } from './sameness.ts';

/** What became of an event: written and read back the same; refused with reasons; or of fields that all were refused. */
export type Outcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused' | 'empty'; readonly why: readonly string[] };

/**
 * Writes what fits of an event without the writer's own look back, and reads it again: it must be the same event, and become
 * the same document. Throws an AssertionError that names each field that differs and the line of the map that has its rule.
 */
export function assertKept(map: CompiledMap, event: EventToWrite, context: WriteContext): Outcome {
  const writing = writeWhatFits(map.writer, event, context);
  const [document] = writing.documents;
  if (document === undefined) {
    const rejected = writing.findings.filter(({ severity }) => severity === 'rejected');
    assert.ok(rejected.length > 0, 'nothing was written, and nothing says why');
    const names = new Set(rejected.map(({ path }) => path.split('/')[1]));
    const isEmpty = Object.keys(writing.event.data).every((name) => names.has(name));
    return { kind: isEmpty ? 'empty' : 'refused', why: rejected.map(({ text }) => text) };
  }
  const read = readAgain(map, document, context);
  const found = unlike(map.writer.domain, writing.event.data, read.data);
  const said = found.map((difference) => `${difference} (${ruleOf(map, difference)})`);
  if (read.type !== writing.event.type) said.push(`type: ${writing.event.type}, got ${read.type}`);
  if (said.length > 0) assert.fail(said.join('\n'));
  const again = map.writer.write([read], context, false);
  assert.deepEqual(again.documents[0]?.segments, document.segments);
  return { kind: 'kept' };
}

/** `maps/x12/856/1.0.0.yaml:12 proNumber: REF(01=CN)02` of a difference `/proNumber: …`. */
function ruleOf({ source }: CompiledMap, difference: string): string {
  const rule = ruleNear(ruleLines(source), difference.slice(0, difference.indexOf(':')));
  return rule === undefined ? 'no rule' : `${rule.at.file}:${rule.at.line} ${rule.name}: ${rule.text}`;
}

/** The one event that a written document is read as. */
function readAgain(map: CompiledMap, { segments }: WrittenDocument, { timezone }: WriteContext): EventToWrite {
  const { events, findings } = map.read(structureOf(map, segments));
  const [first, ...others] = events.filter(({ type }) => map.writer.types.includes(type));
  assert.deepEqual([findings.map(({ text }) => text), others], [[], []]);
  const body = eventType(first?.type ?? '')?.body;
  assert(first !== undefined && body !== undefined);
  return { type: first.type, data: planOf(body).walk(first.data, timezone).data };
}

/** The document as its reader sees it; JSON, XML and CSV by way of the bytes of a file. */
function structureOf(map: CompiledMap, segments: WrittenDocument['segments']): Parameters<CompiledMap['read']>[0] {
  const { layout, document } = map;
  if (layout === null || document.tree === null) {
    const structure = map.structureOf(segments);
    assert(!('why' in structure), 'why' in structure ? structure.why : '');
    return structure;
  }
  const written = writeTreeFile(layout, document.tree, [segments]);
  assert(written.ok, JSON.stringify(written));
  const { documents, findings } = readTreeDocuments(written.bytes, map);
  assert.deepEqual(findings, []);
  const [only, ...others] = documents;
  assert(only !== undefined && others.length === 0);
  assert.deepEqual(only.findings, []);
  return only.structure;
}
