import type { Checked } from '../check/index.ts';
import type { FunctionalGroup, TransactionSet } from '../envelope.ts';
import { type Finding, worst } from '../finding.ts';
import type { PlainSegment } from '../plain-segment.ts';
import type { Segments } from '../segments.ts';
import { type Status, verdictCodes } from './codes.ts';
import type { Copy } from './copy.ts';
import { answerDocument, type DocumentAnswer } from './document.ts';
import type { Shape } from './shape.ts';

type CheckedGroup = Extract<Checked, { kind: 'group' }>;

/** The answer to one functional group: the segments between ST and SE of a 997 or 999. */
export interface GroupAnswer {
  readonly group: FunctionalGroup;
  readonly shape: Shape;
  readonly segments: readonly PlainSegment[];
}

/** How many documents of a group were accepted (A), accepted with errors (E) and rejected (R). */
type StatusCounts = Readonly<Record<Status, number>>;

/** AK901: P is for a group of which some documents were rejected. */
type GroupStatus = Status | 'P';

/** What becomes of a group, by its documents and its own findings. */
function groupStatus({ A, E, R }: StatusCounts, findings: readonly Finding[]): GroupStatus {
  const own = worst(findings);
  if (own === 'rejected' || (R > 0 && A + E === 0)) return 'R';
  if (R > 0) return 'P';
  return E > 0 || own === 'accepted-with-errors' ? 'E' : 'A';
}

/** A group whose documents come one after the other. */
export interface OpenAnswer {
  /** Takes a document; answers how many notes about segments and elements it adds. Without `detail` it adds none. */
  add(document: TransactionSet, findings: readonly Finding[], detail: boolean): number;
  close(checked: CheckedGroup): GroupAnswer;
}

/** The beginning of an answer. `named` says which documents have an AK2. */
export function openAnswer(shape: Shape, named: 'all' | 'rejected', copy: Copy): OpenAnswer {
  const counts = { A: 0, E: 0, R: 0 };
  const answers: DocumentAnswer[] = [];
  return {
    add(document, findings, detail) {
      const answer = answerDocument(document, findings, shape, copy);
      counts[answer.status]++;
      if ((named === 'rejected' && answer.status !== 'R') || !isNamed(document)) return 0;
      const kept = detail ? answer : { ...answer, notes: [] };
      answers.push(kept);
      return kept.notes.length;
    },
    close({ group, trailer, findings }) {
      const { A, E, R } = counts;
      const status = groupStatus(counts, findings);
      // A rejected group takes all its documents with it: an A or E would be read as if they had been processed.
      const told = status === 'R' ? answers.filter((answer) => answer.status === 'R') : answers;
      const names = [group.code, group.controlNumber, ...(shape.detailed ? [group.version] : [])];
      const received = A + E + R;
      const numbers = [claimedCount(trailer, received), String(received), String(status === 'R' ? 0 : A + E)];
      const segments: PlainSegment[] = [
        ['AK1', ...names.map(copy.text)],
        ...told.flatMap(({ header, notes, verdict }) => [header, ...notes, verdict]),
        ['AK9', status, ...numbers, ...verdictCodes(findings, shape)],
      ];
      return { group, shape, segments };
    },
  };
}

/** What says nothing in ST01 or ST02 has no name for AK2; AK9 counts it all the same. */
function isNamed({ type, controlNumber }: TransactionSet): boolean {
  return type !== '' && controlNumber !== '';
}

/** GE01 as it was claimed; what was received where no trailer claims a number. */
function claimedCount(trailer: Segments | null, received: number): string {
  const claimed = trailer?.text(0, 1).trim() ?? '';
  return /^\d{1,6}$/.test(claimed) ? claimed : String(received);
}
