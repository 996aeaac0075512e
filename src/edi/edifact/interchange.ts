import type { Interchange } from '../envelope.ts';
import { partText } from '../part-text.ts';
import type { Segments } from '../segments.ts';
import { headerSegments } from '../syntax.ts';
import { unreadableHeader } from './header.ts';

/** What a UNB says. */
export function describeUnb(header: Segments, start: number, ordinal: number, irregularHeader: boolean): Interchange {
  const part = (element: number, component: number): string => partText(header, 0, element, component);
  return {
    standard: 'edifact',
    ordinal,
    version: [part(1, 1), part(1, 2)].filter((text) => text !== '').join(':'),
    sender: { qualifier: part(2, 2), id: part(2, 1) },
    receiver: { qualifier: part(3, 2), id: part(3, 1) },
    controlNumber: header.text(0, 5).trim(),
    date: part(4, 1),
    time: part(4, 2),
    test: header.text(0, 11).trim() === '1',
    delimiters: header.delimiters,
    header,
    start,
    irregularHeader,
  };
}

/** What can be told of a UNA or UNB whose delimiters cannot be found. */
export function unreadableUnb(view: Buffer, start: number, ordinal: number): Interchange {
  return describeUnb(headerSegments(unreadableHeader(view), view, start), start, ordinal, true);
}
