import assert from 'node:assert/strict';
import { readAll } from '../../../src/edi/read.ts';
import { structureOf } from '../../../src/edi/structure.ts';
import type { Structure } from '../../../src/edi/structure-types.ts';
import type { JsonObject } from '../../../src/events/types.ts';
import type { CompiledMap, MapReading } from '../../../src/mapping/types.ts';
import { unb, unh } from '../../edi/support/edifact.ts';
import { bytes, gs, isa, st } from '../../edi/support/x12.ts';
import { dictionaries } from './maps.ts';

const GROUPS: Readonly<Record<string, string>> = { '856': 'SH', '214': 'QM', '940': 'OW', '945': 'SW' };

/** A document laid over its set. `release` is that of GS08; the tables are those the map was written against. */
export function structure(type: string, segments: readonly string[], release = '004010'): Structure {
  const code = GROUPS[type] ?? '';
  return structureOfFile(bytes(isa({}, gs({ code, version: release }, st(type, ...segments)))));
}

/** The first document of a file, laid over its set. */
export function structureOfFile(file: Buffer): Structure {
  for (const item of readAll(file)) {
    if (item.kind !== 'document') continue;
    const standard = item.document.segments.tag(0) === 'UNH' ? 'edifact' : 'x12';
    const definition = dictionaries.find(standard, item.document.release)?.dictionary.set(item.document.type);
    assert(definition !== undefined);
    return structureOf(definition, item.document.segments, () => {});
  }
  throw new Error('The file holds no document.');
}

/** A message of D.96A, laid over its type. */
export function message(type: string, segments: readonly string[], version = 'D:96A:UN'): Structure {
  return structureOfFile(bytes(unb({}, unh({ type, version }, ...segments))));
}

/** What a map reads from the segments between header and trailer. */
export function read(map: CompiledMap, segments: readonly string[]): MapReading {
  const { standard, set } = map.document;
  return map.read(standard === 'x12' ? structure(set, segments) : message(set, segments));
}

/** The data of each event; there must be no findings. */
export function dataOf(map: CompiledMap, segments: readonly string[]): readonly JsonObject[] {
  const { events, findings } = read(map, segments);
  assert.deepEqual(findings, []);
  return events.map(({ data }) => data);
}
