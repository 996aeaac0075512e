import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contentOf, gather } from '../../../src/cms/content.ts';
import { createEntity } from '../../../src/transports/as2/mime/entity.ts';
import { headerBlock } from '../../../src/transports/as2/mime/headers.ts';
import { readMultipart } from '../../../src/transports/as2/mime/multipart.ts';
import { parseParameters } from '../../../src/transports/as2/mime/parameters.ts';
import { testKey } from '../../cms/support/keys.ts';
import { as2Headers, part, postEntity, sendRaw, wrapped } from './support/raw.ts';
import { dispositionIn, document, postRaw, withStations } from './support/station.ts';
import { exchange } from './support/stub.ts';

const PART = 'Content-Type: application/edi-x12\r\n\r\nISA*00*~';
const ERROR = 'processed/error: ';

describe('hostile messages over AS2', function () {
  this.timeout(120_000);
  const stations = withStations();

  for (const [title, change, disposition] of [
    ['the content', (text: string) => text.replace('ISA*00*~', 'ISA*99*~'), 'integrity-check-failed'],
    ['a header of the content', (text: string) => text.replace('edi-x12', 'edi-x13'), 'integrity-check-failed'],
    [
      'the line before the content',
      (text: string) => text.replace(/^(--raw-\d+\r\n)/, '$1X: y\r\n'),
      'integrity-check-failed',
    ],
    [
      'the signature',
      (text: string) => text.replace(/\r\n\r\nMII(.{40})/, '\r\n\r\nMII$1AAAA'),
      'authentication-failed',
    ],
    [
      'the signature, which is gone',
      (text: string) => text.replace(/\r\n\r\nMII[^-]*/, '\r\n\r\n\r\n'),
      'authentication-failed',
    ],
    ['the closing boundary, which is gone', (text: string) => text.replace(/--\r\n$/, '\r\n'), 'authentication-failed'],
    [
      'the number of parts: one more before',
      (text: string) => text.replace(/^(--raw-\d+\r\n)/, '$1Content-Type: text/plain\r\n\r\nevil\r\n$1'),
      'authentication-failed',
    ],
    [
      'the number of parts: one more behind',
      (text: string) => text.replace(/(--raw-\d+)--\r\n$/, '$1\r\n\r\nevil\r\n$1--\r\n'),
      'authentication-failed',
    ],
  ] as const) {
    it(`in which somebody changed ${title} are refused: ${disposition}`, async () => {
      const [sender, receiver] = stations();
      const signed = await wrapped(sender, await part(PART), ['signed']);
      const text = (await gather(signed.body.chunks())).toString('latin1');
      assert.notEqual(change(text), text);
      const forged = createEntity(signed.headers.all, contentOf(Buffer.from(change(text), 'latin1')));
      const plain = await postEntity(receiver, as2Headers(sender), forged);
      assert.equal(dispositionIn(plain.text), ERROR + disposition);
      const sealed = await postEntity(receiver, as2Headers(sender), await wrapped(sender, forged, ['encrypted']));
      assert.equal(dispositionIn(sealed.text), ERROR + disposition);
      assert.equal(receiver.taken.length, 0);
    });
  }

  it('whose signature was stripped are less than agreed', async () => {
    const [, receiver] = stations();
    receiver.agree({ demand: { signed: true, encrypted: true } });
    const { text } = await sendRaw(stations(), await part(PART), ['encrypted']);
    assert.equal(dispositionIn(text), `${ERROR}insufficient-message-security`);
  });

  it('that are not for us, or are cut, cannot be decrypted', async () => {
    const [sender, receiver] = stations();
    const sealed = await wrapped(sender, await part(PART), ['signed', 'encrypted']);
    const bytes = await gather(sealed.body.chunks());
    const type = { 'Content-Type': sealed.headers.get('content-type') ?? '' };
    for (const cut of [0, 1, 20, 300, bytes.length - 17, bytes.length - 1]) {
      const { text } = await postRaw(receiver, as2Headers(sender, type), bytes.subarray(0, cut));
      assert.equal(dispositionIn(text), `${ERROR}decryption-failed`, `cut at ${cut}`);
    }
    const { certificate } = await testKey('stranger');
    sender.agree({ theirCertificates: [{ value: certificate, from: null }] });
    const { text } = await sendRaw(stations(), await part(PART), ['encrypted']);
    assert.equal(dispositionIn(text), `${ERROR}decryption-failed`);
  });

  it('that are compressed noise cannot be unpacked', async () => {
    const [sender, receiver] = stations();
    const squeezed = await wrapped(sender, await part(PART), ['compressed']);
    const bytes = await gather(squeezed.body.chunks());
    bytes[bytes.length - 6] = (bytes.at(-6) ?? 0) ^ 0xff;
    const type = { 'Content-Type': squeezed.headers.get('content-type') ?? '' };
    const { text } = await postRaw(receiver, as2Headers(sender, type), bytes);
    assert.equal(dispositionIn(text), `${ERROR}decompression-failed`);
  });

  it('with layers in an order nobody agreed on are refused', async () => {
    for (const layers of [
      ['encrypted', 'signed'],
      ['encrypted', 'compressed'],
      ['encrypted', 'encrypted'],
      ['signed', 'signed'],
    ] as const) {
      const { text } = await sendRaw(stations(), await part(PART), layers);
      assert.equal(dispositionIn(text), `${ERROR}unexpected-processing-error`, layers.join(' '));
    }
    assert.equal(stations()[1].taken.length, 0);
  });

  it('cannot put lines into our headers or into our MDN', async () => {
    const [sender, receiver] = stations();
    const id = '<x@y>\tX-Injected: yes';
    const { text, entity } = await sendRaw(stations(), await part(PART), [], {
      'Message-ID': id,
      Subject: '<img onerror=x>',
    });
    assert.equal(entity.headers.get('x-injected'), undefined);
    assert.ok(text.includes(`\r\nOriginal-Message-ID: ${id}\r\n`));
    assert.ok(!text.includes('onerror'));
    assert.throws(
      () => headerBlock([{ name: 'Message-ID', value: 'a\r\nX-Injected: yes' }]),
      /cannot stand in a header/,
    );
    assert.throws(() => headerBlock([{ name: 'X\r\nY', value: 'a' }]), /cannot stand in a header/);
    const { headers } = await sender.build([document('x', 'a\r\nX-Injected: yes\r\n.edi')]);
    for (const { value } of headers) assert.doesNotMatch(value, /[\r\n]/);
    const smuggled = `POST /as2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAS2-From: alpha\r\nAS2-From: other\r\nAS2-To: beta\r\nMessage-ID: <a@b>\r\nContent-Length: 0\r\n\r\n`;
    assert.match(await exchange(receiver.url, [smuggled]), /^HTTP\/1\.1 400 .*stands twice/s);
  });

  it('take no time out of proportion to find boundaries and parameters in', async () => {
    const dashes = contentOf(Buffer.from('--\n'.repeat(200_000)));
    assert.equal(await readMultipart(dashes, '-'), null);
    assert.equal(await readMultipart(dashes, ''), null);
    assert.equal(parseParameters(`a;${' '.repeat(100_000)}x`).parameters.size, 0);
    assert.equal(parseParameters(`a; x="${'\\"'.repeat(50_000)}`).parameters.get('x')?.length, 50_000);
  });

  it('cut or changed anywhere are answered with an MDN and never with a failure of ours', async () => {
    const [sender, receiver] = stations();
    receiver.agree({ demand: { signed: true, encrypted: false } });
    const signed = await wrapped(sender, await part(PART), ['compressed', 'signed']);
    const bytes = await gather(signed.body.chunks());
    const type = { 'Content-Type': signed.headers.get('content-type') ?? '' };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (place, change, cut) => {
        const at = place % bytes.length;
        const broken = Buffer.from(cut ? bytes.subarray(0, at) : bytes);
        if (!cut) broken[at] = (broken[at] ?? 0) ^ change;
        const { status, text } = await postRaw(receiver, as2Headers(sender, type), broken);
        assert.equal(status, 200);
        assert.match(dispositionIn(text), /^processed/);
        // Bytes that nobody signed may change: blanks, the preamble, unsigned headers of the signature.
        if (dispositionIn(text) === 'processed') assert.equal(receiver.taken.at(-1)?.bytes.toString(), 'ISA*00*~');
      }),
      { numRuns: 300 },
    );
  });
});
