import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestKey } from '../cms/support/keys.ts';
import type { Place } from './gateway.ts';
import { writeFiles } from './temp-folder.ts';
import { WAREHOUSE } from './warehouse.ts';

/** The same company on both sides: each is the other's partner `peer`, under the names of the keys. */
export function as2PartnerFile(own: string, other: string, url: string): string {
  return WAREHOUSE.replace(/^partner: .*$/m, 'partner: peer')
    .replace(/^identifiers: \{/m, `identifiers: { as2: ${other},`)
    .replace(/^us: \{/m, `us: { as2: "${own}",`)
    .replace(
      /^connections:\n(?: {2}.*\n)+/m,
      `connections:
  main:
    as2:
      url: ${url}
      sign: sha256
      encrypt: aes128-gcm
      compress: true
      mdn: sync
      certificates: { theirs: certs/theirs.pem, ours: certs/ours.pem }
      key: secret:as2
`,
    )
    .replaceAll('WAREHOUSE', 'PEER')
    .replaceAll('warehouse/*', 'peer/*');
}

/** Gives a place the partner `peer` over AS2, with both certificates and our key. */
export async function addAs2Partner(place: Place, own: TestKey, other: TestKey, file: string): Promise<void> {
  const folder = join(place.config, 'partners/peer');
  await mkdir(join(folder, 'certs'), { recursive: true });
  await copyFile(other.certificateFile, join(folder, 'certs/theirs.pem'));
  await copyFile(own.certificateFile, join(folder, 'certs/ours.pem'));
  await mkdir(join(place.config, 'secrets'), { recursive: true });
  await copyFile(own.keyFile, join(place.config, 'secrets/as2'));
  await writeFile(join(place.config, 'crossdock.yaml'), 'secrets: secrets\n', { flag: 'a' });
  await writeFiles(folder, { 'partner.yaml': file });
}
