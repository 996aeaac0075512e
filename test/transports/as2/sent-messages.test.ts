import assert from 'node:assert/strict';
import { createSentMessages, type SentMessage } from '../../../src/transports/as2/sent-messages.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const SENT: SentMessage = {
  messageId: '<3@us>',
  connection: 'as2:acme/main',
  sentAt: 1,
  mics: { sha256: 'ab' },
  receipt: null,
};

describe('messages that we sent over AS2', () => {
  const folder = tempFolder();

  it('are remembered with their receipt, for another process too', async () => {
    const messages = createSentMessages(folder());
    assert.equal(await messages.sent(SENT.messageId), null);
    await messages.recordSent(SENT);
    const receipt = { result: 'delivered', reason: null, at: 2 };
    await messages.recordSent({ ...SENT, receipt });
    assert.deepEqual(await createSentMessages(folder()).sent(SENT.messageId), { ...SENT, receipt });
  });

  it('are awaited until somebody says that they are no more, the earliest due first', async () => {
    const messages = createSentMessages(folder());
    assert.deepEqual(await messages.awaited(), []);
    const awaited = { connection: SENT.connection, partnerId: 'acme', takenAt: 1, toldAt: null };
    const [late, soon] = [
      { ...awaited, messageId: '<late@us>', dueAt: 9 },
      { ...awaited, messageId: '<soon@us>', dueAt: 5 },
    ];
    await messages.recordAwaited(late);
    await messages.recordAwaited(soon);
    assert.deepEqual(await createSentMessages(folder()).awaited(), [soon, late]);
    await messages.endWait(soon.messageId);
    await messages.endWait(soon.messageId);
    assert.deepEqual(await messages.awaited(), [late]);
  });
});
