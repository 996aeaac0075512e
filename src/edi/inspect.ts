import { delimiterText } from './delimiters.ts';
import type { FunctionalGroup, Interchange, PartyId, ReadItem, Standard, TransactionSet } from './envelope.ts';
import type { Finding } from './finding.ts';

/** First byte and the byte after the last, in the file. */
export type ByteRange = readonly [from: number, to: number];

export interface InspectedSet {
  readonly type: string;
  readonly release: string;
  readonly controlNumber: string;
  /** How many segments, header and trailer included. */
  readonly segments: number;
  readonly bytes: ByteRange;
}

export interface InspectedGroup {
  readonly code: string;
  readonly version: string;
  readonly controlNumber: string;
  readonly implicit: boolean;
  readonly transactionSets: readonly InspectedSet[];
}

export interface InspectedInterchange {
  readonly standard: Standard;
  readonly version: string;
  readonly sender: PartyId;
  readonly receiver: PartyId;
  readonly controlNumber: string;
  readonly test: boolean;
  /** Each as its character, null where the interchange has none. */
  readonly delimiters: {
    readonly element: string | null;
    readonly component: string | null;
    readonly repetition: string | null;
    readonly segment: string | null;
    readonly release: string | null;
  };
  readonly bytes: ByteRange;
  readonly groups: readonly InspectedGroup[];
}

/** What `crossdock inspect --json` prints. */
export interface Inspection {
  readonly interchanges: readonly InspectedInterchange[];
  readonly findings: readonly Finding[];
}

/** Collects an inspection item by item, so that a file of any size can be inspected as it is read. */
export interface Inspector {
  add(item: ReadItem): void;
  result(findings: readonly Finding[]): Inspection;
}

/** The inspection of items that are all there. */
export function inspectItems(items: Iterable<ReadItem>, findings: readonly Finding[] = []): Inspection {
  const inspector = createInspector();
  for (const item of items) inspector.add(item);
  return inspector.result(findings);
}

/** An inspector that has seen nothing yet. */
export function createInspector(): Inspector {
  const interchanges: InspectedInterchange[] = [];
  let groups: InspectedGroup[] = [];
  let sets: InspectedSet[] = [];
  return {
    add(item) {
      switch (item.kind) {
        case 'interchange':
          groups = [];
          return;
        case 'group':
          sets = [];
          return;
        case 'document':
          sets.push(inspectedSet(item.document));
          return;
        case 'group-end':
          groups.push(inspectedGroup(item.group, sets));
          return;
        case 'interchange-end':
          interchanges.push(inspectedInterchange(item.interchange, item.end, groups));
          return;
        case 'gap':
        case 'interchange-acknowledgment':
        case 'stray':
        case 'broken':
          return;
      }
    },
    result: (findings) => ({ interchanges, findings }),
  };
}

function inspectedSet(document: TransactionSet): InspectedSet {
  const { type, release, controlNumber, segments, start, end } = document;
  return { type, release, controlNumber, segments: segments.count, bytes: [start, end] };
}

function inspectedGroup(group: FunctionalGroup, transactionSets: readonly InspectedSet[]): InspectedGroup {
  const { code, version, controlNumber, implicit } = group;
  return { code, version, controlNumber, implicit, transactionSets };
}

function inspectedInterchange(
  interchange: Interchange,
  end: number,
  groups: readonly InspectedGroup[],
): InspectedInterchange {
  const { standard, version, sender, receiver, controlNumber, test, delimiters, start } = interchange;
  return {
    standard,
    version,
    sender,
    receiver,
    controlNumber,
    test,
    delimiters: {
      element: delimiterText(delimiters.element),
      component: delimiterText(delimiters.component),
      repetition: delimiterText(delimiters.repetition),
      segment: delimiterText(delimiters.segment),
      release: delimiterText(delimiters.release),
    },
    bytes: [start, end],
    groups,
  };
}
