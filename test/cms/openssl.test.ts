import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CIPHERS, type Cipher, DIGESTS, KEY_TRANSPORTS, type KeyTransport } from '../../src/cms/algorithms.ts';
import { OPENSSL, openssl } from '../support/servers/openssl.ts';
import { needs } from '../support/servers/server.ts';
import { TEST_FOLDER, type TestKey, testKey } from './support/keys.ts';
import { decrypted, encrypted, signature, verified } from './support/messages.ts';

const CIPHER_WORDS: Readonly<Record<Cipher, string>> = {
  'aes128-cbc': '-aes128',
  'aes192-cbc': '-aes192',
  'aes256-cbc': '-aes256',
  'aes128-gcm': '-aes-128-gcm',
  'aes192-gcm': '-aes-192-gcm',
  'aes256-gcm': '-aes-256-gcm',
  '3des': '-des3',
};

function transportWords(transport: KeyTransport): readonly string[] {
  const digest = transport.slice('oaep-'.length);
  return transport === 'pkcs1'
    ? []
    : ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', `rsa_oaep_md:${digest}`, '-keyopt', `rsa_mgf1_md:${digest}`];
}

/** Each cipher with each transport, with the recipient named in each way in turn. */
const ENVELOPES = CIPHERS.flatMap((cipher, c) =>
  KEY_TRANSPORTS.filter((_, t) => c < 1 || (c + t) % 3 === 0).map((transport, t) => ({
    cipher,
    transport,
    identifiedBy: (c + t) % 2 === 0 ? 'issuer' : 'key',
  })),
);

const BYTES = Buffer.concat([Buffer.from('ISA*00*\r\n\n\r~'), randomBytes(10_000)]);

describe('CMS beside openssl', function () {
  this.timeout(60_000);
  needs(OPENSSL);
  let ours: TestKey;
  let other: TestKey;
  before(async () => {
    [ours, other] = await Promise.all([testKey('ours'), testKey('other')]);
  });

  for (const { cipher, transport, identifiedBy } of ENVELOPES) {
    const by = identifiedBy === 'key' ? 'key' : 'issuer';
    const name = `${cipher} with ${transport}, the recipient by ${by}`;
    it(`openssl opens what we encrypt: ${name}`, async () => {
      const recipients = [other.certificate, ours.certificate];
      const message = await encrypted(BYTES, { cipher, transport, identifiedBy: by, recipients });
      const opened = await openssl(
        ['cms', '-decrypt', '-binary', '-inform', 'DER', '-recip', ours.certificateFile, '-inkey', ours.keyFile],
        message,
      );
      assert.ok(opened.equals(BYTES));
    });

    it(`we open what openssl encrypts: ${name}`, async () => {
      const stream = by === 'key' ? ['-stream'] : [];
      const message = await openssl(
        [
          ...['cms', '-encrypt', '-binary', '-outform', 'DER', CIPHER_WORDS[cipher], ...stream],
          ...(by === 'key' ? ['-keyid'] : []),
          ...['-recip', other.certificateFile, ...transportWords(transport)],
          ...['-recip', ours.certificateFile, ...transportWords(transport)],
        ],
        BYTES,
      );
      assert.ok((await decrypted(message, ours)).equals(BYTES));
    });
  }

  for (const digest of DIGESTS) {
    for (const scheme of ['pkcs1', 'pss'] as const) {
      const identifiedBy = scheme === 'pss' ? 'key' : 'issuer';

      it(`openssl verifies what we sign: ${digest} ${scheme}, detached and with the content`, async () => {
        const file = join(TEST_FOLDER, 'content.bin');
        await writeFile(file, BYTES);
        const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-CAfile', ours.certificateFile];
        const detached = await signature(BYTES, ours, { digest, scheme, identifiedBy });
        await openssl([...verify, '-content', file, '-purpose', 'any'], detached);
        const opaque = await signature(BYTES, ours, { digest, scheme, identifiedBy, content: BYTES });
        assert.ok((await openssl([...verify, '-purpose', 'any'], opaque)).equals(BYTES));
      });

      it(`we verify what openssl signs: ${digest} ${scheme}, in every form`, async () => {
        const forms: readonly (readonly string[])[] = [
          [],
          ['-nodetach'],
          // With PSS openssl cannot write in pieces.
          ...(scheme === 'pkcs1' ? [['-nodetach', '-stream']] : []),
          ['-noattr'],
          ['-nocerts', '-keyid'],
          ['-nosmimecap'],
        ];
        for (const form of forms) {
          const padding = scheme === 'pss' ? ['-keyopt', 'rsa_padding_mode:pss'] : [];
          const key = ['-signer', ours.certificateFile, '-inkey', ours.keyFile];
          const words = ['cms', '-sign', '-binary', '-outform', 'DER', '-md', digest, ...key, ...padding, ...form];
          const message = await openssl(words, BYTES);
          const detached = form.includes('-nodetach') ? null : BYTES;
          const found = await verified(message, detached, other.certificate, ours.certificate);
          assert.equal(found.digest, digest);
          assert.equal(found.scheme, scheme);
          assert.ok(found.content.equals(BYTES));
        }
      });
    }
  }
});
