import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AcknowledgedStatus } from '../../../src/edi/acknowledge/acknowledged.ts';
import { type SentState, stateAfter } from '../../../src/edi/acknowledge/sent-state.ts';

const stateOf = (told: readonly AcknowledgedStatus[]): SentState => told.reduce<SentState>(stateAfter, 'sent');

/** What acknowledgments said one after the other, and what is known of the document then. */
const ROWS: readonly (readonly [what: string, told: readonly AcknowledgedStatus[], state: SentState])[] = [
  ['nothing was said', [], 'sent'],
  ['a TA1 accepted the interchange, or a CONTRL received it', ['received'], 'transport-confirmed'],
  ['a 997 accepted it', ['accepted'], 'accepted'],
  ['a CONTRL received it and the next one accepted it', ['received', 'accepted'], 'accepted'],
  ['the receipt came late', ['rejected', 'received'], 'rejected'],
  ['a 997 accepted it with errors', ['received', 'accepted-with-errors'], 'accepted-with-errors'],
  ['a group was accepted in part', ['received', 'partially-accepted'], 'partially-accepted'],
  ['and then it was named', ['partially-accepted', 'accepted'], 'accepted'],
  ['a 997 came twice', ['accepted', 'accepted'], 'accepted'],
  ['an acceptance was taken back', ['accepted', 'rejected'], 'rejected'],
];

describe('A document that was sent', () => {
  for (const [what, told, state] of ROWS) it(`is ${state} when ${what}`, () => assert.equal(stateOf(told), state));

  it('has the same state in whatever order and however often it is said', () => {
    const statuses: readonly AcknowledgedStatus[] = [
      ...(['received', 'accepted', 'accepted-with-errors', 'partially-accepted', 'rejected'] as const),
    ];
    const shuffled = fc
      .array(fc.constantFrom(...statuses), { maxLength: 6 })
      .chain((said) =>
        fc.tuple(fc.constant(said), fc.shuffledSubarray([...said, ...said], { minLength: said.length * 2 })),
      );
    fc.assert(fc.property(shuffled, ([said, again]) => assert.equal(stateOf(again), stateOf(said))));
  });
});
