import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { contentOf, gather } from '../../../src/cms/content.ts';
import type { OwnKey } from '../../../src/cms/decrypt.ts';
import { generateSelfSigned } from '../../../src/cms/self-signed.ts';
import { fileNameOf, fileNameParameter } from '../../../src/transports/as2/mime/file-name.ts';
import { createHeaders } from '../../../src/transports/as2/mime/headers.ts';
import { chosen } from '../../../src/transports/as2/rollover.ts';
import { type TestKey, testKey } from '../../cms/support/keys.ts';
import { as2Headers, type Layer, part, postEntity, sendRaw, wrapped } from './support/raw.ts';
import { dispositionIn, document, NOW, postRaw, withStations } from './support/station.ts';
import { withStubs } from './support/stub.ts';

const PART = 'Content-Type: application/edi-x12\r\n\r\nISA*00*~';
const DAY = 86_400_000;
const dated = <Value>(value: Value, from: number | null = null) => ({ value, from });

describe('the traps of AS2 in security', function () {
  this.timeout(120_000);
  const stations = withStations();
  const stub = withStubs();
  let fresh: TestKey;
  let ended: OwnKey;
  before(async () => {
    fresh = await testKey('fresh');
    const dates = { validFrom: NOW - 9 * DAY, validTo: NOW - DAY };
    ended = await generateSelfSigned({ commonName: 'Ended', organization: null, country: null, bits: 2048, ...dates });
  });

  describe('15: certificates while they roll over', () => {
    const both = async (name: string) => [dated(await testKey(name)), dated(fresh)] as const;
    const delivered = { result: 'delivered', warning: null };

    it('a message signed with the new one is taken, while both are listed', async () => {
      const [sender, receiver] = stations();
      sender.agree({ ourKeys: [dated(fresh)] });
      receiver.agree({ theirCertificates: (await both('alpha')).map(({ value }) => dated(value.certificate)) });
      const { text } = await sendRaw(stations(), await part(PART), ['signed']);
      assert.equal(dispositionIn(text), 'processed');
    });

    it('a message encrypted to the new one is opened, and one encrypted to the old one too', async () => {
      const [sender, receiver] = stations();
      receiver.agree({ ourKeys: await both('beta') });
      for (const key of await both('beta')) {
        sender.agree({ theirCertificates: [dated(key.value.certificate)] });
        const { text } = await sendRaw(stations(), await part(PART), ['encrypted']);
        assert.equal(dispositionIn(text), 'processed');
      }
    });

    it('an MDN signed with the new one is a receipt, while both are listed', async () => {
      const [sender, receiver] = stations();
      receiver.agree({ ourKeys: [dated(await testKey('beta'), 0), dated(fresh, NOW - DAY)] });
      sender.agree({ theirCertificates: (await both('beta')).map(({ value }) => dated(value.certificate)) });
      sender.agree({ encrypt: null });
      assert.deepEqual(await sender.send(await sender.build([document('x')])), delivered);
    });

    it('we sign messages and MDNs with the new one from its day on, and encrypt to the new one from its day on', async () => {
      const [alpha, beta] = [await testKey('alpha'), await testKey('beta')];
      for (const [own, other] of [[alpha, beta]] as const) {
        for (const [from, expected] of [
          [NOW - DAY, fresh],
          [NOW + DAY, own],
        ] as const) {
          const key = chosen([dated(own), dated(fresh, from)], ({ certificate }) => certificate, NOW);
          assert.equal(key, expected);
        }
        const list = [dated(other.certificate), dated(fresh.certificate, NOW)];
        assert.equal(
          chosen(list, (certificate) => certificate, NOW),
          fresh.certificate,
        );
      }
    });

    it('one that has ended is not chosen while another is good, and chosen when there is no other', () => {
      const ended = { ...fresh.certificate, validTo: NOW - 1 };
      const first = (...list: (typeof ended)[]) =>
        chosen(
          list.map((one) => dated(one)),
          (one) => one,
          NOW,
        );
      assert.equal(first(ended, fresh.certificate), fresh.certificate);
      assert.equal(first(ended), ended);
      assert.equal(first(), undefined);
    });

    it('a message that is signed with one that has ended is refused, unless that was agreed', async () => {
      const [sender, receiver] = stations();
      receiver.agree({ theirCertificates: [dated(ended.certificate)] });
      const message = await wrapped(sender, await part(PART), ['signed', 'encrypted'], { signer: ended });
      const answer = async () => dispositionIn((await postEntity(receiver, as2Headers(sender), message)).text);
      assert.equal(await answer(), 'processed/error: authentication-failed');
      assert.equal(receiver.taken.length, 0);
      assert.ok(
        receiver.log.lines.some(({ details }) => /ended on .*Ask for its new one/.test(JSON.stringify(details))),
      );
      receiver.agree({ endedCertificates: 'take' });
      assert.equal(await answer(), 'processed');
    });

    it('nothing is encrypted to one that has ended, nor signed with it, unless that was agreed', async () => {
      const [sender] = stations();
      for (const [change, code] of [
        [{ theirCertificates: [dated(ended.certificate)] }, 'PARTNER_CERTIFICATE_ENDED'],
        [{ ourKeys: [dated(ended)] }, 'OUR_CERTIFICATE_ENDED'],
      ] as const) {
        sender.agree({ ...change, endedCertificates: 'refuse' });
        await assert.rejects(sender.build([document('x')]), { code });
        sender.agree({ endedCertificates: 'take' });
        await sender.build([document('x')]);
      }
    });

    it('what is encrypted to one of ours that has ended is opened, and answered', async () => {
      const [sender, receiver] = stations();
      receiver.agree({ ourKeys: [dated(ended)] });
      sender.agree({ theirCertificates: [dated(ended.certificate)] });
      const { text } = await sendRaw(stations(), await part(PART), ['signed', 'encrypted']);
      assert.equal(dispositionIn(text), 'processed');
    });

    it('an MDN that is signed with one that has ended is no receipt', async () => {
      const [sender, receiver] = stations();
      receiver.agree({ ourKeys: [dated(ended)] });
      sender.agree({ theirCertificates: [dated(ended.certificate)], encrypt: null });
      const message = await sender.build([document('x')]);
      assert.equal((await sender.send(message)).result, 'again');
      sender.agree({ endedCertificates: 'take' });
      assert.equal((await sender.send(message)).result, 'delivered');
    });
  });

  describe('16: forms of envelopes', () => {
    for (const [title, type] of [
      ['x-pkcs7-mime', 'application/x-pkcs7-mime; smime-type=enveloped-data'],
      ['no smime-type', 'application/pkcs7-mime; name="smime.p7m"'],
      ['a wrong smime-type', 'application/pkcs7-mime; smime-type=signed-data'],
    ] as const) {
      it(`are told by what is in them: ${title}`, async () => {
        const [sender, receiver] = stations();
        const { body } = await wrapped(sender, await part(PART), ['signed', 'encrypted']);
        const headers = { ...as2Headers(sender), 'Content-Type': type };
        const { text } = await postRaw(receiver, headers, await gather(body.chunks()));
        assert.equal(dispositionIn(text), 'processed');
      });
    }

    it('with OAEP, with GCM, by key identifier and without protection of algorithms are taken', async () => {
      const [sender] = stations();
      for (const change of [
        { encrypt: { cipher: 'aes128-cbc', transport: 'oaep-sha256' } },
        { encrypt: { cipher: 'aes256-gcm', transport: 'pkcs1' } },
        { identifiedBy: 'key' },
        { algorithmProtection: false },
      ] as const) {
        sender.agree(change);
        const outcome = await sender.send(await sender.build([document(JSON.stringify(change))]));
        assert.deepEqual(outcome, { result: 'delivered', warning: null });
      }
    });
  });

  describe('17: names and several documents', () => {
    for (const [disposition, name] of [
      ['attachment; filename="plain.edi"', 'plain.edi'],
      ['attachment; filename=unquoted.edi', 'unquoted.edi'],
      ['attachment; filename="with \\"quotes\\".edi"', 'with "quotes".edi'],
      ["attachment; filename*=UTF-8''M%C3%BCnchen.edi", 'M\u00fcnchen.edi'],
      ['attachment; filename*0="long"; filename*1="er.edi"', 'longer.edi'],
      ['attachment; filename="=?utf-8?B?TcO8bmNoZW4uZWRp?="', 'M\u00fcnchen.edi'],
      ['attachment; filename="=?iso-8859-1?Q?M=FCnchen=2Eedi?="', 'M\u00fcnchen.edi'],
      ['attachment; filename="../../etc/passwd"', 'passwd'],
      ['attachment; filename="C:\\\\autorun\\\\x.edi"', 'x.edi'],
      ['attachment; filename=".."', null],
      ['attachment; filename="a\u0007b\u202etxt.edi"', 'abtxt.edi'],
      ["attachment; filename*=UTF-8''%2e%2e%2fx%00y", 'xy'],
      ['attachment', null],
    ] as const) {
      it(`${JSON.stringify(disposition)} is ${name ?? 'no name'}`, () => {
        const value = Buffer.from(disposition, 'utf8').toString('latin1');
        assert.equal(fileNameOf(createHeaders([{ name: 'Content-Disposition', value }])), name);
      });
    }

    for (const name of ['order 1.edi', 'M\u00fcnchen "A".edi', '\u6ce8\u6587.edi', 'x'.repeat(255)]) {
      it(`${name.slice(0, 20)} arrives as it was sent`, async () => {
        const [sender, receiver] = stations();
        assert.match(fileNameParameter(name), /^[ -~]*$/);
        await sender.send(await sender.build([document('x', name)]));
        assert.equal(receiver.taken[0]?.name, name);
      });
    }

    it('of two documents are both kept, also when they are the same', async () => {
      const [sender, receiver] = stations();
      const message = await sender.build([document('one', 'a.edi'), document('two', 'a.edi')]);
      const type = message.headers.find(({ name }) => name === 'Content-Type')?.value;
      assert.match(type ?? '', /^application\/pkcs7-mime/);
      assert.deepEqual(await sender.send(message), { result: 'delivered', warning: null });
      assert.deepEqual(
        receiver.taken.map(({ name, bytes }) => [name, bytes.toString()]),
        [
          ['a.edi', 'one'],
          ['a.edi', 'two'],
        ],
      );
      assert.equal(new Set(receiver.taken.map(({ sourceKey }) => sourceKey)).size, 2);
    });

    it('are missing where only the bare document was encrypted, which is taken all the same', async () => {
      const [sender, receiver] = stations();
      const bare = { ...(await part('\r\n')), whole: contentOf(Buffer.from('ISA*00*~IEA*1~')) };
      const { text } = await postEntity(receiver, as2Headers(sender), await wrapped(sender, bare, ['encrypted']));
      assert.equal(dispositionIn(text), 'processed');
      assert.equal(receiver.taken[0]?.bytes.toString(), 'ISA*00*~IEA*1~');
    });
  });

  describe('18: what a partner must do', () => {
    const forms: readonly (readonly Layer[])[] = [
      [],
      ['compressed'],
      ['signed'],
      ['encrypted'],
      ['compressed', 'encrypted'],
      ['signed', 'encrypted'],
      ['compressed', 'signed', 'encrypted'],
      ['signed', 'compressed', 'encrypted'],
    ];
    for (const layers of forms) {
      for (const demand of [
        { signed: false, encrypted: false },
        { signed: true, encrypted: false },
        { signed: false, encrypted: true },
        { signed: true, encrypted: true },
      ]) {
        const missing =
          (demand.signed && !layers.includes('signed')) || (demand.encrypted && !layers.includes('encrypted'));
        const expected = missing ? 'processed/error: insufficient-message-security' : 'processed';
        it(`of ${JSON.stringify(demand)} a message that is [${layers.join(', ')}] is ${expected}`, async () => {
          const [, receiver] = stations();
          receiver.agree({ demand });
          const { text } = await sendRaw(stations(), await part(PART), layers);
          assert.equal(dispositionIn(text), expected);
          assert.equal(receiver.taken.length, missing ? 0 : 1);
        });
      }
    }

    it('SHA-1 and 3DES are too weak unless they are agreed', async () => {
      const [sender, receiver] = stations();
      for (const [change, layers] of [
        [{ sign: { digest: 'sha1', scheme: 'pkcs1' } }, ['signed']],
        [{ encrypt: { cipher: '3des', transport: 'pkcs1' } }, ['encrypted']],
      ] as const) {
        sender.agree(change);
        receiver.agree({ legacy: [] });
        const weak = await sendRaw(stations(), await part(PART), layers);
        assert.equal(dispositionIn(weak.text), 'processed/error: insufficient-message-security');
        receiver.agree({ legacy: ['sha1', '3des'] });
        assert.equal(dispositionIn((await sendRaw(stations(), await part(PART), layers)).text), 'processed');
      }
    });

    it('a message signed by anybody else is refused, also by another partner of ours', async () => {
      const [sender, receiver] = stations();
      const forged = await wrapped(sender, await part(PART), ['signed', 'encrypted'], { signer: fresh });
      const { text } = await postEntity(receiver, as2Headers(sender), forged);
      assert.equal(dispositionIn(text), 'processed/error: authentication-failed');
    });

    it('a name nobody has agreed on is an unknown trading partner', async () => {
      for (const spoofed of [
        { 'AS2-From': 'STRANGER' },
        { 'AS2-To': 'STRANGER' },
        { 'AS2-From': 'beta', 'AS2-To': 'alpha' },
      ]) {
        const { text, status } = await sendRaw(stations(), await part(PART), ['signed'], spoofed);
        assert.deepEqual([status, dispositionIn(text)], [200, 'processed/error: unknown-trading-partner']);
      }
    });

    it('an MDN without a signature is no receipt when a signed one was asked for', async () => {
      const [sender, receiver] = stations();
      const message = await sender.build([document('x')]);
      const { text, entity } = await postRaw(
        receiver,
        message.headers.filter(({ name }) => name !== 'Disposition-Notification-Options'),
        await gather(message.body.chunks()),
      );
      const type = entity.headers.get('content-type') ?? '';
      const partner = await stub((response) => response.setHeader('content-type', type).end(text));
      sender.agree({ url: partner.url });
      const { result } = await sender.send(message);
      assert.equal(result, 'again');
    });

    for (const [title, change, result] of [
      ['another MIC', (text: string) => text.replace(/MIC: .{10}/, 'MIC: AAAAAAAAAA'), 'refused'],
      ['no MIC', (text: string) => text.replace(/Received-Content-MIC.*\r\n/, ''), 'delivered'],
      ['another Message-ID', (text: string) => text.replace(/Original-Message-ID: </, '$&x'), 'again'],
      ['no disposition', (text: string) => text.replace(/Disposition: .*\r\n/, ''), 'again'],
      ['a MIC in MD5', (text: string) => text.replace(/, sha-256/, ', md5'), 'refused'],
    ] as const) {
      it(`an unsigned MDN with ${title}: ${result}`, async () => {
        const [sender, receiver] = stations();
        sender.agree({ mdn: { mode: 'sync', signed: false, url: null } });
        const message = await sender.build([document('x')]);
        const { text, entity } = await postRaw(receiver, message.headers, await gather(message.body.chunks()));
        assert.notEqual(change(text), text);
        const type = entity.headers.get('content-type') ?? '';
        const partner = await stub((response) => response.setHeader('content-type', type).end(change(text)));
        sender.agree({ url: partner.url });
        assert.equal((await sender.send(message)).result, result);
      });
    }

    it('a signed MDN that was changed is no receipt', async () => {
      const [sender, receiver] = stations();
      const message = await sender.build([document('x')]);
      const { text, entity } = await postRaw(receiver, message.headers, await gather(message.body.chunks()));
      const forged = text.replace(/; processed\r\n/, '; processed \r\n');
      assert.notEqual(forged, text);
      const type = entity.headers.get('content-type') ?? '';
      const partner = await stub((response) => response.setHeader('content-type', type).end(forged));
      sender.agree({ url: partner.url });
      assert.equal((await sender.send(message)).result, 'again');
    });
  });

  it('a key that gives a line break first is refused as any other', async () => {
    const [sender, receiver] = stations();
    for (const start of ['\n', '\r\n', '\n\n', ' \n']) {
      const garbage = {
        ...(await part('\r\n')),
        whole: contentOf(Buffer.from(`${start}\u00018\u0011\u0007`, 'latin1')),
      };
      const { text } = await postEntity(receiver, as2Headers(sender), await wrapped(sender, garbage, ['encrypted']));
      assert.equal(dispositionIn(text), 'processed/error: decryption-failed');
    }
  });

  it('a thousand keys that were tampered with give one and the same MDN', async () => {
    const [sender, receiver] = stations();
    const sealed = await wrapped(sender, await part(PART), ['signed', 'encrypted']);
    const bytes = await gather(sealed.body.chunks());
    // The encrypted key of 256 bytes stands behind its OCTET STRING header.
    const at = bytes.indexOf(Buffer.from('04820100', 'hex')) + 4;
    const headers = as2Headers(sender, { 'Content-Type': sealed.headers.get('content-type') ?? '' });
    const answers = new Set<string>();
    for (let round = 0; round < 1_000; round++) {
      const tampered = Buffer.from(bytes);
      // Smaller than the modulus, so that it is the padding that is wrong.
      randomBytes(255).copy(tampered, at + 1);
      tampered[at] = 0;
      const { status, text } = await postRaw(receiver, headers, tampered);
      answers.add(`${status} ${text.replaceAll(/mdn_\d+/g, 'mdn')}`);
    }
    const [only = ''] = answers;
    assert.equal(answers.size, 1);
    assert.equal(dispositionIn(only), 'processed/error: decryption-failed');
    assert.equal(receiver.taken.length, 0);
  });
});
