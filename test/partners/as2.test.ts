import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { loadConfiguration } from '../../src/partners/configuration.ts';
import { parsePartner } from '../../src/partners/parse.ts';
import { createSecrets } from '../../src/settings/secrets.ts';
import { readAgreement, warnOfCertificates } from '../../src/transports/as2/agreement.ts';
import { testKey } from '../cms/support/keys.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const GOOD =
  'url: https://a.example/as2, sign: sha256, encrypt: aes256-cbc, mdn: sync, certificates: { theirs: certs/a.pem, ours: certs/us.pem }, key: secret:as2';

function partnerText(as2: string, names = 'as2: ACME', us = 'as2: US'): string {
  return `partner: acme
name: Acme
timezone: America/Chicago
identifiers: { x12: ZZ/ACME, ${names} }
us: { x12: ZZ/US, ${us} }
connections:
  main: { as2: { ${as2} } }
`;
}

function parse(text: string) {
  return parsePartner({ id: 'acme', folder: 'acme', file: 'p', text });
}

describe('an AS2 connection', () => {
  it('is read with its defaults', () => {
    const { partner, problems } = parse(partnerText(GOOD));
    assert.deepEqual(problems, []);
    const [connection] = partner?.connections ?? [];
    assert.ok(connection?.kind === 'as2');
    const { certificates: _certificates, ...terms } = connection;
    assert.deepEqual(terms, {
      kind: 'as2',
      id: 'main',
      theirs: 'ACME',
      ours: 'US',
      url: 'https://a.example/as2',
      sign: { digest: 'sha256', scheme: 'pkcs1' },
      encrypt: { cipher: 'aes256-cbc', transport: 'pkcs1' },
      compress: 'none',
      mdn: { mode: 'sync', signed: true, url: null },
      mdnWithin: 3_600_000,
      demand: { signed: true, encrypted: true },
      legacy: [],
      encoding: 'binary',
      digestNames: 'dashed',
      identifiedBy: 'issuer',
      algorithmProtection: true,
      duplicates: 'same-mdn',
      endedCertificates: 'refuse',
      mdnTargets: [],
      keys: ['as2'],
      largest: 250 * 1024 ** 2,
    });
  });

  it('is read with everything said', () => {
    const more =
      'url: http://a.example:4080/as2, sign: sha512-pss, encrypt: 3des, keyTransport: oaep-sha256, compress: after-signing, mdn: async, mdnSigned: no, mdnTo: https://us.example/as2, mdnWithin: 4h, mdnAllowed: [https://b.example/mdn], demand: { signed: no, encrypted: yes }, legacy: [3des, sha1], certificates: { theirs: [certs/a.pem, { file: certs/b.pem, from: 2026-12-01 }], ours: certs/us.pem }, key: [secret:as2, secret:next], encoding: base64, digestNames: plain, identifyBy: key, algorithmProtection: no, duplicates: warning, endedCertificates: take, largest: 10MB';
    const { partner, problems, files } = parse(partnerText(more));
    assert.deepEqual(problems, []);
    const [connection] = partner?.connections ?? [];
    assert.ok(connection?.kind === 'as2');
    assert.deepEqual(connection.sign, { digest: 'sha512', scheme: 'pss' });
    assert.deepEqual(connection.mdn, { mode: 'async', signed: false, url: 'https://us.example/as2' });
    assert.deepEqual(connection.demand, { signed: false, encrypted: true });
    assert.deepEqual(
      connection.certificates.theirs.map(({ path, from }) => [path, from]),
      [
        ['certs/a.pem', null],
        ['certs/b.pem', Date.UTC(2026, 11, 1)],
      ],
    );
    assert.deepEqual(connection.keys, ['as2', 'next']);
    assert.equal(files.length, 3);
  });

  for (const [title, from, to, problems] of [
    ['an address that is none', 'https://a.example/as2', 'ftp://a.example', ['7:23 PARTNER_MESSAGES']],
    ['SHA-1 that nobody allowed', 'sign: sha256', 'sign: sha1', ['7:52 PARTNER_MESSAGES']],
    ['3DES that nobody allowed', 'encrypt: aes256-cbc', 'encrypt: 3des', ['7:69 PARTNER_MESSAGES']],
    ['a cipher nobody knows', 'encrypt: aes256-cbc', 'encrypt: rc2', ['7:69 PARTNER_VALUE']],
    ['MDNs later, to nowhere', 'mdn: sync', 'mdn: async', ['7:16 PARTNER_MESSAGES']],
    ['a key in the open', 'key: secret:as2', 'key: hunter2', ['7:156 SECRET_INLINE']],
    ['a certificate outside the folder', 'certs/a.pem', '../a.pem', ['7:116 PARTNER_PATH']],
    [
      'a day that is none',
      'theirs: certs/a.pem',
      'theirs: { file: certs/a.pem, from: soon }',
      ['7:143 PARTNER_MESSAGES'],
    ],
    ['a key it does not have', 'mdn: sync', 'mdn: sync, mdnto: x', ['7:92 PARTNER_KEY_UNKNOWN']],
  ] as const) {
    it(`with ${title} is a problem in its place`, () => {
      const found = parse(partnerText(GOOD.replace(from, to))).problems;
      assert.deepEqual(
        found.map(({ line, column, code }) => `${line}:${column} ${code}`),
        problems,
      );
    });
  }

  it('needs an AS2 name of each side', () => {
    const { problems } = parse(partnerText(GOOD, 'edifact: "1:14"', 'edifact: "2:14"'));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['PARTNER_IDENTIFIER_MISSING', 'PARTNER_IDENTIFIER_MISSING'],
    );
  });
});

describe('the certificates of an AS2 connection', function () {
  this.timeout(60_000);
  const folder = tempFolder();
  const check = async () =>
    loadConfiguration({ maps: join(folder(), 'maps'), partners: join(folder(), 'partners') }, createDictionaries([]));

  async function files(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const [ours, other] = await Promise.all([testKey('ours'), testKey('other')]);
    await writeFiles(folder(), {
      'maps/maps.lock': '',
      'partners/acme/partner.yaml': partnerText(GOOD),
      'partners/acme/certs/a.pem': '',
      'partners/acme/certs/us.pem': '',
      ...more,
    });
    if (more['partners/acme/certs/a.pem'] === undefined) {
      await copyFile(other.certificateFile, join(folder(), 'partners/acme/certs/a.pem'));
    }
    await copyFile(ours.certificateFile, join(folder(), 'partners/acme/certs/us.pem'));
  }

  async function agreement(environment: Readonly<Record<string, string>>) {
    const { partners } = await check();
    const [partner] = partners;
    const [connection] = partner?.connections ?? [];
    assert.ok(partner !== undefined && connection?.kind === 'as2');
    return readAgreement(partner, connection, createSecrets({ environment, folder: null }));
  }

  it('that can be read are no problem, and lead to an agreement with the key of ours', async () => {
    await files();
    const { problems } = await check();
    assert.deepEqual(
      problems.filter(({ code }) => code.startsWith('PARTNER')),
      [],
    );
    const ours = await testKey('ours');
    const key = ours.key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { connection, ourKeys, theirCertificates } = await agreement({ CROSSDOCK_SECRET_AS2: key });
    assert.equal(connection, 'as2:acme/main');
    assert.equal(ourKeys[0]?.value.certificate.fingerprint, ours.certificate.fingerprint);
    assert.equal(theirCertificates[0]?.value.fingerprint, (await testKey('other')).certificate.fingerprint);
  });

  it('that are none are a problem where they are named', async () => {
    await files({ 'partners/acme/certs/a.pem': 'ssh-rsa AAAA' });
    const { problems } = await check();
    const [problem] = problems.filter(({ code }) => code === 'PARTNER_CERTIFICATE');
    assert.deepEqual([problem?.line, problem?.column], [7, 116]);
  });

  it('need their keys: another one, none and no PEM are told with the name of the secret and nothing of its value', async () => {
    await files();
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const pem = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    await assert.rejects(agreement({}), /SECRET_AS2/);
    await assert.rejects(agreement({ CROSSDOCK_SECRET_AS2: pem }), /there is no key for certs\/us\.pem/);
    await assert.rejects(
      agreement({ CROSSDOCK_SECRET_AS2: 'hunter2' }),
      (error: Error) => !error.message.includes('hunter2'),
    );
  });

  it('are warned of before they begin', async () => {
    await files();
    const key = (await testKey('ours')).key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const known = await agreement({ CROSSDOCK_SECRET_AS2: key });
    const warnings = (now: number) => {
      const log = createRecordingLog();
      warnOfCertificates(known, now, log);
      return log.lines.map(({ level, sentence }) => `${level}: ${sentence.split(/[.;]/)[0]}`);
    };
    const { validFrom } = (await testKey('ours')).certificate;
    assert.deepEqual(warnings(validFrom), []);
    assert.deepEqual(warnings(validFrom - 86_400_000), Array(2).fill('warn: A certificate is not valid yet'));
  });
});
