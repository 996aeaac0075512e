import assert from 'node:assert/strict';
import type { NewReplay, ReplayClaim, ReplayOutcome, ReplayProgress } from '../../src/ledger/replay-types.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import {
  LEASE,
  NOON,
  newDocument,
  newEvent,
  newFile,
  newSplit,
  newTranslation,
  takeIn,
  translateOne,
} from './ledger-samples.ts';

export function newReplay(id: string, rest: Partial<NewReplay> = {}): NewReplay {
  return {
    id,
    createdAt: NOON + 10,
    actor: 'ann',
    because: '',
    filter: {},
    map: null,
    dryRun: false,
    rate: 100,
    ...rest,
  };
}

/** What every ledger promises about reading documents again. */
export function ledgerReplayContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, replays (${name})`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2', 'd3']));
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1']));
      await translateOne(ledger, newTranslation('d2', 'f1', ['e2']));
      await translateOne(ledger, newTranslation('d3', 'f1', [], { state: 'rejected' }));
    });
    afterEach(async () => {
      assert.deepEqual(await ledger.check(), []);
      assert.equal((await ledger.verifyAudit(null)).intact, true);
      await ledger.close();
    });

    async function claimed(id: string, now = NOON + 10): Promise<ReplayClaim> {
      const claim = await ledger.claimReplay(now, LEASE);
      assert.equal(claim?.replay.id, id);
      return claim;
    }
    async function outcomes(...changed: readonly string[]): Promise<readonly ReplayOutcome[]> {
      const documents = await ledger.documentsByIds(['d1', 'd2', 'd3']);
      return documents.map((document) => {
        const event = newEvent(`e${document.id.slice(1)}`);
        const data = changed.includes(document.id) ? { adviceNumber: 'other' } : event.data;
        return { document, result: newTranslation(document.id, 'f1', [], { events: [{ ...event, data }] }) };
      });
    }
    const onward = (rest: Partial<ReplayProgress> = {}): ReplayProgress => ({
      after: null,
      ended: false,
      dueAt: NOON + 20,
      tries: 0,
      ...rest,
    });
    const ids = async () => (await ledger.events({}, 0, 10)).map(({ event }) => event.supersedes ?? event.id);

    it('gives documents oldest first, each once, none that came in later', async () => {
      const late = [newDocument('late', 'f2', { receivedAt: NOON + 99 })];
      await takeIn(ledger, newFile('f2'), newSplit('f2', [], { documents: late }));
      const { total } = await ledger.requestReplay(newReplay('r1'));
      assert.equal(total, 3);
      const first = await ledger.replayDocuments(newReplay('r1'), null, 2);
      const second = await ledger.replayDocuments(newReplay('r1'), first[1]?.cursor ?? null, 2);
      assert.deepEqual(
        [...first, ...second].map(({ document }) => document.id),
        ['d1', 'd2', 'd3'],
      );
    });

    it('records what changed, counts it and goes on where the batch ended', async () => {
      await ledger.requestReplay(newReplay('r1'));
      assert.equal(await ledger.nextReplayAt(), NOON + 10);
      const claim = await claimed('r1');
      assert.deepEqual([claim.after, claim.tries], [null, 1]);
      assert.equal(await ledger.claimReplay(NOON + 10, LEASE), null);
      assert.equal(await ledger.recordReplay(claim, await outcomes('d1'), onward({ after: 'here' }), NOON + 11), true);
      assert.deepEqual(await ids(), ['e1', 'e2', 'e1', 'e3']);
      const next = await claimed('r1', NOON + 20);
      assert.deepEqual([next.after, next.tries, next.replay.done, next.replay.state], ['here', 1, 3, 'running']);
      assert.deepEqual(next.replay.report.documents, { unchanged: 1, changed: 2, refused: 0, passedOver: 0 });
      await ledger.recordReplay(next, [], onward({ ended: true }), NOON + 21);
      const done = await ledger.replay('r1');
      assert.deepEqual([done?.state, done?.endedAt], ['done', NOON + 21]);
      assert.equal(await ledger.nextReplayAt(), null);
      assert.equal((await ledger.document('d3'))?.state, 'processed');
      assert.deepEqual(
        (await ledger.auditTrail(0, 10)).map(({ action }) => action),
        ['replay.requested', 'replay.ended'],
      );
    });

    it('records a batch once, whoever took it over', async () => {
      await ledger.requestReplay(newReplay('r1'));
      const late = await claimed('r1');
      const current = await claimed('r1', NOON + 10 + LEASE);
      assert.equal(current.tries, 2);
      const changed = await outcomes('d1', 'd2');
      assert.equal(await ledger.recordReplay(late, changed, onward(), NOON + 11), false);
      await ledger.releaseReplay(late, NOON);
      assert.deepEqual(await ids(), ['e1', 'e2']);
      assert.equal(await ledger.recordReplay(current, changed, onward(), NOON + 11), true);
      const again = await claimed('r1', NOON + 20);
      assert.equal(await ledger.recordReplay(again, changed, onward(), NOON + 21), false);
      assert.deepEqual(await ids(), ['e1', 'e2', 'e1', 'e2', 'e3']);
    });

    it('gives a claim back as if it had not begun', async () => {
      await ledger.requestReplay(newReplay('r1'));
      await ledger.releaseReplay(await claimed('r1'), NOON + 30);
      assert.equal(await ledger.claimReplay(NOON + 29, LEASE), null);
      assert.equal((await claimed('r1', NOON + 30)).tries, 1);
    });

    it('lets a small replay go between the batches of a large one', async () => {
      await ledger.requestReplay(newReplay('large', { createdAt: NOON }));
      await ledger.requestReplay(newReplay('small'));
      await ledger.recordReplay(await claimed('large'), [], onward(), NOON + 11);
      await claimed('small', NOON + 20);
    });

    it('records nothing of a batch that was cancelled under way', async () => {
      await ledger.requestReplay(newReplay('r1'));
      const claim = await claimed('r1');
      await ledger.cancelReplay('r1', 'bob', NOON + 11);
      assert.equal(await ledger.recordReplay(claim, await outcomes('d1'), onward({ ended: true }), NOON + 12), false);
      assert.deepEqual(await ids(), ['e1', 'e2']);
      assert.equal((await ledger.replay('r1'))?.state, 'cancelled');
    });

    it('passes over a document that was settled anew while it was read', async () => {
      await ledger.requestReplay(newReplay('r1'));
      const claim = await claimed('r1');
      const seen = (await outcomes('d3')).map((outcome) => ({
        ...outcome,
        document: { ...outcome.document, state: 'quarantined' as const },
      }));
      await ledger.recordReplay(claim, seen, onward(), NOON + 11);
      assert.equal((await ledger.replay('r1'))?.report.documents.passedOver, 3);
    });

    it('lists replays newest first, page by page', async () => {
      for (const [index, id] of ['r1', 'r2', 'r3'].entries()) {
        await ledger.requestReplay(newReplay(id, { createdAt: NOON + index, filter: { partner: 'acme' } }));
      }
      const first = await ledger.replays(null, 2);
      const second = await ledger.replays(first.next, 2);
      assert.deepEqual(
        [...first.items, ...second.items].map(({ id, filter }) => `${id} ${filter.partner}`),
        ['r3 acme', 'r2 acme', 'r1 acme'],
      );
      assert.equal(second.next, null);
      for (const { id } of [...first.items, ...second.items]) await ledger.cancelReplay(id, 'ann', NOON);
    });
  });
}
