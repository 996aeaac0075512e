import assert from 'node:assert/strict';
import { gather } from '../../../src/cms/content.ts';
import { askedMdn } from '../../../src/transports/as2/mdn-request.ts';
import { createHeaders } from '../../../src/transports/as2/mime/headers.ts';
import { as2Headers, part, sendRaw } from './support/raw.ts';
import { dispositionIn, document, postRaw, type Station, withStations } from './support/station.ts';
import { exchange, withStubs } from './support/stub.ts';

describe('the traps of AS2 over HTTP', function () {
  this.timeout(60_000);
  const stations = withStations();
  const stub = withStubs();

  describe('13: what is sent again', () => {
    for (const [status, result] of [
      [400, 'refused'],
      [401, 'refused'],
      [404, 'refused'],
      [301, 'refused'],
      [408, 'again'],
      [429, 'again'],
      [500, 'again'],
      [503, 'again'],
    ] as const) {
      it(`an answer of ${status}: ${result}`, async () => {
        const [sender] = stations();
        const partner = await stub((response) => {
          response.statusCode = status;
          response.end('<html>');
        });
        sender.agree({ url: partner.url });
        assert.equal((await sender.send(await sender.build([document('x')]))).result, result);
      });
    }

    for (const [title, body] of [
      ['empty', ''],
      ['a page', '<html>OK</html>'],
    ] as const) {
      it(`an answer of 200 that is ${title} is no receipt`, async () => {
        const [sender] = stations();
        const partner = await stub((response) => response.end(body));
        sender.agree({ url: partner.url });
        assert.equal((await sender.send(await sender.build([document('x')]))).result, 'again');
      });
    }

    it('a connection that is refused, or cut, is tried again with the same id', async () => {
      const [sender] = stations();
      const message = await sender.build([document('x')]);
      const partner = await stub((response) => response.destroy());
      sender.agree({ url: partner.url });
      assert.equal((await sender.send(message)).result, 'again');
      partner.stop();
      assert.equal((await sender.send(message)).result, 'again');
      assert.equal(partner.posted[0]?.headers['message-id'], message.messageId);
    });

    it('a signed refusal is not sent again', async () => {
      const [sender, receiver] = stations();
      receiver.agree({ demand: { signed: true, encrypted: true } });
      sender.agree({ encrypt: null });
      const outcome = await sender.send(await sender.build([document('x')]));
      assert.deepEqual(outcome, {
        result: 'refused',
        reason: 'The partner refused the message: error: insufficient-message-security.',
      });
    });
  });

  describe('14: lengths', () => {
    const head = (receiver: Station, more: string) =>
      `POST /as2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAS2-From: ${receiver.agreement.theirs}\r\nAS2-To: ${receiver.agreement.ours}\r\nMessage-ID: <${more.length}-${++count}@raw>\r\nDisposition-Notification-To: x\r\nContent-Type: application/edi-x12\r\n${more}\r\n`;
    let count = 0;

    it('are told by Content-Length when we send, and never by chunks too', async () => {
      const [sender] = stations();
      const partner = await stub((response) => response.end());
      sender.agree({ url: partner.url, encoding: 'base64' });
      await sender.send(await sender.build([document('x'.repeat(3_000_000))]));
      const [{ headers, body } = { headers: {}, body: '' }] = partner.posted;
      assert.equal(headers['content-length'], String(body.length));
      assert.equal(headers['transfer-encoding'], undefined);
      assert.equal(headers.expect, undefined);
    });

    it('may come in chunks, with zeros and extensions in their sizes', async () => {
      const [, receiver] = stations();
      const answer = await exchange(receiver.url, [
        `${head(receiver, 'Transfer-Encoding: chunked\r\n')}0003\r\nISA\r\n3;x=y\r\n*0~\r\n0\r\n\r\n`,
      ]);
      assert.match(answer, /^HTTP\/1\.1 200 /);
      assert.match(answer, /\r\nContent-Length: \d+\r\n/i);
      assert.equal(receiver.taken[0]?.bytes.toString(), 'ISA*0~');
    });

    it('told in two ways are refused', async () => {
      const [, receiver] = stations();
      const both = `${head(receiver, 'Transfer-Encoding: chunked\r\nContent-Length: 3\r\n')}3\r\nISA\r\n0\r\n\r\n`;
      const two = `${head(receiver, 'Content-Length: 3\r\nContent-Length: 4\r\n')}ISA*`;
      for (const request of [both, two]) assert.match(await exchange(receiver.url, [request]), /^HTTP\/1\.1 400 /);
      assert.equal(receiver.taken.length, 0);
    });

    it('may be announced with Expect: 100-continue', async () => {
      const [, receiver] = stations();
      const request = head(receiver, 'Expect: 100-continue\r\nContent-Length: 3\r\n');
      const answer = await exchange(receiver.url, [request, 'ISA']);
      assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
      assert.equal(receiver.taken[0]?.bytes.toString(), 'ISA');
    });
  });

  describe('19: noise', () => {
    it('in the case of headers, in headers nobody asked for, and missing ones mean nothing', async () => {
      const [, receiver] = stations();
      const { ours, theirs } = receiver.agreement;
      const headers = {
        'as2-from': theirs,
        'AS2-TO': ours,
        'mEsSaGe-Id': '<noise@tests>',
        'DISPOSITION-NOTIFICATION-TO': 'x',
        authorization: 'Basic eDp5',
        'x-surprise': 'yes',
        'content-type': 'Application/EDI-X12; charset=UTF-8',
      };
      const { status, text, entity } = await postRaw(receiver, headers, Buffer.from('ISA'));
      assert.deepEqual([status, dispositionIn(text)], [200, 'processed']);
      assert.equal(entity.headers.get('ediint-features'), 'multiple-attachments, AS2-Reliability');
      assert.equal(entity.headers.get('as2-to'), theirs);
    });

    it('in an MDN that comes in many pieces means nothing', async () => {
      const [sender, receiver] = stations();
      const message = await sender.build([document('x')]);
      const answer = await postRaw(receiver, message.headers, await gather(message.body.chunks()));
      const slow = await stub((response) => {
        response.setHeader('content-type', answer.entity.headers.get('content-type') ?? '');
        const letters = Buffer.from(answer.text, 'latin1');
        const step = (at: number): void => {
          if (at >= letters.length) response.end();
          else response.write(letters.subarray(at, at + 97), () => step(at + 97));
        };
        step(0);
      });
      sender.agree({ url: slow.url });
      assert.deepEqual(await sender.send(message), { result: 'delivered', warning: null });
    });

    it('around what is asked for means nothing', () => {
      const options =
        'Signed-Receipt-Protocol = OPTIONAL , x-pkcs7-signature ; signed-receipt-micalg="optional", "SHA1"';
      const asked = askedMdn(
        createHeaders([
          { name: 'Disposition-Notification-To', value: 'x' },
          { name: 'disposition-notification-options', value: options },
        ]),
      );
      assert.deepEqual(asked, { signed: true, digests: ['sha1'], url: null, unsupported: null });
      assert.equal(askedMdn(createHeaders([])), null);
    });
  });

  describe('20: size and time', () => {
    it('a message above the limit is refused before it is all here', async () => {
      const [, receiver] = stations();
      const { status } = await postRaw(receiver, as2Headers(stations()[0]), Buffer.alloc(9_000_000));
      assert.equal(status, 413);
      assert.equal(receiver.taken.length, 0);
    });

    it('what unpacks to more than the limit is refused', async () => {
      const bomb = Buffer.concat([Buffer.from('Content-Type: text/plain\r\n\r\n'), Buffer.alloc(7_900_000)]);
      const { text } = await sendRaw(stations(), await part(bomb), ['compressed']);
      assert.equal(dispositionIn(text), 'processed/error: decompression-failed');
    });

    it('more parts than any message has are refused', async () => {
      const parts = '--b\r\n\r\nx\r\n'.repeat(300);
      const text = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--`;
      const answer = await sendRaw(stations(), await part(text), ['signed']);
      assert.equal(dispositionIn(answer.text), 'processed/error: unexpected-processing-error');
    });

    it('an answer that does not come in time is waited for no longer', async () => {
      const [sender] = stations();
      const silent = await stub(() => {});
      sender.agree({ url: silent.url });
      const outcome = await sender.send(await sender.build([document('x')]), { deadline: 100 });
      assert.deepEqual(outcome, { result: 'again', reason: 'No answer came within 0.1 s.' });
    });
  });
});
