import assert from 'node:assert/strict';
import { gather } from '../../../src/cms/content.ts';
import { readName, writeName } from '../../../src/transports/as2/names.ts';
import { eventually } from '../../support/eventually.ts';
import { as2Headers, part, postEntity, sendRaw, wrapped } from './support/raw.ts';
import { dispositionIn, document, postRaw, type Station, withStations } from './support/station.ts';
import { withStubs } from './support/stub.ts';

const PART = 'Content-Type: application/edi-x12\r\n\r\nISA*00*~';

describe('the traps of AS2 in exchange', function () {
  this.timeout(60_000);
  const stations = withStations();
  const stub = withStubs();

  describe('8: AS2 names', () => {
    for (const name of ['ACME', 'Acme Inc', 'say "hi"', 'back\\slash', 'a', 'x'.repeat(128), 'a"b\\" c']) {
      it(`${name.slice(0, 20)} is read as it was written`, () => assert.equal(readName(writeName(name)), name));
    }

    it('in quotes and without are the same, in another case they are not', () => {
      assert.equal(readName('"ACME"'), readName('ACME'));
      assert.notEqual(readName('acme'), readName('ACME'));
    });

    it('that are too long, empty or not printable are none', () => {
      for (const name of ['', '""', 'x'.repeat(129), 'a\tb', 'M\u00fcnchen']) assert.equal(readName(name), null);
    });

    it('with blanks and quotes travel both ways', async () => {
      const [sender, receiver] = stations();
      sender.agree({ ours: 'A "one"', theirs: 'B\\ two' });
      receiver.agree({ ours: 'B\\ two', theirs: 'A "one"' });
      const outcome = await sender.send(await sender.build([document('x')]));
      assert.deepEqual(outcome, { result: 'delivered', warning: null });
    });
  });

  describe('9: Message-IDs', () => {
    for (const id of ['<a@b>', 'a@b', 'no brackets, no at', '<../../etc/passwd\\CON:*?>', `<${'x'.repeat(996)}>`]) {
      it(`${id.slice(0, 30)} is answered byte for byte`, async () => {
        const [sender] = stations();
        const outcome = await sender.send(await sender.build([document('x')], id));
        assert.deepEqual(outcome, { result: 'delivered', warning: null });
        const { text } = await sendRaw(stations(), await part(PART), [], { 'Message-ID': id });
        assert.ok(text.includes(`\r\nOriginal-Message-ID: ${id}\r\n`));
      });
    }

    it('longer than a line may be are refused', async () => {
      const { status } = await sendRaw(stations(), await part(PART), [], { 'Message-ID': 'x'.repeat(999) });
      assert.equal(status, 400);
    });

    it('may be missing in an MDN', async () => {
      const [sender, receiver] = stations();
      const message = await sender.build([document('x')]);
      const answer = await postRaw(receiver, message.headers, await gather(message.body.chunks()));
      const kept = answer.entity.headers.all.filter(({ name }) => /^content-type$/i.test(name));
      const silent = await stub((response) => {
        for (const { name, value } of kept) response.setHeader(name, value);
        response.end(Buffer.from(answer.text, 'latin1'));
      });
      sender.agree({ url: silent.url });
      assert.deepEqual(await sender.send(message), { result: 'delivered', warning: null });
    });
  });

  describe('11: asynchronous MDNs', () => {
    const asking = (url: string) => ({ 'Receipt-Delivery-Option': url });
    const toBeSent = (receiver: Station, url: string) => receiver.agree({ mdnTargets: [url] });

    it('are posted only when the sender has its answer', async () => {
      const [, receiver] = stations();
      const order: string[] = [];
      const target = await stub((response) => {
        order.push('MDN');
        response.end();
      });
      toBeSent(receiver, target.url);
      const { status, text } = await sendRaw(stations(), await part(PART), [], asking(target.url));
      order.push('answered');
      assert.deepEqual([status, text], [204, '']);
      await eventually('the MDN is there', () => target.posted.length === 1);
      assert.equal(dispositionIn(target.posted[0]?.body ?? ''), 'processed');
      assert.ok(Number(target.posted[0]?.headers['content-length']) > 0);
      assert.ok(order.includes('MDN'));
    });

    it('are tried again while nobody takes them, and the message stays taken', async () => {
      const [, receiver] = stations();
      const target = await stub((response, { count }) => {
        response.statusCode = count < 2 ? 503 : 200;
        response.end();
      });
      toBeSent(receiver, `${target.url}?a=${'b'.repeat(200)}`);
      await sendRaw(stations(), await part(PART), [], asking(`${target.url}?a=${'b'.repeat(200)}`));
      await eventually('the MDN is taken', () => target.posted.length === 3);
      assert.equal(receiver.taken.length, 1);
      await eventually('none is due', async () => (await receiver.messages.undeliveredMdns()).length === 0);
    });

    it('are never sent to an address that is not agreed', async () => {
      const [, receiver] = stations();
      const target = await stub((response) => response.end());
      for (const url of [target.url, 'http://169.254.169.254/latest', 'file:///etc/passwd', 'gopher://x', 'nonsense']) {
        const { status, text } = await sendRaw(stations(), await part(PART), [], asking(url));
        assert.deepEqual([status, dispositionIn(text)], [200, 'processed']);
      }
      assert.equal(target.posted.length, 0);
      assert.equal(receiver.log.lines.filter(({ level }) => level === 'error').length, 5);
    });

    it('count once: what comes later changes nothing', async () => {
      const [sender, receiver] = stations();
      sender.agree({ mdn: { mode: 'async', signed: true, url: sender.url } });
      receiver.agree({ mdnTargets: [sender.url] });
      const message = await sender.build([document('x')]);
      await sender.send(message);
      await eventually('the MDN is here', async () => (await sender.sent.sent(message.messageId))?.receipt !== null);
      const before = await sender.sent.sent(message.messageId);
      const again = await receiver.messages.message({ theirs: 'alpha', ours: 'beta', messageId: message.messageId });
      const mdn = again?.mdn;
      assert.ok(mdn);
      const { status } = await postRaw(sender, mdn.headers, mdn.body);
      assert.equal(status, 200);
      assert.deepEqual(await sender.sent.sent(message.messageId), before);
    });

    it('that nobody can trust prove nothing, and a better one is waited for', async () => {
      const [sender, receiver] = stations();
      sender.agree({ mdn: { mode: 'async', signed: true, url: sender.url } });
      const message = await sender.build([document('x')]);
      const held = await stub((response) => response.end());
      sender.agree({ url: held.url });
      assert.deepEqual(await sender.send(message), { result: 'awaiting-mdn' });
      const forged = await sendRaw([sender, receiver], await part(PART), [], { 'Message-ID': message.messageId });
      await postRaw(sender, as2Headers(receiver, headersOf(forged.entity)), Buffer.from(forged.text, 'latin1'));
      assert.equal((await sender.sent.sent(message.messageId))?.receipt, null);
    });
  });

  describe('12: the same message again', () => {
    it('gives the same MDN and no second document', async () => {
      const [sender, receiver] = stations();
      const message = await sender.build([document('x')]);
      const body = await gather(message.body.chunks());
      const first = await postRaw(receiver, message.headers, body);
      const second = await postRaw(receiver, message.headers, body);
      assert.equal(second.text, first.text);
      assert.equal(receiver.taken.length, 1);
    });

    it('gives the same MDN also when it was encrypted anew', async () => {
      const [sender, receiver] = stations();
      const id = '<again@alpha>';
      const texts: string[] = [];
      for (let time = 0; time < 2; time++) {
        const sealed = await wrapped(sender, await part(PART), ['encrypted']);
        texts.push((await postEntity(receiver, as2Headers(sender, { 'Message-ID': id }), sealed)).text);
      }
      assert.equal(texts[1], texts[0]);
      assert.equal(receiver.taken.length, 1);
    });

    it('gives a warning where the partner wants one', async () => {
      const [sender, receiver] = stations();
      receiver.agree({ duplicates: 'warning' });
      const message = await sender.build([document('x')]);
      await sender.send(message);
      assert.deepEqual(await sender.send(message), { result: 'delivered', warning: 'warning: duplicate-document' });
      assert.equal(receiver.taken.length, 1);
    });

    it('with other content is refused, kept and not processed', async () => {
      const [sender, receiver] = stations();
      const id = { 'Message-ID': '<twice@alpha>' };
      await sendRaw(stations(), await part(PART), ['signed'], id);
      const { text } = await sendRaw(stations(), await part(`${PART}!`), ['signed'], id);
      assert.equal(dispositionIn(text), 'processed/error: unexpected-processing-error');
      assert.equal(receiver.taken.length, 1);
      const kept = await receiver.messages.message({ theirs: 'alpha', ours: 'beta', messageId: '<twice@alpha>' });
      assert.equal(kept?.accepted, true, `what was taken first stays (${sender.agreement.ours})`);
    });

    it('counts as the first time when the first time it was refused', async () => {
      const [, receiver] = stations();
      receiver.agree({ demand: { signed: true, encrypted: false } });
      const id = { 'Message-ID': '<second-chance@alpha>' };
      const first = await sendRaw(stations(), await part(PART), [], id);
      assert.equal(dispositionIn(first.text), 'processed/error: insufficient-message-security');
      const second = await sendRaw(stations(), await part(PART), ['signed'], id);
      assert.equal(dispositionIn(second.text), 'processed');
      assert.equal(receiver.taken.length, 1);
    });

    it('at the same moment is one message', async () => {
      const [sender, receiver] = stations();
      const message = await sender.build([document('x')]);
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => sender.send(message)));
      for (const outcome of outcomes) assert.deepEqual(outcome, { result: 'delivered', warning: null });
      assert.equal(receiver.taken.length, 1);
    });

    it('is taken when the road failed the first time, which got no MDN', async () => {
      const [sender, receiver] = stations();
      const message = await sender.build([document('x')]);
      const { offer } = receiver;
      receiver.offer = async () => {
        throw new Error('the ledger is away');
      };
      assert.deepEqual((await sender.send(message)).result, 'again');
      receiver.offer = offer;
      assert.deepEqual(await sender.send(message), { result: 'delivered', warning: null });
    });
  });
});

function headersOf({ headers }: Awaited<ReturnType<typeof part>>): Readonly<Record<string, string>> {
  return { 'content-type': headers.get('content-type') ?? '' };
}
