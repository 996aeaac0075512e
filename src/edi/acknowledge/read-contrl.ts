import { partText } from '../part-text.ts';
import type { Segments } from '../segments.ts';
import type {
  AcknowledgedDocument,
  AcknowledgedError,
  AcknowledgedGroup,
  AcknowledgedInterchange,
  AcknowledgedStatus,
  ReadAcknowledgment,
} from './acknowledged.ts';
import { positionOf } from './read-position.ts';

/** DE 0083: what it says of a level, and what follows for those below that are not named. */
const ACTIONS: ReadonlyMap<string, readonly [status: AcknowledgedStatus, others: AcknowledgedStatus]> = new Map([
  ['4', ['rejected', 'rejected']],
  ['7', ['accepted', 'accepted']],
  ['8', ['received', 'received']],
  // Withdrawn, and still sent.
  ['1', ['accepted', 'accepted']],
  ['2', ['accepted-with-errors', 'accepted-with-errors']],
  ['3', ['partially-accepted', 'partially-accepted']],
  ['5', ['received', 'received']],
  ['6', ['rejected', 'rejected']],
]);
/** What is not known is not taken for an acceptance. */
const UNKNOWN_ACTION = ['rejected', 'rejected'] as const;

/** Reads a CONTRL; null when it does not say which interchange it answers. */
export function readContrl(segments: Segments): ReadAcknowledgment | null {
  let interchange: AcknowledgedInterchange | null = null;
  const groups: AcknowledgedGroup[] = [];
  const documents: (AcknowledgedDocument & { readonly errors: AcknowledgedError[] })[] = [];
  let place: AcknowledgedError | null = null;
  for (let segment = 1; segment < segments.count; segment++) {
    const text = (element: number): string => partText(segments, segment, element, 1);
    const controlNumber = text(1);
    switch (segments.tag(segment)) {
      case 'UCI': {
        const [status, others] = ACTIONS.get(text(4)) ?? UNKNOWN_ACTION;
        if (controlNumber === '') return null;
        interchange = { controlNumber, status, others, errors: levelErrors(segments, segment, 'interchange', 5) };
        break;
      }
      case 'UCF': {
        const [status, others] = ACTIONS.get(text(4)) ?? UNKNOWN_ACTION;
        groups.push({ code: '', controlNumber, status, others, errors: levelErrors(segments, segment, 'group', 5) });
        break;
      }
      case 'UCM': {
        const [status] = ACTIONS.get(text(3)) ?? UNKNOWN_ACTION;
        const group = groups.at(-1)?.controlNumber ?? '';
        const errors = [...levelErrors(segments, segment, 'document', 4)];
        documents.push({ group, type: text(2), controlNumber, status, errors });
        break;
      }
      case 'UCS':
        place = { level: 'segment', code: text(2), ...positionOf({ segment: text(1) }) };
        if (place.code !== '') documents.at(-1)?.errors.push(place);
        break;
      case 'UCD':
        documents
          .at(-1)
          ?.errors.push({ ...place, ...elementPlace(segments, segment, 2), level: 'element', code: text(1) });
        break;
    }
  }
  return interchange === null ? null : { kind: 'CONTRL', interchange, groups, documents };
}

/** 0085, 0013 and S011, which stand one behind the other from `first` on; none where there is no code. */
function levelErrors(
  segments: Segments,
  segment: number,
  level: AcknowledgedError['level'],
  first: number,
): readonly AcknowledgedError[] {
  const code = partText(segments, segment, first, 1);
  const tag = partText(segments, segment, first + 1, 1);
  if (code === '') return [];
  return [{ level, code, ...(tag === '' ? {} : { tag }), ...elementPlace(segments, segment, first + 2) }];
}

/** S011, whose first element is the second after the tag. */
function elementPlace(segments: Segments, segment: number, at: number): Partial<AcknowledgedError> {
  const [position = '', component, repetition] = [1, 2, 3].map((part) => partText(segments, segment, at, part));
  const element = /^\d{1,9}$/.test(position) ? String(Number(position) - 1) : undefined;
  return positionOf({ element, component, repetition });
}
