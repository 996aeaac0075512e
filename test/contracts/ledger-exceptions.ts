import assert from 'node:assert/strict';
import type { ExceptionRow, NewException } from '../../src/ledger/exception-types.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import {
  claimOf,
  LEASE,
  NOON,
  newDocument,
  newFile,
  newInterchange,
  newSplit,
  newTranslation,
  takeIn,
  translateOne,
} from './ledger-samples.ts';

const ACT = { actor: 'ann', at: NOON };
const STRANGER = { code: 'SENDER_UNKNOWN', text: 'No partner sends as ZZ/ACME.' };
const REUSED = { code: 'CONTROL_NUMBER_REUSED', text: 'Number 905 was used before.' };
const UNREAD = { code: 'NO_AGREEMENT', text: 'No agreement names a map for 856.' };
const DOWN: NewException = {
  code: 'CONNECTION_UNAVAILABLE',
  partnerId: 'acme',
  scope: 'sftp:acme/main',
  text: 'The server did not answer.',
  subject: { kind: 'connection', id: 'sftp:acme/main', fileId: null },
};

/** What every ledger promises about open problems that somebody must see. */
export function ledgerExceptionContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, exceptions (${name})`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(async () => {
      assert.deepEqual(await ledger.check(), []);
      assert.equal((await ledger.verifyAudit(null)).intact, true);
      await ledger.close();
    });

    const all = async () => (await ledger.exceptions({}, null, 50)).items;
    const shown = async () =>
      (await all()).map(({ code, owner, scope, state, affected }) => [code, owner, scope, state, affected]);
    const only = async (): Promise<ExceptionRow> => {
      const [row, ...others] = await all();
      assert.ok(row !== undefined && others.length === 0);
      return row;
    };
    const subjects = async (id: string) => (await ledger.subjectsOf(id, null, 50)).items.map((subject) => subject.id);
    const quarantinedSplit = (fileId: string, reason = STRANGER) =>
      newSplit(fileId, [], {
        state: 'quarantined',
        reason,
        interchanges: [newInterchange(fileId, { state: 'quarantined', reason, partnerId: null })],
        documents: [newDocument(`doc of ${fileId}`, fileId, { state: 'quarantined', reason, partnerId: null })],
      });

    it('makes one of everything that was quarantined or rejected for the same cause', async () => {
      await takeIn(ledger, newFile('f1'), quarantinedSplit('f1'));
      await takeIn(ledger, newFile('f2'), quarantinedSplit('f2'));
      const row = await only();
      assert.deepEqual(await shown(), [['SENDER_UNKNOWN', 'onboarding', 'ZZ/ACME → ZZ/OURCO', 'open', 2]]);
      assert.deepEqual(await subjects(row.id), ['int_f1', 'int_f2']);
      assert.equal(row.partnerId, 'acme');
      assert.match(row.remedy, /identifiers/);
    });

    it('keeps those of other partners, documents and places apart', async () => {
      const reason = { code: 'ELEMENT_MISSING', text: 'HL03 is missing.' };
      const finding = (tag: string, element: number) => ({
        code: 'ELEMENT_MISSING' as const,
        severity: 'rejected' as const,
        path: '',
        position: { byte: 0, tag, element },
        text: '',
        remedy: '',
      });
      const rejected = (id: string, tag: string, element: number) =>
        newDocument(id, 'f1', { state: 'rejected', reason, findings: [finding(tag, element)] });
      const documents = [rejected('d1', 'HL', 3), rejected('d2', 'HL', 3), rejected('d3', 'N1', 4)].map(
        (document, index) => ({ ...document, start: index * 10, end: index * 10 + 10 }),
      );
      await takeIn(ledger, newFile('f1'), newSplit('f1', [], { state: 'rejected', reason, documents }));
      assert.deepEqual((await shown()).toSorted(), [
        ['ELEMENT_MISSING', 'partner', '856 HL03', 'open', 2],
        ['ELEMENT_MISSING', 'partner', '856 N104', 'open', 1],
      ]);
    });

    it('tells an open one again instead of opening another, and opens a new one after it was resolved', async () => {
      await ledger.raise(DOWN, NOON);
      await ledger.raise({ ...DOWN, text: 'The server hung up.' }, NOON + 1_000);
      const first = await only();
      assert.deepEqual(
        [first.affected, first.firstSeen, first.lastSeen, first.text],
        [1, NOON, NOON + 1_000, 'The server hung up.'],
      );
      assert.equal(await ledger.resolveException(first.id, 'they mended it', ACT), true);
      assert.equal(await ledger.resolveException(first.id, 'twice', ACT), false);
      await ledger.raise(DOWN, NOON + 9_000);
      assert.deepEqual(
        (await all()).map(({ state, resolution }) => [state, resolution]),
        [
          ['open', null],
          ['resolved', 'they mended it'],
        ],
      );
    });

    it('resolves one whose subject is well again', async () => {
      await ledger.raise(DOWN, NOON);
      await ledger.settleSubject('sftp:acme/other', NOON + 1);
      assert.equal((await only()).state, 'open');
      await ledger.settleSubject('sftp:acme/main', NOON + 2);
      const row = await only();
      assert.deepEqual([row.state, row.resolvedAt], ['resolved', NOON + 2]);
      assert.deepEqual(await subjects(row.id), []);
    });

    it('splits a file again when an interchange of it was quarantined, and takes what is found now', async () => {
      await takeIn(ledger, newFile('f1'), quarantinedSplit('f1'));
      const { id } = await only();
      assert.equal(await ledger.retryException(id, ACT), 1);
      assert.equal(await ledger.retryException(id, ACT), 0);
      assert.equal((await ledger.file('f1'))?.state, 'received');
      assert.equal((await only()).state, 'open');
      const claim = await claimOf(ledger, 'split', 'f1');
      const found = newSplit('f1', ['other id'], { interchanges: [newInterchange('f1', { id: 'int_new' })] });
      const documents = found.documents.map((row) => ({ ...row, interchangeId: 'int_new', start: 100, end: 200 }));
      await ledger.recordSplit([{ claim, result: { ...found, documents } }], NOON);
      assert.deepEqual(
        (await ledger.interchangesOf('f1')).map((row) => [row.id, row.state]),
        [['int_f1', 'accepted']],
      );
      assert.equal((await ledger.document('doc of f1'))?.state, 'received');
      assert.equal((await only()).state, 'resolved');
      await translateOne(ledger, newTranslation('doc of f1', 'f1', ['e1']));
      assert.equal((await ledger.file('f1'))?.state, 'processed');
    });

    it('leaves alone what was good in a file that is split again, and stays open when nothing changed', async () => {
      const good = newInterchange('f1', { id: 'int_a', ordinal: 1, end: 400 });
      const bad = newInterchange('f1', { id: 'int_b', ordinal: 2, start: 400, state: 'quarantined', reason: REUSED });
      const result = newSplit('f1', [], {
        interchanges: [good, bad],
        documents: [
          newDocument('d1', 'f1', { interchangeId: 'int_a' }),
          newDocument('d2', 'f1', {
            interchangeId: 'int_b',
            start: 500,
            end: 600,
            state: 'quarantined',
            reason: REUSED,
          }),
        ],
      });
      await takeIn(ledger, newFile('f1'), result);
      const { id } = await only();
      assert.equal(await ledger.retryException(id, ACT), 0, 'the file is still at work');
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1']));
      assert.equal(await ledger.retryException(id, ACT), 1);
      const again = {
        ...result,
        state: 'duplicate' as const,
        interchanges: [
          { ...good, id: 'x', state: 'duplicate' as const },
          { ...bad, id: 'y' },
        ],
        documents: result.documents.map((row) => ({
          ...row,
          id: `new ${row.id}`,
          interchangeId: row.interchangeId === 'int_a' ? 'x' : 'y',
        })),
      };
      await ledger.recordSplit([{ claim: await claimOf(ledger, 'split', 'f1'), result: again }], NOON);
      assert.deepEqual(
        (await ledger.interchangesOf('f1')).map((row) => [row.id, row.state]),
        [
          ['int_a', 'accepted'],
          ['int_b', 'quarantined'],
        ],
      );
      assert.deepEqual(
        [(await ledger.document('d1'))?.state, (await ledger.document('d2'))?.state, (await ledger.file('f1'))?.state],
        ['processed', 'quarantined', 'processed'],
      );
      assert.deepEqual(await shown(), [['CONTROL_NUMBER_REUSED', 'partner', 'ZZ/ACME → ZZ/OURCO', 'open', 1]]);
    });

    it('translates again what was given up, and is resolved with the last that goes well', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1', 'd2']));
      for (const documentId of ['d1', 'd2']) {
        const claim = await claimOf(ledger, 'translate', documentId, NOON + 2);
        await ledger.fail(claim, NOON, 'fell over', null, { code: 'WORK_GAVE_UP', text: `${documentId} fell over.` });
      }
      const { id, affected, scope } = await only();
      assert.deepEqual([affected, scope], [2, '856']);
      assert.equal(await ledger.retryException(id, ACT), 2);
      await translateOne(ledger, newTranslation('d1', 'f1', ['e1']));
      assert.deepEqual([(await only()).state, await subjects(id)], ['open', ['d2']]);
      const claim = await claimOf(ledger, 'translate', 'd2', NOON + 2);
      await ledger.fail(claim, NOON, 'again', null, { code: 'WORK_GAVE_UP', text: 'd2 fell over again.' });
      assert.deepEqual([(await only()).affected, (await only()).text], [2, 'd2 fell over again.']);
      assert.equal(await ledger.retryException(id, ACT), 1);
      await translateOne(ledger, newTranslation('d2', 'f1', ['e2']));
      assert.equal((await only()).state, 'resolved');
      assert.equal((await ledger.file('f1'))?.state, 'processed');
      const trail = await ledger.auditTrail(0, 10);
      assert.deepEqual(
        trail.map(({ actor, action, target, details }) => [actor, action, target, details]),
        [
          ['ann', 'exception.retried', id, { retried: '2' }],
          ['ann', 'exception.retried', id, { retried: '1' }],
        ],
      );
    });

    it('reads again what was delivered unread, and keeps the event that told of it', async () => {
      await takeIn(ledger, newFile('f1'), newSplit('f1', ['d1']));
      await translateOne(ledger, newTranslation('d1', 'f1', ['unread'], { mapPin: null, reason: UNREAD }));
      const { id } = await only();
      assert.equal(await ledger.retryException(id, ACT), 1);
      await translateOne(ledger, newTranslation('d1', 'f1', ['read']));
      assert.equal((await only()).state, 'resolved');
      const events = await ledger.events({ document: 'd1' }, 0, 10);
      assert.deepEqual(
        events.map(({ event }) => event.id),
        ['unread', 'read'],
      );
      assert.equal((await ledger.document('d1'))?.events, 2);
      assert.equal((await ledger.document('d1'))?.reason, null);
    });

    it('tries a resolved one no more', async () => {
      await takeIn(ledger, newFile('f1'), quarantinedSplit('f1'));
      const { id } = await only();
      await ledger.resolveException(id, 'a test of theirs', ACT);
      assert.equal(await ledger.retryException(id, ACT), 0);
      assert.equal(await ledger.assignException(id, 'ann', ACT), false);
      assert.equal((await ledger.file('f1'))?.state, 'quarantined');
    });

    it('is given to somebody and taken back', async () => {
      await ledger.raise(DOWN, NOON);
      const { id } = await only();
      assert.equal(await ledger.assignException(id, 'bob', ACT), true);
      assert.equal((await ledger.exception(id))?.assignee, 'bob');
      assert.equal(await ledger.assignException(id, null, ACT), true);
      assert.equal((await ledger.exception(id))?.assignee, null);
      assert.equal(await ledger.exception('none'), null);
    });

    it('lists them newest first, page by page, by state, owner, code and partner', async () => {
      for (let index = 0; index < 5; index++) {
        const scope = `sftp:acme/${index}`;
        await ledger.raise({ ...DOWN, scope, subject: { ...DOWN.subject, id: scope } }, NOON + index);
      }
      await ledger.raise({ ...DOWN, code: 'CONNECTION_LOGIN', partnerId: 'beta' }, NOON + 9);
      const first = await ledger.exceptions({ partner: 'acme' }, null, 3);
      const second = await ledger.exceptions({ partner: 'acme' }, first.next, 3);
      const scopes = [...first.items, ...second.items].map(({ scope }) => scope.at(-1));
      assert.deepEqual([scopes, second.next], [['4', '3', '2', '1', '0'], null]);
      assert.equal((await ledger.exceptions({ code: 'CONNECTION_LOGIN' }, null, 9)).items.length, 1);
      assert.equal((await ledger.exceptions({ owner: 'onboarding' }, null, 9)).items.length, 1);
      assert.equal((await ledger.exceptions({ state: 'resolved' }, null, 9)).items.length, 0);
      const counts = (await ledger.openExceptions()).toSorted((a, b) => a.count - b.count);
      assert.deepEqual(counts, [
        { owner: 'onboarding', code: 'CONNECTION_LOGIN', count: 1, oldestAt: NOON + 9 },
        { owner: 'partner', code: 'CONNECTION_UNAVAILABLE', count: 5, oldestAt: NOON },
      ]);
    });

    it('knows how often a claim was lost, and blames nobody for what was given back or reported', async () => {
      await ledger.recordFiles([newFile('f1')]);
      const lost: number[] = [];
      const claim = async (now: number) => {
        const [claimed] = await ledger.claim('split', 1, now, LEASE, true);
        assert.ok(claimed !== undefined);
        lost.push(claimed.lost);
        return claimed;
      };
      await ledger.release([await claim(NOON)], NOON);
      await ledger.fail(await claim(NOON), NOON, 'no luck', NOON, { code: 'WORK_GAVE_UP', text: '' });
      await claim(NOON);
      await claim(NOON + LEASE);
      await claim(NOON + 2 * LEASE);
      assert.deepEqual(lost, [0, 0, 0, 1, 2]);
    });

    it('counts once what was lost while it was held with others', async () => {
      await ledger.recordFiles([newFile('f1'), newFile('f2')]);
      const lost: (readonly number[])[] = [];
      for (let died = 0; died < 4; died++) {
        const claims = await ledger.claim('split', 64, NOON + died * LEASE, LEASE);
        lost.push(claims.map((claim) => claim.lost));
      }
      assert.deepEqual(lost, [
        [0, 0],
        [1, 1],
        [1, 1],
        [1, 1],
      ]);
    });
  });
}
