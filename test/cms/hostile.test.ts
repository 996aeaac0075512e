import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseBer, readHeader } from '../../src/cms/ber.ts';
import { compressContent, inflateContent } from '../../src/cms/compress.ts';
import { contentOf, gather } from '../../src/cms/content.ts';
import * as der from '../../src/cms/der.ts';
import { CmsFault } from '../../src/cms/fault.ts';
import { type TestKey, testKey } from './support/keys.ts';
import { decrypted, encrypted, fault, inMemory, inPieces, signature, verified } from './support/messages.ts';

const BYTES = Buffer.from('ISA*00*          *00*~'.repeat(20));

describe('hostile messages in CMS', function () {
  this.timeout(60_000);
  let ours: TestKey;
  let theirs: TestKey;
  before(async () => {
    [ours, theirs] = await Promise.all([testKey('ours'), testKey('other')]);
  });

  it('nested more deeply than any real one end at the limit', () => {
    const deep = Buffer.concat(Array.from({ length: 100_000 }, () => Buffer.from([0x30, 0x80])));
    assert.throws(() => parseBer(deep), fault('too-large'));
  });

  it('of more elements than any real one end at the limit', () => {
    const wide = der.sequence(Buffer.alloc(60_000, der.NULL));
    assert.throws(() => parseBer(wide), fault('too-large'));
  });

  for (const [title, hex] of [
    ['an element longer than what it lies in', '30040405aabb'],
    ['a length that is cut off', '3084ff'],
    ['a length of more bytes than a number holds', '3087010000000000000000'],
    ['a primitive element of indefinite length', '0480aabb0000'],
    ['a tag number above 30', '1f8101aa'],
    ['an indefinite length without an end', '30800500'],
    ['nothing at all', ''],
  ] as const) {
    it(`with ${title} are malformed`, () => {
      assert.throws(() => parseBer(Buffer.from(hex, 'hex')), fault('malformed'));
    });
  }

  it('announce gigabytes without costing any memory', () => {
    assert.deepEqual(readHeader(Buffer.from('3086ffffffffffff', 'hex'), 0).length, 2 ** 48 - 1);
    assert.throws(() => parseBer(Buffer.from('3086ffffffffffff', 'hex')), fault('malformed'));
  });

  it('cut anywhere or changed anywhere give a fault or the same content, never anything else', async () => {
    const sealed = await encrypted(BYTES, { cipher: 'aes128-gcm', recipients: [ours.certificate] });
    const signed = await signature(BYTES, theirs, { content: BYTES });
    const gcm = async (message: Buffer) => decrypted(message, ours);
    const opaque = async (message: Buffer) => (await verified(message, null, theirs.certificate)).content;
    const cases = fc.tuple(fc.boolean(), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.constantFrom('cut', 'change'));
    await fc.assert(
      fc.asyncProperty(cases, async ([first, place, change, how]) => {
        const message = Buffer.from(first ? sealed : signed);
        const at = place % message.length;
        const broken = how === 'cut' ? message.subarray(0, at) : message;
        if (how === 'change') message[at] = (message[at] ?? 0) ^ change;
        try {
          assert.ok((await (first ? gcm : opaque)(broken)).equals(BYTES));
        } catch (error) {
          if (!(error instanceof CmsFault)) throw error;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('are read the same from memory and from a slow disk', async () => {
    const sealed = await encrypted(BYTES, { recipients: [ours.certificate] });
    assert.ok((await decrypted(inPieces(sealed), ours)).equals(BYTES));
  });

  it('whose content was changed after it was signed have another digest', async () => {
    const signed = await signature(BYTES, theirs);
    await assert.rejects(
      verified(signed, Buffer.concat([BYTES, Buffer.from(' ')]), theirs.certificate),
      fault('digest'),
    );
  });

  it('signed by somebody else are not signed, whatever certificate lies in them', async () => {
    const signed = await signature(BYTES, ours, { include: [theirs.certificate, ours.certificate] });
    await assert.rejects(verified(signed, BYTES, theirs.certificate), fault('signer'));
  });

  it('signed with another key in the name of the partner are refused', async () => {
    const signed = await signature(BYTES, { certificate: theirs.certificate, key: ours.key });
    await assert.rejects(verified(signed, BYTES, theirs.certificate), fault('signer'));
  });

  it('encrypted to somebody else cannot be opened', async () => {
    const sealed = await encrypted(BYTES, { recipients: [theirs.certificate] });
    await assert.rejects(decrypted(sealed, ours), fault('key'));
  });

  it('that unpack to more than the limit are stopped on the way', async () => {
    const bomb = contentOf(Buffer.alloc(50_000_000));
    const message = contentOf(await gather((await compressContent(bomb, inMemory)).chunks));
    assert.ok(message.size < 100_000);
    const inflate = async (bytes: number, ratio: number) => gather(await inflateContent(message, { bytes, ratio }));
    await assert.rejects(inflate(10_000_000, 1_000_000), fault('too-large'));
    await assert.rejects(inflate(1_000_000_000, 100), fault('too-large'));
    assert.equal((await inflate(50_000_000, 10_000)).length, 50_000_000);
  });

  it('whose compressed content is cut or changed are malformed', async () => {
    const whole = await gather((await compressContent(contentOf(BYTES), inMemory)).chunks);
    whole[whole.length - 1] = (whole.at(-1) ?? 0) ^ 1;
    const inflating = inflateContent(contentOf(whole), { bytes: 1_000_000, ratio: 100 });
    await assert.rejects(async () => gather(await inflating), fault('malformed'));
  });
});

describe('a content key that cannot be opened', function () {
  this.timeout(60_000);
  for (const transport of ['pkcs1', 'oaep-sha256'] as const) {
    it(`with ${transport} looks like one that opens nothing, however it was changed`, async () => {
      const [ours, other] = await Promise.all([testKey('ours'), testKey('other')]);
      // The other is named for us, so that the key inside is one that ours does not open.
      const impostor = { ...ours.certificate, publicKey: other.certificate.publicKey };
      for (let round = 0; round < 20; round++) {
        const sealed = await encrypted(BYTES, { cipher: 'aes256-gcm', transport, recipients: [impostor] });
        await assert.rejects(decrypted(sealed, ours), fault('key'));
      }
    });
  }
});
