import type { Delimiters } from '../../edi/delimiters.ts';
import type { SetDefinition } from '../../edi/dictionary/types.ts';
import { writeEdifactInterchange } from '../../edi/edifact/write.ts';
import type { PlainSegment } from '../../edi/plain-segment.ts';
import { readAll } from '../../edi/read.ts';
import { structureOf } from '../../edi/structure.ts';
import type { Structure } from '../../edi/structure-types.ts';
import { writeInterchange } from '../../edi/x12/write.ts';

/** Separators that no text of an event holds, so that what is compared is the map's doing alone. */
const SEPARATORS: Delimiters = { element: 0x1d, component: 0x1f, repetition: 0x1e, segment: 0x1c, release: null };
const PARTY = { qualifier: 'ZZ', id: 'READBACK' };
const MADE = { date: '20260101', time: '0000' };

/** Segments as the structure that reading them gives; null (and why) when they cannot be written at all. */
export function structureOfSegments(
  definition: SetDefinition,
  segments: readonly PlainSegment[],
): Structure | { readonly why: string } {
  const written = definition.standard === 'x12' ? x12Bytes(definition, segments) : edifactBytes(definition, segments);
  if (!written.ok) return { why: written.refusals.map(({ text }) => text).join(' ') };
  for (const item of readAll(written.bytes)) {
    if (item.kind === 'document') return structureOf(definition, item.document.segments, () => {});
  }
  return { why: 'Nothing was written.' };
}

function x12Bytes(definition: SetDefinition, segments: readonly PlainSegment[]) {
  const set = { type: definition.type, controlNumber: '0001', segments };
  const group = {
    code: definition.group,
    sender: 'A',
    receiver: 'B',
    controlNumber: '1',
    version: definition.release,
    sets: [set],
  };
  const envelope = {
    sender: PARTY,
    receiver: PARTY,
    ...MADE,
    controlNumber: '1',
    acknowledge: '0',
    usage: 'T',
    acknowledgments: [],
  } as const;
  return writeInterchange(
    { ...envelope, version: '00501', groups: [group] },
    { delimiters: SEPARATORS, lineBreak: '', encoding: 'utf8' },
  );
}

function edifactBytes(definition: SetDefinition, segments: readonly PlainSegment[]) {
  const identifier = [definition.type, ...edifactVersion(definition.release), 'UN'];
  const message = { reference: '1', identifier, segments };
  const envelope = {
    syntax: ['UNOY', '4'],
    sender: ['A'],
    receiver: ['B'],
    ...MADE,
    reference: '1',
    groups: [],
  } as const;
  return writeEdifactInterchange(
    { ...envelope, messages: [message] },
    { delimiters: { ...SEPARATORS, release: 0x3f }, lineBreak: '', charset: 'utf-8' },
  );
}

/** `D96A` as 0052 and 0054. */
function edifactVersion(release: string): readonly string[] {
  return [release.slice(0, 1), release.slice(1)];
}
