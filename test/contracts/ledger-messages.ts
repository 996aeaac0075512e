import assert from 'node:assert/strict';
import type { ReceivedMessage } from '../../src/ledger/message-types.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import { newFile } from './ledger-samples.ts';

const MESSAGE: ReceivedMessage = {
  theirs: 'ACME',
  ours: 'US "one"',
  messageId: '<1@acme>',
  connection: 'as2:acme/main',
  receivedAt: 1,
  sha256: 'ab'.repeat(32),
  headers: [{ name: 'AS2-From', value: 'ACME' }],
  disposition: 'processed',
  accepted: true,
  content: 'cd'.repeat(32),
  mdn: { headers: [{ name: 'Message-ID', value: '<2@us>' }], body: Buffer.from([0, 255, 13, 10]), due: null },
};
const REFUSED: ReceivedMessage = {
  ...MESSAGE,
  accepted: false,
  content: null,
  disposition: 'processed/error: decryption-failed',
};

/** What every ledger promises about messages over AS2. */
export function ledgerMessagesContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, messages (${name})`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(async () => {
      assert.deepEqual(await ledger.check(), []);
      await ledger.close();
    });

    const record = async (message: ReceivedMessage, ...files: readonly string[]) => {
      const [earlier] = await ledger.recordMessages([{ message, files: files.map((id) => newFile(id)) }]);
      return earlier;
    };

    it('keeps a message with its MDN byte for byte, and its files', async () => {
      assert.equal(await record(MESSAGE, 'f1', 'f2'), null);
      assert.deepEqual(await ledger.message(MESSAGE), MESSAGE);
      assert.equal((await ledger.file('f2'))?.state, 'received');
      assert.equal((await ledger.claim('split', 10, 1e15, 1000)).length, 2);
    });

    it('answers a message that was accepted before with the first one, and records nothing', async () => {
      await record(MESSAGE, 'f1');
      assert.deepEqual(await record({ ...MESSAGE, sha256: 'other', mdn: null }, 'f2'), MESSAGE);
      assert.deepEqual(await record(REFUSED), MESSAGE);
      assert.deepEqual(await ledger.message(MESSAGE), MESSAGE);
      assert.equal(await ledger.file('f2'), null);
    });

    it('takes the first of two that come together', async () => {
      const second = { ...MESSAGE, sha256: 'other' };
      const answers = await ledger.recordMessages([
        { message: REFUSED, files: [] },
        { message: MESSAGE, files: [newFile('f1')] },
        { message: second, files: [newFile('f2')] },
      ]);
      assert.deepEqual(answers, [null, null, MESSAGE]);
      assert.deepEqual(await ledger.message(MESSAGE), MESSAGE);
      assert.equal(await ledger.file('f2'), null);
    });

    it('takes one of two that come at the same time', async () => {
      const racing = ['f1', 'f2', 'f3', 'f4'].map((id) => record({ ...MESSAGE, sha256: id }, id));
      const answers = await Promise.all(racing);
      const taken = ['f1', 'f2', 'f3', 'f4'].filter((_, index) => answers[index] === null);
      assert.equal(taken.length, 1);
      const kept = (await ledger.files({}, null, 10)).items.map(({ id }) => id);
      assert.deepEqual(kept, taken);
      assert.equal((await ledger.message(MESSAGE))?.sha256, taken[0]);
    });

    it('lets a message that was refused come again', async () => {
      await record(REFUSED);
      assert.equal(await record(MESSAGE, 'f1'), null);
      assert.deepEqual(await ledger.message(MESSAGE), MESSAGE);
    });

    it('tells messages apart by every part of their key, in every case', async () => {
      await record(MESSAGE);
      for (const change of [
        { theirs: 'acme' },
        { ours: 'US' },
        { messageId: '<1@ACME>' },
        { theirs: 'ACME\nUS "one"' },
      ]) {
        assert.equal(await ledger.message({ ...MESSAGE, ...change }), null);
        assert.equal(await record({ ...MESSAGE, ...change }), null);
      }
    });

    it('names the messages whose MDN is due, until it is delivered', async () => {
      const due = { ...MESSAGE, mdn: { headers: [], body: Buffer.from('x'), due: 'https://acme.example/mdn' } };
      await record(due);
      await record({ ...MESSAGE, messageId: '<other@acme>' });
      assert.deepEqual(await ledger.undeliveredMdns(), [due]);
      await ledger.mdnDelivered(due);
      assert.deepEqual(await ledger.undeliveredMdns(), []);
      assert.equal((await ledger.message(due))?.mdn?.due, null);
    });
  });
}
