import type { Checked } from '../check/index.ts';
import type { FunctionalGroup, Interchange } from '../envelope.ts';
import { accepted } from '../finding.ts';
import type { PlainValue } from '../plain-segment.ts';
import { copied, copiedElements } from './contrl-copy.ts';
import { answerMessage, type MessageAnswer } from './contrl-message.ts';
import { ACTION, type ContrlSegment, GROUP_TAGS, INTERCHANGE_TAGS, verdictOf } from './contrl-verdict.ts';

/** How an interchange is answered. */
export interface MessageOptions {
  /** `receipt` says that the interchange arrived, and nothing else. */
  readonly kind: 'complete' | 'receipt';
  /** Which messages and groups are named: all, or those that were rejected. Those not named are accepted. */
  readonly messages: 'all' | 'rejected';
}

/** How a partner is answered. */
export interface ContrlOptions extends MessageOptions {
  /** What was agreed for a message, which holds for its whole interchange: the first one decides. Null: no answer. */
  readonly agreed?: (type: string, release: string) => MessageOptions | null;
}

/** The answer to one interchange. */
export type Contrl =
  | {
      readonly possible: true;
      readonly interchange: Interchange;
      /** Version of the syntax: `1` to `4`. */
      readonly version: string;
      /** What stands between UNH and UNT. */
      readonly segments: readonly ContrlSegment[];
    }
  /** What the answer must copy is missing or has a wrong form. The partner must be told in another way. */
  | { readonly possible: false; readonly interchange: Interchange; readonly missing: readonly string[] };

/** Makes CONTRL while a file is checked. It keeps what is to be said, no message. */
export interface ContrlAcknowledger {
  /** Takes what checking gave, in order; the answer when an interchange ends that is to be answered, else null. */
  take(checked: Checked): Contrl | null;
}

/** So many notes on segments and elements go into one answer; messages beyond have only a verdict. */
const MAX_NOTES = 50_000;
/** To answer these would never end. */
const ACKNOWLEDGMENT = 'CONTRL';

interface GroupAnswer {
  readonly header: FunctionalGroup['header'];
  readonly verdict: readonly PlainValue[];
  readonly messages: readonly MessageAnswer[];
}

/** Answers EDIFACT interchanges with CONTRL (ISO 9735-4). */
export function createContrlAcknowledger(options: ContrlOptions): ContrlAcknowledger {
  let how: MessageOptions | null = options;
  let open: MessageAnswer[] = [];
  let loose: MessageAnswer[] = [];
  let groups: GroupAnswer[] = [];
  let counts = { notes: 0, messages: 0, acknowledgments: 0, inGroup: 0 };

  const document = ({ document, group, interchange, findings }: Extract<Checked, { kind: 'document' }>): void => {
    if (document.type === ACKNOWLEDGMENT) {
      counts.acknowledgments++;
      return;
    }
    if (counts.messages === 0 && options.agreed !== undefined) how = options.agreed(document.type, document.release);
    counts.messages++;
    counts.inGroup++;
    if (how === null || how.kind === 'receipt') return;
    const version = versionOf(interchange);
    const answer = answerMessage(
      document,
      findings,
      copiedElements(version),
      version === '4',
      counts.notes < MAX_NOTES,
    );
    counts.notes += answer.notes.length;
    // A group may yet be rejected, and all its messages with it.
    if (how.messages === 'all' || answer.rejected || !group.implicit) open.push(answer);
  };
  const closeGroup = ({ group, findings, documents }: Extract<Checked, { kind: 'group' }>): void => {
    if (group.implicit) for (const answer of open) loose.push(answer);
    else if (counts.inGroup > 0 || documents === 0) {
      const rejected = !accepted(findings);
      const messages = how?.messages === 'all' || rejected ? open : open.filter((answer) => answer.rejected);
      groups.push({ header: group.header, verdict: verdictOf(findings, GROUP_TAGS, false), messages });
    }
    open = [];
    counts.inGroup = 0;
  };
  const answer = ({ interchange, findings }: Extract<Checked, { kind: 'interchange' }>): Contrl | null => {
    if (counts.messages === 0 && options.agreed !== undefined) how = options.agreed('', '');
    if (how === null || (counts.messages === 0 && counts.acknowledgments > 0)) return null;
    const verdict = how.kind === 'receipt' ? [ACTION.received] : verdictOf(findings, INTERCHANGE_TAGS, false);
    const below = verdict[0] === ACTION.accepted ? { loose, groups } : { loose: [], groups: [] };
    return contrlOf(interchange, verdict, below, how.messages);
  };
  return {
    take(checked) {
      switch (checked.kind) {
        case 'outside':
          return null;
        case 'document':
          if (checked.interchange.standard === 'edifact') document(checked);
          return null;
        case 'group':
          if (checked.group.header?.tag(0) !== 'GS') closeGroup(checked);
          return null;
        case 'interchange': {
          const result = checked.interchange.standard === 'edifact' ? answer(checked) : null;
          loose = [];
          groups = [];
          how = options;
          counts = { notes: 0, messages: 0, acknowledgments: 0, inGroup: 0 };
          return result;
        }
      }
    },
  };
}

function contrlOf(
  interchange: Interchange,
  verdict: readonly PlainValue[],
  { loose, groups }: { readonly loose: readonly MessageAnswer[]; readonly groups: readonly GroupAnswer[] },
  named: MessageOptions['messages'],
): Contrl {
  const { header } = interchange;
  const version = versionOf(interchange);
  const elements = copiedElements(version);
  const missing = new Set<string>();
  const need = (name: string, value: readonly string[] | null): PlainValue => {
    if (value === null) missing.add(name);
    return value ?? '';
  };
  const messageSegments = ({ reference, identifier, verdict, notes }: MessageAnswer): readonly ContrlSegment[] => [
    ['UCM', need('0062 of a UNH', reference), need('S009 of a UNH', identifier), ...verdict],
    ...notes,
  ];
  const groupSegments = ({ header, verdict, messages }: GroupAnswer): readonly ContrlSegment[] => {
    const rejected = verdict[0] === ACTION.rejected;
    if (header === null || (named === 'rejected' && !rejected && messages.length === 0)) return [];
    const names = [
      need('0048 of a UNG', copied(header, 5, elements.reference)),
      need('S006 of a UNG', copied(header, 2, elements.groupParty)),
      need('S007 of a UNG', copied(header, 3, elements.groupParty)),
    ];
    return [['UCF', ...names, ...verdict], ...(rejected ? [] : messages.flatMap(messageSegments))];
  };
  const names = [
    need('0020 of the UNB', copied(header, 5, elements.reference)),
    need('S002 of the UNB', copied(header, 2, elements.party)),
    need('S003 of the UNB', copied(header, 3, elements.party)),
  ];
  // Groups and messages without one cannot be told side by side: then all are told as messages.
  const below =
    loose.length > 0
      ? [...loose, ...groups.flatMap(messagesOf)].flatMap(messageSegments)
      : groups.flatMap(groupSegments);
  const segments: readonly ContrlSegment[] = [['UCI', ...names, ...verdict], ...below];
  if (missing.size > 0) return { possible: false, interchange, missing: [...missing] };
  return { possible: true, interchange, version, segments };
}

/** The messages of a group as if there were none; a rejected group takes them with it. */
function messagesOf({ verdict, messages }: GroupAnswer): readonly MessageAnswer[] {
  const [action, code = ''] = verdict;
  if (action !== ACTION.rejected) return messages;
  return messages.map((message) => (message.rejected ? message : { ...message, verdict: [ACTION.rejected, code] }));
}

/** The version of the syntax, 3 where the UNB names none that is known. */
function versionOf({ version }: Interchange): string {
  return /:([1-4])$/.exec(version)?.[1] ?? '3';
}
