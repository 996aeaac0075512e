import assert from 'node:assert/strict';
import type { PlainElement } from '../../../src/edi/plain-segment.ts';
import type { JsonObject } from '../../../src/events/types.ts';
import type { CompiledMap } from '../../../src/mapping/types.ts';
import type { EventToWrite, MapWriting } from '../../../src/mapping/writing/types.ts';

/** An event of the first type that the map writes. */
export function event(map: CompiledMap, data: JsonObject, type = map.writer.types[0] ?? ''): EventToWrite {
  return { type, data };
}

/** The segments of the one document that the events make, as text. There must be nothing to say against it. */
export function segmentsOf(map: CompiledMap, ...events: readonly EventToWrite[]): readonly string[] {
  const writing = map.writer.write(events, { timezone: null });
  assert.deepEqual(rejecting(writing), []);
  const [document, ...others] = writing.documents;
  assert(document !== undefined && others.length === 0, `${writing.documents.length} documents`);
  return document.segments.map(([tag, ...elements]) => [tag, ...elements.map(elementText)].join('*'));
}

/** What is said against an event, one line each. */
export function refusals(map: CompiledMap, ...events: readonly EventToWrite[]): readonly string[] {
  const writing = map.writer.write(events, { timezone: null });
  assert.deepEqual(writing.documents, []);
  return rejecting(writing);
}

function rejecting({ findings }: MapWriting): readonly string[] {
  return findings.filter(({ severity }) => severity === 'rejected').map(({ code, text }) => `${code} ${text}`);
}

function elementText(element: PlainElement): string {
  if (typeof element === 'string') return element;
  return 'repetitions' in element ? element.repetitions.map(elementText).join('^') : element.join(':');
}
