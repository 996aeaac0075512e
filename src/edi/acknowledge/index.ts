import type { Checked } from '../check/index.ts';
import type { Delimiters } from '../delimiters.ts';
import type { FunctionalGroup, Interchange, TransactionSet } from '../envelope.ts';
import { accepted } from '../finding.ts';
import type { PlainSegment } from '../plain-segment.ts';
import { createCopy } from './copy.ts';
import { type GroupAnswer, type OpenAnswer, openAnswer } from './group.ts';
import { interchangeAnswer } from './interchange.ts';
import { type AcknowledgmentType, shapeOf } from './shape.ts';

/** How a group is answered. */
export interface GroupOptions {
  readonly type: AcknowledgmentType;
  /** Which documents are named (AK2): all, or those that were rejected. AK9 counts all either way. */
  readonly documents: 'all' | 'rejected';
  /** GS08 of the answer; by default the release of the group, for a 999 that of its guide. */
  readonly version?: string;
}

/** How a partner is answered. */
export interface AcknowledgeOptions extends GroupOptions {
  /** What was agreed for a document, which holds for its whole group: the first one decides. Null: no answer. */
  readonly agreed?: (type: string, release: string) => GroupOptions | null;
  /** What the answer will be written with: nothing that holds one of them is copied into it. */
  readonly delimiters: Delimiters;
}

/** The answer to one interchange. At least one of the two is there. */
export interface Acknowledgment {
  readonly interchange: Interchange;
  readonly ta1: PlainSegment | null;
  /** In the order of the groups; none when the interchange was rejected. */
  readonly groups: readonly GroupAnswer[];
}

/** Makes acknowledgments while a file is checked. It keeps what is to be said, no document. */
export interface Acknowledger {
  /** Takes what checking gave, in order; the answer when an interchange ends that is to be answered, else null. */
  take(checked: Checked): Acknowledgment | null;
}

/** So many notes on segments and elements go into the answer to one interchange; documents beyond have only a verdict. */
const MAX_NOTES = 50_000;

/** Groups of this code carry acknowledgments: to answer them would never end. */
const ACKNOWLEDGMENTS = 'FA';

/** Answers X12 interchanges with TA1 and with 997 or 999. */
export function createAcknowledger(options: AcknowledgeOptions): Acknowledger {
  const copy = createCopy(options.delimiters);
  let open: OpenAnswer | null = null;
  let silent = false;
  let groups: GroupAnswer[] = [];
  let notes = 0;
  const answerTo = (group: FunctionalGroup, first: TransactionSet | null): OpenAnswer | null => {
    if (open !== null || silent) return open;
    const { agreed } = options;
    const how = agreed === undefined ? options : agreed(first?.type ?? '', first?.release ?? '');
    silent = how === null;
    open = how === null ? null : openAnswer(shapeOf(how.type, how.version, group), how.documents, copy);
    return open;
  };
  return {
    take(checked) {
      switch (checked.kind) {
        case 'outside':
          return null;
        case 'document': {
          const { group, document, findings } = checked;
          if (isAnswered(group)) notes += answerTo(group, document)?.add(document, findings, notes < MAX_NOTES) ?? 0;
          return null;
        }
        case 'group': {
          const answer = isAnswered(checked.group) ? answerTo(checked.group, null) : null;
          if (answer !== null) groups.push(answer.close(checked));
          open = null;
          silent = false;
          return null;
        }
        case 'interchange': {
          const answered = accepted(checked.findings) ? groups : [];
          groups = [];
          notes = 0;
          if (checked.interchange.standard !== 'x12') return null;
          const ta1 = interchangeAnswer(checked, copy);
          return ta1 === null && answered.length === 0
            ? null
            : { interchange: checked.interchange, ta1, groups: answered };
        }
      }
    },
  };
}

/** A group without a header, code or number cannot be named; those of EDIFACT are answered by CONTRL. */
function isAnswered({ header, code, controlNumber }: FunctionalGroup): boolean {
  return header?.tag(0) === 'GS' && code !== '' && controlNumber !== '' && code !== ACKNOWLEDGMENTS;
}
