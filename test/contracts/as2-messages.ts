import assert from 'node:assert/strict';
import type { As2Messages, ReceivedMessage, SentMessage } from '../../src/transports/as2/messages.ts';

const RECEIVED: ReceivedMessage = {
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

const SENT: SentMessage = {
  messageId: '<3@us>',
  connection: 'as2:acme/main',
  sentAt: 1,
  mics: { sha256: 'ab' },
  receipt: null,
};

/** The promises of As2Messages, tested over one driver. `open` called again is another process. */
export function as2MessagesContract(driver: string, open: () => Promise<As2Messages>): void {
  describe(`the contract of AS2's memory: ${driver}`, () => {
    it('keeps a message with its MDN byte for byte, for another process too', async () => {
      await (await open()).recordReceived(RECEIVED);
      assert.deepEqual(await (await open()).received(RECEIVED), RECEIVED);
    });

    it('tells messages apart by every part of their key, in every case', async () => {
      const messages = await open();
      await messages.recordReceived(RECEIVED);
      for (const change of [
        { theirs: 'acme' },
        { ours: 'US' },
        { messageId: '<1@ACME>' },
        { theirs: 'ACME\nUS "one"' },
      ]) {
        assert.equal(await messages.received({ ...RECEIVED, ...change }), null);
      }
    });

    it('keeps what was recorded last', async () => {
      const messages = await open();
      await messages.recordReceived({
        ...RECEIVED,
        accepted: false,
        disposition: 'processed/error: decryption-failed',
      });
      await messages.recordReceived(RECEIVED);
      assert.equal((await messages.received(RECEIVED))?.accepted, true);
    });

    it('names the messages whose MDN is due, until it is delivered', async () => {
      const messages = await open();
      const due = { ...RECEIVED, mdn: { headers: [], body: Buffer.from('x'), due: 'https://acme.example/mdn' } };
      await messages.recordReceived(due);
      await messages.recordReceived({ ...RECEIVED, messageId: '<other@acme>' });
      assert.deepEqual(await (await open()).undelivered(), [due]);
      await messages.recordReceived({ ...due, mdn: { ...due.mdn, due: null } });
      assert.deepEqual(await messages.undelivered(), []);
    });

    it('keeps what was sent, and its receipt', async () => {
      const messages = await open();
      assert.equal(await messages.sent(SENT.messageId), null);
      await messages.recordSent(SENT);
      const receipt = { result: 'delivered', reason: null, at: 2 };
      await messages.recordSent({ ...SENT, receipt });
      assert.deepEqual(await (await open()).sent(SENT.messageId), { ...SENT, receipt });
    });
  });
}
