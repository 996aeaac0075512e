import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadPartners } from '../../src/partners/load.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const ACME = `partner: acme
name: Acme
timezone: America/Chicago
identifiers: { x12: ZZ/ACME }
us: { x12: ZZ/US }
`;

/** The problems of a folder as `path:line:column CODE`, paths relative to it. */
function codes(folder: string): readonly string[] {
  return loadPartners(folder).problems.map(
    ({ file, line, column, code }) => `${file.slice(folder.length + 1)}:${line}:${column} ${code}`,
  );
}

describe('loading the partners', () => {
  const folder = tempFolder();

  it('reads each folder that has a partner.yaml, and passes over files and hidden folders', async () => {
    await writeFiles(folder(), { 'acme/partner.yaml': ACME, 'README.md': 'not a partner', '.git/config': '' });
    const { partners, problems } = loadPartners(folder());
    assert.deepEqual(problems, []);
    assert.deepEqual(
      partners.map(({ id, folder: own }) => [id, own]),
      [['acme', join(folder(), 'acme')]],
    );
  });

  it('accepts the partners of this repository', () => {
    const { partners, problems } = loadPartners(join(import.meta.dirname, '../../partners'));
    assert.deepEqual(problems, []);
    assert.ok(partners.some(({ id }) => id === 'demo-3pl'));
  });

  it('says that a folder has no partner.yaml', async () => {
    await writeFiles(folder(), { 'acme/NOTES.md': '' });
    assert.deepEqual(codes(folder()), ['acme/partner.yaml:1:1 PARTNER_UNREADABLE']);
  });

  it('says that the folder of the partners is missing', () => {
    const { problems } = loadPartners(join(folder(), 'nowhere'));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['PARTNER_UNREADABLE'],
    );
  });

  it('says that an overlay or a certificate is not there', async () => {
    const more = `connections:
  main: { as2: { url: https://a.example, sign: sha256, encrypt: aes256-cbc, mdn: sync, certificates: { theirs: certs/a.pem, ours: [certs/us.pem] }, key: secret:as2 } }
inbound:
  - { document: 945, map: x12/945@1.0.0, overlay: overlays/945.yaml }
  - { document: 940, map: x12/940@1.0.0, overlay: overlays/940.yaml }
`;
    await writeFiles(folder(), {
      'acme/partner.yaml':
        ACME.replace('identifiers: {', 'identifiers: { as2: ACME,').replace('us: {', 'us: { as2: US,') + more,
      'acme/overlays/945.yaml': '',
      'acme/certs/us.pem': '',
    });
    assert.deepEqual(codes(folder()), [
      'acme/partner.yaml:7:112 PARTNER_FILE_MISSING',
      'acme/partner.yaml:10:51 PARTNER_FILE_MISSING',
    ]);
  });

  it('refuses two partners that send under the same identifier to the same one of ours', async () => {
    const copy = ACME.replace('partner: acme', 'partner: copy');
    await writeFiles(folder(), { 'acme/partner.yaml': ACME, 'copy/partner.yaml': copy });
    const { problems } = loadPartners(folder());
    assert.deepEqual(codes(folder()), ['copy/partner.yaml:4:21 PARTNER_IDENTIFIER_TAKEN']);
    assert.match(problems[0]?.what ?? '', /acme already sends as ZZ\/ACME to ZZ\/US/);
  });

  it('lets two partners share an identifier when they address us differently', async () => {
    const site = ACME.replace('partner: acme', 'partner: site').replace('ZZ/US', 'ZZ/USWEST');
    await writeFiles(folder(), { 'acme/partner.yaml': ACME, 'site/partner.yaml': site });
    assert.deepEqual(codes(folder()), []);
  });

  it('refuses two connections that pick up the same files', async () => {
    const connection = 'connections:\n  main: { folder: { pickUp: drop/out/*.edi } }\n';
    const copy = ACME.replace('partner: acme', 'partner: copy').replace('ZZ/ACME', 'ZZ/COPY');
    await writeFiles(folder(), { 'acme/partner.yaml': ACME + connection, 'copy/partner.yaml': copy + connection });
    assert.deepEqual(codes(folder()), ['copy/partner.yaml:7:3 PARTNER_PICK_UP_TAKEN']);
  });

  it('tells the problems of all files at once, sorted by place', async () => {
    await writeFiles(folder(), {
      'a/partner.yaml': ACME.replace('acme', 'b'),
      'b/partner.yaml': ACME.replace('acme', 'b').replace('ZZ/ACME', 'ACME').replace('Chicago', 'Chicgo'),
    });
    assert.deepEqual(codes(folder()), [
      'a/partner.yaml:1:10 PARTNER_NAME',
      'b/partner.yaml:3:11 PARTNER_TIMEZONE',
      'b/partner.yaml:4:21 PARTNER_IDENTIFIER',
    ]);
  });
});
