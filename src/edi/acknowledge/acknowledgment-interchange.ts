import { KNOWN_VERSION } from '../check/interchange-header.ts';
import type { Delimiters } from '../delimiters.ts';
import type { PartyId } from '../envelope.ts';
import type { PlainGroup, PlainInterchange, PlainSet } from '../x12/plain.ts';
import { type Copy, createCopy } from './copy.ts';
import type { GroupAnswer } from './group.ts';
import type { Acknowledgment } from './index.ts';

/** What only the sending of an acknowledgment knows. */
export interface AcknowledgmentSending {
  /** CCYYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
  /** The interchange, then the groups and sets in their order, which take consecutive numbers from these on. */
  readonly numbers: { readonly interchange: number; readonly group: number; readonly set: number };
  /** Those the acknowledgment was made for. */
  readonly delimiters: Delimiters;
}

const VERSION = '00401';
/** ISA06 and ISA08, GS02 and GS03, and the qualifiers have so many characters. */
const WIDEST_NAME = 15;
const WIDEST_QUALIFIER = 2;

/**
 * An acknowledgment as an interchange from the receiver back to the sender, as a test when that was one. It asks for no TA1.
 * Answers of the same release between the same two share a group.
 */
export function acknowledgmentInterchange(
  { interchange, ta1, groups }: Acknowledgment,
  { date, time, numbers, delimiters }: AcknowledgmentSending,
): PlainInterchange {
  const copy = createCopy(delimiters);
  const sender = partyOf(interchange.receiver, copy);
  const receiver = partyOf(interchange.sender, copy);
  let set = numbers.set;
  const setOf = ({ shape, segments }: GroupAnswer): PlainSet => ({
    type: shape.type,
    controlNumber: String(set++).padStart(4, '0'),
    ...(shape.type === '999' ? { implementation: shape.version } : {}),
    segments,
  });
  const between = ({ shape, group: { header } }: GroupAnswer) => ({
    version: shape.version,
    sender: nameOf(header?.text(0, 3) ?? '', copy) || sender.id,
    receiver: nameOf(header?.text(0, 2) ?? '', copy) || receiver.id,
  });
  const bundles = Map.groupBy(groups, (answer) => JSON.stringify(between(answer)));
  const plain = [...bundles.values()].flatMap(([first, ...rest], index): readonly PlainGroup[] => {
    if (first === undefined) return [];
    const controlNumber = String(numbers.group + index);
    return [{ code: 'FA', ...between(first), controlNumber, sets: [first, ...rest].map(setOf) }];
  });
  return {
    version: KNOWN_VERSION.test(interchange.version) ? interchange.version : VERSION,
    sender,
    receiver,
    date,
    time,
    controlNumber: String(numbers.interchange),
    acknowledge: '0',
    usage: usageOf(interchange.header.text(0, 15)),
    acknowledgments: ta1 === null ? [] : [ta1],
    groups: plain,
  };
}

function partyOf({ qualifier, id }: PartyId, copy: Copy): PartyId {
  return { qualifier: copy.text(qualifier).slice(0, WIDEST_QUALIFIER), id: nameOf(id, copy) };
}

function nameOf(name: string, copy: Copy): string {
  return copy.text(name).slice(0, WIDEST_NAME);
}

function usageOf(received: string): PlainInterchange['usage'] {
  return received === 'T' || received === 'I' ? received : 'P';
}
