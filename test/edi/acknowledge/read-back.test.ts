import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AcknowledgedStatus, SentDocument } from '../../../src/edi/acknowledge/acknowledged.ts';
import { acknowledgedStatus } from '../../../src/edi/acknowledge/acknowledged-status.ts';
import type { Checked } from '../../../src/edi/check/index.ts';
import type { FunctionalGroup, TransactionSet } from '../../../src/edi/envelope.ts';
import { type Finding, worst } from '../../../src/edi/finding.ts';
import { answersTo } from '../support/acknowledge.ts';
import { checkedItems, contrlsTo, contrlText } from '../support/contrl.ts';
import { unb, ung, unh } from '../support/edifact.ts';
import { acknowledgmentsIn } from '../support/read-acknowledgment.ts';
import { gs, isa, st } from '../support/x12.ts';

/** A document of a file with the findings of everything it lies in. */
interface Told {
  readonly sent: SentDocument;
  readonly own: readonly Finding[];
  readonly around: readonly Finding[];
}

/** The documents of a file of one interchange, each with what was found. */
function toldOf(checked: readonly Checked[]): readonly Told[] {
  const documents = checked.flatMap((one) => (one.kind === 'document' ? [one] : []));
  const interchange = checked.flatMap((one) => (one.kind === 'interchange' ? one.findings : []));
  return documents.map(({ document, group, interchange: { controlNumber }, findings }) => {
    const groupFindings = checked.flatMap((one) => (one.kind === 'group' && one.group === group ? one.findings : []));
    return { sent: sentOf(document, group, controlNumber), own: findings, around: [...groupFindings, ...interchange] };
  });
}

function sentOf({ type, controlNumber }: TransactionSet, group: FunctionalGroup, interchange: string): SentDocument {
  const { code, implicit } = group;
  const named = implicit ? {} : { group: { code, controlNumber: group.controlNumber } };
  return { interchange, ...named, type, controlNumber };
}

/** The status that findings mean. */
function statusOf({ own, around }: Told): AcknowledgedStatus {
  if (worst(around) === 'rejected') return 'rejected';
  const severity = worst(own);
  return severity === 'note' ? 'accepted' : severity;
}

/** What the answers to a file say of a document. */
function said(answers: readonly Buffer[], sent: SentDocument): readonly AcknowledgedStatus[] {
  return answers.flatMap(acknowledgmentsIn).flatMap((read) => acknowledgedStatus(read, sent) ?? []);
}

const BSN = 'BSN*00*SHIP1*20240102*1530';
const sets = fc.array(
  fc.constantFrom(
    st('856', BSN, 'HL*1**S'),
    st('856', BSN, 'HL*1**S*2'),
    st('856', BSN, 'CTT*0'),
    st({ type: '856', count: 9 }, BSN, 'HL*1**S'),
    st({ type: '856', trailer: false }, BSN, 'HL*1**S'),
  ),
  { maxLength: 4 },
);
const groups = fc.array(
  fc.tuple(fc.constantFrom({}, {}, { count: 9 }, { trailer: false }, { trailerControlNumber: '99' }), sets),
  { minLength: 1, maxLength: 3 },
);

const madeup = { type: 'MADEUP', version: 'D:99A:UN' };
const messages = fc.array(
  fc.constantFrom(
    unh(madeup, 'BGM', 'DTM+2', 'CNT+1'),
    unh(madeup, 'BGM+++8', 'DTM+2', 'CNT+1'),
    unh(madeup, 'BGM', 'CNT+1'),
    unh({ ...madeup, count: 9 }, 'BGM', 'DTM+2', 'CNT+1'),
  ),
  { minLength: 1, maxLength: 4 },
);
const messageGroups = fc.array(fc.tuple(fc.constantFrom({}, {}, { count: 9 }, { trailerReference: '99' }), messages), {
  minLength: 1,
  maxLength: 3,
});

describe('What is read back from our own acknowledgment', () => {
  for (const type of ['997', '999'] as const) {
    it(`is what was found: ${type}`, () => {
      fc.assert(
        fc.property(groups, fc.boolean(), (parts, complete) => {
          const file = isa({ trailer: complete }, ...parts.map(([how, all]) => gs({ code: 'SH', ...how }, ...all)));
          const answers = answersTo(file, { type });
          for (const told of toldOf(checkedItems(file))) assert.deepEqual(said(answers, told.sent), [statusOf(told)]);
        }),
        { numRuns: 150 },
      );
    });
  }

  it('says what is rejected, where only that is named', () => {
    fc.assert(
      fc.property(groups, (parts) => {
        const file = isa({}, ...parts.map(([how, all]) => gs({ code: 'SH', ...how }, ...all)));
        const answers = answersTo(file, { documents: 'rejected' });
        for (const told of toldOf(checkedItems(file))) {
          assert.deepEqual(
            said(answers, told.sent).map((status) => status === 'rejected'),
            [statusOf(told) === 'rejected'],
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is what was found: CONTRL, which knows no acceptance with errors', () => {
    const named = fc.constantFrom('all', 'rejected');
    const contents = fc.constantFrom('messages', 'groups', 'both');
    const syntax = fc.constantFrom('UNOC:3', 'UNOC:4');
    fc.assert(
      fc.property(messages, messageGroups, contents, named, syntax, fc.boolean(), (loose, parts, ...how) => {
        const [held, names, version, trailer] = how;
        const grouped = parts.map(([options, some]) => ung({ code: 'MADEUP', ...options }, ...some));
        const inside = [...(held === 'groups' ? [] : loose), ...(held === 'messages' ? [] : grouped)];
        const checked = checkedItems(unb({ syntax: version, trailer }, ...inside));
        const answers = contrlsTo(checked, { messages: names }).map(contrlText);
        for (const told of toldOf(checked)) {
          const found = statusOf(told) === 'rejected' ? 'rejected' : 'accepted';
          assert.deepEqual(said(answers, told.sent), [found]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
