import assert from 'node:assert/strict';
import type { BuiltMessage } from '../../../src/transports/as2/build.ts';
import { createOverdueMdns } from '../../../src/transports/as2/overdue-mdns.ts';
import { eventually } from '../../support/eventually.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { document, NOW, postRaw, type Station, withStations } from './support/station.ts';
import { withStubs } from './support/stub.ts';

const HOUR = 3_600_000;

describe('MDNs that are to come later', function () {
  this.timeout(60_000);
  const stations = withStations();
  const stub = withStubs();

  /** A message that a partner's server takes, and whose MDN is kept back. */
  async function takenMessage(): Promise<{ readonly sender: Station; readonly message: BuiltMessage }> {
    const [sender] = stations();
    sender.agree({ mdn: { mode: 'async', signed: true, url: sender.url }, mdnWithin: HOUR });
    const message = await sender.build([document('x')]);
    const taking = await stub((response) => response.end());
    const { url } = sender.agreement;
    sender.agree({ url: taking.url });
    assert.deepEqual(await sender.send(message), { result: 'awaiting-mdn' });
    sender.agree({ url });
    return { sender, message };
  }

  /** The MDN of the partner, brought now: `change` spoils the message before. */
  async function bringMdn(sender: Station, message: BuiltMessage, change: (body: Buffer) => Buffer): Promise<void> {
    const [, receiver] = stations();
    receiver.agree({ mdnTargets: [sender.url] });
    const body = await message.body.bytes(0, message.body.size);
    assert.equal((await postRaw(receiver, message.headers, change(body))).status, 204);
    await eventually('it came', async () => (await sender.sent.sent(message.messageId))?.receipt !== null);
    await eventually('nobody waits', async () => (await awaitedBy(sender)).length === 0);
  }

  const awaitedBy = async ({ sent }: Station) => (await sent.awaited()).map(({ messageId }) => messageId);

  async function lookAt(sender: Station, now: number): Promise<readonly string[]> {
    const log = createRecordingLog();
    const overdue = createOverdueMdns({
      sent: sender.sent,
      exceptions: sender.messages,
      answered: async () => false,
      clock: { now: () => now },
      log,
    });
    await overdue.look();
    overdue.stop();
    return log.lines.map(({ sentence }) => sentence);
  }

  const openIn = async ({ messages }: Station) =>
    (await messages.exceptions({ state: 'open' }, null, 10)).items.map(({ code, affected, text }) => ({
      code,
      affected,
      text,
    }));

  it('are told of once when they are overdue, and one that comes late resolves that', async () => {
    const { sender, message } = await takenMessage();
    assert.deepEqual(await lookAt(sender, NOW + HOUR - 1), []);
    assert.deepEqual(await openIn(sender), []);
    assert.deepEqual(await lookAt(sender, NOW + HOUR), ['An MDN is overdue.']);
    assert.deepEqual(await lookAt(sender, NOW + 2 * HOUR), []);
    const [exception] = await openIn(sender);
    assert.equal(exception?.code, 'MDN_OVERDUE');
    assert.ok(exception.text.includes(message.messageId), exception.text);
    await bringMdn(sender, message, (body) => body);
    await eventually('it is resolved', async () => (await openIn(sender)).length === 0);
  });

  it('that say no are told of as what they are', async () => {
    const { sender, message } = await takenMessage();
    await lookAt(sender, NOW + HOUR);
    await bringMdn(sender, message, (body) => body.fill(0, body.length - 40));
    const [exception, more] = await openIn(sender);
    assert.deepEqual([exception?.code, more], ['DELIVERY_REFUSED', undefined]);
    assert.match(exception?.text ?? '', /decryption-failed/);
    await sender.messages.resolveException(
      (await sender.messages.exceptions({ state: 'open' }, null, 1)).items[0]?.id ?? '',
      'seen',
      {
        actor: 'test',
        at: NOW,
      },
    );
  });

  it('are not awaited when the message was refused, or answered at once', async () => {
    const [sender, receiver] = stations();
    sender.agree({ mdn: { mode: 'async', signed: true, url: sender.url } });
    const refusing = await stub((response) => {
      response.statusCode = 403;
      response.end();
    });
    const message = await sender.build([document('x')]);
    sender.agree({ url: refusing.url });
    assert.equal((await sender.send(message)).result, 'refused');
    // Nothing is agreed on where the MDN may go: it is answered at once.
    receiver.agree({ mdnTargets: [], url: 'http://127.0.0.1:9/as2' });
    sender.agree({ url: receiver.url });
    assert.equal((await sender.send(message)).result, 'delivered');
    assert.deepEqual(await awaitedBy(sender), []);
    assert.equal((await sender.sent.sent(message.messageId))?.receipt?.result, 'delivered');
    sender.agree({ url: refusing.url });
    // It is there: trying again posts nothing.
    assert.equal((await sender.send(message)).result, 'delivered');
  });

  it('that came before the wait began end it', async () => {
    const { sender, message } = await takenMessage();
    const sent = await sender.sent.sent(message.messageId);
    assert.ok(sent !== null);
    await sender.sent.recordSent({ ...sent, receipt: { result: 'delivered', reason: null, at: NOW } });
    assert.deepEqual(await lookAt(sender, NOW + HOUR), []);
    assert.deepEqual([await awaitedBy(sender), await openIn(sender)], [[], []]);
  });
});
