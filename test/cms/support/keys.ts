import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificatePem } from '../../../src/cms/certificate-file.ts';
import type { OwnKey } from '../../../src/cms/decrypt.ts';
import { generateSelfSigned } from '../../../src/cms/self-signed.ts';

/** A key with its certificate, and both as files for other programs. */
export interface TestKey extends OwnKey {
  readonly certificateFile: string;
  readonly keyFile: string;
}

const DAY = 86_400_000;
const made = new Map<string, Promise<TestKey>>();

/** A folder of this process for files of tests, removed at its end. */
export const TEST_FOLDER = mkdtempSync(join(tmpdir(), 'crossdock-keys-'));
process.once('exit', () => rmSync(TEST_FOLDER, { recursive: true, force: true }));

/** The pair of that name; made once in a process, for making one takes its time. */
export function testKey(name: string): Promise<TestKey> {
  const found = made.get(name) ?? makeKey(name);
  made.set(name, found);
  return found;
}

async function makeKey(name: string): Promise<TestKey> {
  const now = Date.now();
  const { certificate, key } = await generateSelfSigned({
    commonName: name,
    organization: 'Tests',
    country: 'US',
    bits: 2048,
    validFrom: now - DAY,
    validTo: now + 365 * DAY,
  });
  const certificateFile = join(TEST_FOLDER, `${name}.pem`);
  const keyFile = join(TEST_FOLDER, `${name}.key`);
  writeFileSync(certificateFile, certificatePem(certificate));
  writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return { certificate, key, certificateFile, keyFile };
}
