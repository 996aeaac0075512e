import type { PlainEdifactInterchange, PlainMessage, PlainMessageGroup } from '../../../src/edi/edifact/plain.ts';
import type { PlainValue } from '../../../src/edi/plain-segment.ts';
import type { Segments } from '../../../src/edi/segments.ts';
import { plainElement, plainSegments, type WholeInterchange } from './plain.ts';

/** An EDIFACT interchange as it would be given to a writer. */
export function plainEdifact({ interchange: { header }, items }: WholeInterchange): PlainEdifactInterchange {
  const text = (element: number): string => header.text(0, element);
  const [identifier = '', version = '', ...rest] = parts(header, 1);
  const [date = '', time = ''] = parts(header, 4);
  const groups: (PlainMessageGroup & { readonly messages: PlainMessage[] })[] = [];
  const messages: PlainMessage[] = [];
  for (const item of items) {
    if (item.kind === 'group' && item.group.header !== null) groups.push(plainGroup(item.group.header));
    else if (item.kind === 'document') (groups.at(-1)?.messages ?? messages).push(plainMessage(item.document.segments));
  }
  return {
    syntax: [identifier, version, ...rest],
    sender: value(header, 2),
    receiver: value(header, 3),
    date,
    time,
    reference: text(5),
    password: value(header, 6),
    application: text(7),
    priority: text(8),
    acknowledge: text(9),
    agreement: text(10),
    test: text(11) === '1',
    groups,
    messages,
  };
}

function plainGroup(header: Segments): PlainMessageGroup & { readonly messages: PlainMessage[] } {
  const text = (element: number): string => header.text(0, element);
  const [date = '', time = ''] = parts(header, 4);
  return {
    code: text(1),
    sender: value(header, 2),
    receiver: value(header, 3),
    date,
    time,
    reference: text(5),
    agency: text(6),
    version: value(header, 7),
    password: text(8),
    messages: [],
  };
}

function plainMessage(segments: Segments): PlainMessage {
  const [, , , ...details] = plainSegments(segments.slice(0, 1))[0] ?? ['UNH'];
  return {
    reference: segments.text(0, 1),
    identifier: value(segments, 2),
    details,
    segments: plainSegments(segments).slice(1, -1),
  };
}

/** An element that does not repeat. */
function value(segments: Segments, element: number): PlainValue {
  const found = plainElement(segments, 0, element);
  if (typeof found === 'object' && 'repetitions' in found) throw new Error(`element ${element} repeats`);
  return found;
}

function parts(segments: Segments, element: number): readonly string[] {
  const found = value(segments, element);
  return typeof found === 'string' ? [found] : found;
}
