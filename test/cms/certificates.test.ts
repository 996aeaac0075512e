import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificatePem, readCertificateFile } from '../../src/cms/certificate-file.ts';
import { readPkcs12 } from '../../src/cms/pkcs12.ts';
import { generateSelfSigned } from '../../src/cms/self-signed.ts';
import { belongTogether, certificatesOnly } from '../../src/cms/sign.ts';
import { OPENSSL, openssl } from '../support/servers/openssl.ts';
import { needs } from '../support/servers/server.ts';
import { TEST_FOLDER, type TestKey, testKey } from './support/keys.ts';
import { fault } from './support/messages.ts';

describe('certificates', function () {
  this.timeout(60_000);
  let ours: TestKey;
  let other: TestKey;
  before(async () => {
    [ours, other] = await Promise.all([testKey('ours'), testKey('other')]);
  });
  const fingerprints = async (bytes: Buffer) => (await readCertificateFile(bytes)).map((one) => one.fingerprint);

  it('of ours say for whom they are, how long, and for what', () => {
    const { subject, issuedBy, usages, validFrom, validTo } = ours.certificate;
    assert.equal(subject, 'C=US, O=Tests, CN=ours');
    assert.equal(issuedBy, subject);
    assert.deepEqual(usages, ['digital signature', 'non-repudiation', 'key encipherment', 'data encipherment']);
    assert.equal(Math.round((validTo - validFrom) / 86_400_000), 366);
    assert.ok(belongTogether(ours.certificate, ours.key));
    assert.ok(!belongTogether(ours.certificate, other.key));
  });

  it('are read from PEM with several and text around them, from DER, and from p7b in both forms, in their order', async () => {
    const both = [ours.certificate.fingerprint, other.certificate.fingerprint];
    const pem = `subject=ours\n${certificatePem(ours.certificate)}\nissuer=x\r\n${certificatePem(other.certificate)}`;
    assert.deepEqual(await fingerprints(Buffer.from(pem)), both);
    assert.deepEqual(await fingerprints(other.certificate.der), [both[1]]);
    const list = certificatesOnly([ours.certificate, other.certificate]);
    assert.deepEqual((await fingerprints(list)).toSorted(), both.toSorted());
    const text = `-----BEGIN PKCS7-----\n${list.toString('base64')}\n-----END PKCS7-----\n`;
    assert.deepEqual((await fingerprints(Buffer.from(text))).toSorted(), both.toSorted());
  });

  it('that are none are refused', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('ssh-rsa AAAA'), Buffer.from('3003020101', 'hex')]) {
      await assert.rejects(readCertificateFile(bytes), fault('malformed'));
    }
  });

  it('after 2049 are dated as RFC 5280 wants', async () => {
    const { certificate } = await generateSelfSigned({
      commonName: 'Späth & Söhne',
      organization: null,
      country: null,
      bits: 2048,
      validFrom: Date.UTC(2026, 0, 1),
      validTo: Date.UTC(2060, 0, 1),
    });
    assert.equal(certificate.validTo, Date.UTC(2060, 0, 1));
    assert.equal(certificate.subject, 'CN=Späth & Söhne');
  });

  describe('beside openssl', () => {
    needs(OPENSSL);

    it('of ours verify, by name and by key', async () => {
      const shown = await openssl(['x509', '-in', ours.certificateFile, '-noout', '-text']);
      assert.match(shown.toString(), /CA:FALSE.*Subject Key Identifier/s);
      await openssl([
        'verify',
        '-x509_strict',
        '-partial_chain',
        '-CAfile',
        ours.certificateFile,
        ours.certificateFile,
      ]);
    });

    for (const [title, words] of [
      ['as openssl writes it', []],
      [
        'with SHA-1 and 3DES, as old Windows does',
        ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
      ],
      ['with AES-128 and SHA-512', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512']],
      ['without encryption', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ] as const) {
      it(`are read from a p12 with their key: ${title}`, async () => {
        const file = join(TEST_FOLDER, 'pair.p12');
        const source = ['-in', ours.certificateFile, '-inkey', ours.keyFile, '-certfile', other.certificateFile];
        await openssl(['pkcs12', '-export', ...source, '-passout', 'pass:Straße 1', '-out', file, ...words]);
        const { keys, certificates } = readPkcs12(await readFile(file), 'Straße 1');
        assert.deepEqual(
          certificates.map((one) => one.fingerprint),
          [ours.certificate.fingerprint, other.certificate.fingerprint],
        );
        assert.equal(keys.length, 1);
        assert.ok(keys.every((key) => belongTogether(ours.certificate, key)));
        const bytes = await readFile(file);
        assert.throws(() => readPkcs12(bytes, 'strasse 1'), fault('key'));
      });
    }

    it('in a p12 encrypted with RC2 are refused with the way out', async () => {
      const file = join(TEST_FOLDER, 'rc2.p12');
      const source = ['-in', ours.certificateFile, '-inkey', ours.keyFile];
      await openssl(['pkcs12', '-export', '-legacy', ...source, '-passout', 'pass:x', '-out', file]);
      const bytes = await readFile(file);
      assert.throws(() => readPkcs12(bytes, 'x'), /openssl pkcs12 -legacy/);
    });
  });

  it('and p12 files that are noise are refused', () => {
    for (const bytes of [Buffer.alloc(0), randomBytes(300), Buffer.from('3000', 'hex')]) {
      assert.throws(() => readPkcs12(bytes, 'x'));
    }
  });
});
