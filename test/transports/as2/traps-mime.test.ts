import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { DIGESTS } from '../../../src/cms/algorithms.ts';
import { readDigest, readMic, writeDigest, writeMic } from '../../../src/transports/as2/digest-names.ts';
import { readDisposition, writeDisposition } from '../../../src/transports/as2/disposition.ts';
import { micIn, part, sendRaw, wrapped } from './support/raw.ts';
import { dispositionIn, document, withStations } from './support/station.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'latin1').digest('base64');

const HEADERS = 'Content-Type: application/edi-x12\r\nContent-Disposition: attachment; filename=a.edi\r\n';
const BODY = 'ISA*00*\nLF and CR\r and \xfcmlaut\r\n\r\nIEA~';
const PART = `${HEADERS}\r\n${BODY}`;

describe('the traps of AS2 in MIME', function () {
  this.timeout(60_000);
  const stations = withStations();

  describe('1: what a MIC is over', () => {
    it('is the body alone of a plain message', async () => {
      const { text } = await sendRaw(stations(), await part(PART), []);
      assert.equal(micIn(text), sha256(BODY));
    });

    for (const layers of [
      ['signed'],
      ['encrypted'],
      ['signed', 'encrypted'],
      ['compressed'],
      ['compressed', 'encrypted'],
    ] as const) {
      it(`is the part with its headers of one that is ${layers.join(', ')}`, async () => {
        const { text } = await sendRaw(stations(), await part(PART), layers);
        assert.equal(dispositionIn(text), 'processed');
        assert.equal(micIn(text), sha256(PART));
      });
    }
  });

  describe('2: compression before and after signing', () => {
    it('is taken in both orders, and the MIC is over what was signed', async () => {
      const [sender] = stations();
      const inner = await part(PART);
      const after = await sendRaw(stations(), inner, ['signed', 'compressed', 'encrypted']);
      assert.equal(micIn(after.text), sha256(PART));
      const squeezed = await wrapped(sender, inner, ['compressed']);
      const before = await sendRaw(stations(), squeezed, ['signed', 'encrypted']);
      const signedBytes = await squeezed.whole.bytes(0, squeezed.whole.size);
      assert.equal(micIn(before.text), sha256(signedBytes.toString('latin1')));
    });

    it('is not taken twice', async () => {
      const { text } = await sendRaw(stations(), await part(PART), ['compressed', 'compressed']);
      assert.equal(dispositionIn(text), 'processed/error: decompression-failed');
    });
  });

  it('3: a missing transfer encoding means binary, and nothing is added', async () => {
    for (const layers of [['signed'], ['encrypted'], []] as const) {
      await sendRaw(stations(), await part(PART), layers);
      assert.equal(stations()[1].taken.at(-1)?.bytes.toString('latin1'), BODY);
    }
  });

  describe('4: line breaks', () => {
    for (const [title, body] of [
      ['LF', 'a\nb\n'],
      ['CR', 'a\rb\r'],
      ['CRLF', 'a\r\nb\r\n'],
      ['none', 'a'],
      ['several at the end', 'a\r\n\r\n\n'],
      ['bytes above 127', '\xe4\xff\x80'],
    ] as const) {
      it(`arrive as they were sent: ${title}`, async () => {
        const [sender, receiver] = stations();
        const bytes = Buffer.from(body, 'latin1');
        assert.deepEqual(await sender.send(await sender.build([document(bytes)])), {
          result: 'delivered',
          warning: null,
        });
        assert.ok(receiver.taken[0]?.bytes.equals(bytes));
      });
    }

    it('before a boundary belong to the boundary, and text behind the last one is passed over', async () => {
      const [sender, receiver] = stations();
      const signed = await wrapped(sender, await part(`${HEADERS}\r\na\r\n`), ['signed']);
      const bytes = await signed.body.bytes(0, signed.body.size);
      const body = Buffer.concat([
        Buffer.from('This is a preamble.\r\n'),
        bytes,
        Buffer.from('\r\nand this an epilogue\r\n'),
      ]);
      const { text } = await sendRaw(stations(), await part(Buffer.concat([header(signed), body])), []);
      assert.equal(dispositionIn(text), 'processed');
      assert.equal(receiver.taken[0]?.bytes.toString(), 'a\r\n');
    });

    it('of a text part are signed as they are sent', async () => {
      const text = 'Content-Type: text/plain\r\n\r\none\ntwo\n';
      const answer = await sendRaw(stations(), await part(text), ['signed', 'encrypted']);
      assert.equal(micIn(answer.text), sha256(text));
    });
  });

  describe('5: base64', () => {
    const encoded = Buffer.from(BODY, 'latin1').toString('base64');
    for (const [title, written] of [
      ['in one line', encoded],
      ['in lines of 76', encoded.replace(/.{76}/g, '$&\r\n')],
      ['in lines of 64 that end with LF', encoded.replace(/.{64}/g, '$&\n')],
      ['in lines of 10 with an empty one behind', `${encoded.replace(/.{10}/g, '$&\r\n')}\r\n\r\n`],
    ] as const) {
      it(`is read ${title}, and the MIC is over its letters`, async () => {
        const text = `Content-Type: application/edi-x12\r\nContent-Transfer-Encoding: BASE64\r\n\r\n${written}`;
        for (const layers of [['signed'], ['signed', 'encrypted']] as const) {
          const answer = await sendRaw(stations(), await part(text), layers);
          assert.equal(dispositionIn(answer.text), 'processed');
          assert.equal(micIn(answer.text), sha256(text));
          assert.equal(stations()[1].taken.at(-1)?.bytes.toString('latin1'), BODY);
        }
      });
    }

    it('of an envelope is read when the header says so, and when nobody says so', async () => {
      const [sender] = stations();
      const sealed = await wrapped(sender, await part(PART), ['signed', 'encrypted']);
      const letters = (await sealed.body.bytes(0, sealed.body.size)).toString('base64').replace(/.{60}/g, '$&\n');
      for (const encoding of ['Content-Transfer-Encoding: base64\r\n', '']) {
        const type = 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n';
        const { text } = await sendRaw(stations(), await part(`${type}${encoding}\r\n${letters}`), []);
        assert.equal(dispositionIn(text), 'processed');
      }
    });

    it('that is none is refused', async () => {
      const text = 'Content-Type: application/edi-x12\r\nContent-Transfer-Encoding: base64\r\n\r\n***';
      const answer = await sendRaw(stations(), await part(text), ['signed']);
      assert.equal(dispositionIn(answer.text), 'processed/error: unexpected-processing-error');
    });

    it('is not the only one: quoted-printable is read too', async () => {
      const text = 'Content-Transfer-Encoding: quoted-printable\r\n\r\nISA=2A=\r\n00=E4  \r\n~=';
      await sendRaw(stations(), await part(text), ['signed']);
      assert.equal(stations()[1].taken[0]?.bytes.toString('latin1'), 'ISA*00\xe4\r\n~=');
    });
  });

  describe('6: folded headers', () => {
    it('are never sent, however long they are', async () => {
      const [sender] = stations();
      const { headers } = await sender.build([document('x', 'n'.repeat(200))]);
      for (const { name, value } of headers) assert.match(value, /^[ -~]*$/, name);
    });

    it('are read inside MIME', async () => {
      const folded =
        'Content-Type: application/edi-x12;\r\n\tcharset="us-ascii"\r\nContent-Disposition: attachment;\n filename="folded\r\n name.edi"\r\n\r\nx';
      await sendRaw(stations(), await part(folded), ['signed']);
      assert.equal(stations()[1].taken[0]?.name, 'folded name.edi');
    });
  });

  describe('7: names of digests', () => {
    for (const spelling of ['sha-256', 'SHA256', 'sha256', 'sha_256', 'rsa-sha256', ' Sha-256 ']) {
      it(`${spelling} is SHA-256`, () => assert.equal(readDigest(spelling), 'sha256'));
    }

    it('MD5 and what nobody knows are none', () => {
      for (const spelling of ['md5', 'rsa-md5', 'sha-2', '']) assert.equal(readDigest(spelling), null);
    });

    it('are written as the partner wants them', () => {
      assert.deepEqual(
        DIGESTS.map((digest) => writeDigest(digest, 'dashed')),
        ['sha1', 'sha-256', 'sha-384', 'sha-512'],
      );
      assert.deepEqual(
        DIGESTS.map((digest) => writeDigest(digest, 'plain')),
        ['sha1', 'sha256', 'sha384', 'sha512'],
      );
    });

    it('stand behind a MIC with a blank, without one, and behind one that was wrapped', () => {
      const value = createHash('sha512').update('x').digest();
      const written = writeMic({ digest: 'sha512', value }, 'dashed');
      for (const text of [written, written.replace(', ', ','), written.replace(/.{76}/, '$&\r\n ')]) {
        assert.deepEqual(readMic(text), { digest: 'sha512', value });
      }
    });

    for (const [asked, digest] of [
      ['required, sha512, sha1', 'sha512'],
      ['optional,md5,SHA-384', 'sha384'],
      ['optional, sha_256', 'sha256'],
    ] as const) {
      it(`asked for as "${asked}" give a MIC with the first that is known`, async () => {
        const options = { 'Disposition-Notification-Options': `signed-receipt-micalg=${asked}` };
        const { text } = await sendRaw(stations(), await part(PART), ['signed'], options);
        assert.equal(micIn(text), createHash(digest).update(PART, 'latin1').digest('base64'));
      });
    }

    it('that must be and are not known make the message fail, unprocessed', async () => {
      const options = { 'Disposition-Notification-Options': 'signed-receipt-micalg=required, md5' };
      const { text } = await sendRaw(stations(), await part(PART), ['signed'], options);
      assert.equal(dispositionIn(text), 'failed/failure: unsupported MIC-algorithms');
      assert.equal(stations()[1].taken.length, 0);
    });
  });

  describe('10: dispositions', () => {
    for (const [text, outcome, modifier] of [
      ['automatic-action/MDN-sent-automatically; processed', 'accepted', ''],
      ['automatic-action/MDN-sent-automatically;processed', 'accepted', ''],
      ['AUTOMATIC-ACTION/mdn-sent-automatically ;  Processed ', 'accepted', ''],
      [
        'automatic-action/MDN-sent-automatically; processed/warning: duplicate-document',
        'accepted',
        'warning: duplicate-document',
      ],
      [
        'automatic-action/MDN-sent-automatically; processed/Error: decryption-failed',
        'refused',
        'Error: decryption-failed',
      ],
      [
        'automatic-action/MDN-sent-automatically; processed / error:authentication-failed',
        'refused',
        'error: authentication-failed',
      ],
      [
        'automatic-action/MDN-sent-automatically; processed; error: integrity-check-failed',
        'refused',
        'error: integrity-check-failed',
      ],
      [
        'automatic-action/MDN-sent-automatically; failed/failure: unsupported format',
        'refused',
        'failure: unsupported format',
      ],
      ['automatic-action/MDN-sent-automatically; failed', 'refused', ''],
      ['automatic-action/MDN-sent-automatically; processed/x-new: thing', 'refused', 'x-new: thing'],
    ] as const) {
      it(`"${text}" is ${outcome}`, () => assert.deepEqual(readDisposition(text), { outcome, modifier }));
    }

    it('that say nothing are none', () => {
      for (const text of ['', 'processed', 'automatic-action/MDN-sent-automatically; dispatched']) {
        assert.equal(readDisposition(text), null);
      }
    });

    it('are written in exactly one way', () => {
      assert.equal(
        writeDisposition({ type: 'processed/error', modifier: 'decryption-failed' }),
        'automatic-action/MDN-sent-automatically; processed/error: decryption-failed',
      );
      assert.equal(writeDisposition({ type: 'processed' }), 'automatic-action/MDN-sent-automatically; processed');
    });
  });
});

function header({ headers }: Awaited<ReturnType<typeof part>>): Buffer {
  return Buffer.from(`${headers.all.map(({ name, value }) => `${name}: ${value}\r\n`).join('')}\r\n`);
}
