import { partText } from '../part-text.ts';
import type { Segments } from '../segments.ts';
import type { ReadAcknowledgment } from './acknowledged.ts';
import { readContrl } from './read-contrl.ts';
import { readFunctional } from './read-functional.ts';

/** TA105 where nothing is wrong. */
const NO_ERROR = '000';

const ACKNOWLEDGMENTS: ReadonlySet<string> = new Set(['997', '999', 'CONTRL']);

/** Whether documents of that type are acknowledgments. */
export function isAcknowledgment(type: string): boolean {
  return ACKNOWLEDGMENTS.has(type);
}

/**
 * Reads a 997, 999 or CONTRL from ST or UNH on, or a TA1 segment; null when it is none of them, or does not say what it
 * answers. It looks at nothing but what it needs: the faults of the acknowledgment itself are for the checks.
 */
export function readAcknowledgment(segments: Segments): ReadAcknowledgment | null {
  switch (segments.tag(0)) {
    case 'TA1':
      return readTa1(segments);
    case 'ST': {
      const kind = segments.text(0, 1);
      return kind === '997' || kind === '999' ? readFunctional(segments, kind) : null;
    }
    case 'UNH':
      return partText(segments, 0, 2, 1) === 'CONTRL' ? readContrl(segments) : null;
    default:
      return null;
  }
}

/** An accepted interchange is only said to have arrived in order; its groups are answered by others. */
function readTa1(segments: Segments): ReadAcknowledgment | null {
  const controlNumber = segments.text(0, 1);
  if (controlNumber === '') return null;
  const code = segments.text(0, 5);
  const errors = code === '' || code === NO_ERROR ? [] : [{ level: 'interchange', code } as const];
  const letter = segments.text(0, 4);
  const status = letter === 'A' ? 'accepted' : letter === 'E' ? 'accepted-with-errors' : 'rejected';
  const others = status === 'rejected' ? 'rejected' : 'received';
  return { kind: 'TA1', interchange: { controlNumber, status, others, errors }, groups: [], documents: [] };
}
