import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Certificate } from '../cms/certificate.ts';
import { certificatePem, readCertificateFile } from '../cms/certificate-file.ts';
import { CmsFault } from '../cms/fault.ts';
import { readPkcs12 } from '../cms/pkcs12.ts';
import { generateSelfSigned } from '../cms/self-signed.ts';
import { belongTogether } from '../cms/sign.ts';
import { GatewayError, messageOf } from '../errors.ts';
import { systemClock } from '../util/clock.ts';
import { type Done, EXIT } from './exit.ts';
import { writeNew } from './new-file.ts';
import { printLine, say, visible } from './output.ts';

const DAY = 86_400_000;

export function addCertificate(as2: Command, done: Done): void {
  const certificate = as2
    .command('certificate')
    .description('Certificates: look into one, make a pair, take one over from a file of another program.')
    .exitOverride();
  addInspect(certificate, done);
  addFingerprint(certificate, done);
  addGenerate(certificate, done);
  addImport(certificate, done);
  for (const command of certificate.commands) command.exitOverride();
}

function addInspect(certificate: Command, done: Done): void {
  certificate
    .command('inspect')
    .summary('what the certificates of a file say')
    .description('Whose they are, how long they hold, and for what: of PEM, DER and p7b files.')
    .argument('<file>', 'file with one or several certificates')
    .option('--json', 'one JSON list')
    .addHelpText('after', '\nExample:\n  crossdock as2 certificate inspect partners/acme-3pl/certs/acme.pem')
    .action(async (file: string, options: { json?: boolean }) => {
      const shown = (await certificatesIn(file)).map(facts);
      if (options.json === true) await printLine(JSON.stringify(shown));
      else {
        for (const one of shown) {
          for (const [name, value] of Object.entries(one))
            await printLine(visible(`${name.padEnd(12)} ${value ?? 'not said'}`));
          if (one.daysLeft < 0) say('It has ended.');
        }
      }
      done(EXIT.ok);
    });
}

function addFingerprint(certificate: Command, done: Done): void {
  certificate
    .command('fingerprint')
    .summary('SHA-256, to compare with the partner over another way')
    .argument('<file>', 'file with one or several certificates')
    .addHelpText('after', '\nExample:\n  crossdock as2 certificate fingerprint partners/acme-3pl/certs/acme.pem')
    .action(async (file: string) => {
      for (const { fingerprint, subject } of await certificatesIn(file)) {
        await printLine(visible(`${fingerprint}  ${subject}`));
      }
      done(EXIT.ok);
    });
}

function addGenerate(certificate: Command, done: Done): void {
  certificate
    .command('generate')
    .summary('a new key and a certificate that it signs itself')
    .description(
      'Makes an RSA pair: <out>.pem to give to partners, and <out>.key, which stays here as a secret. Files that are there are not replaced.',
    )
    .requiredOption('--name <name>', 'common name, such as your company')
    .requiredOption('--out <path>', 'where to write, without an ending')
    .option('--organization <name>', 'organization')
    .option('--days <number>', 'how long it holds', '825')
    .option('--bits <number>', 'size of the key: 2048, 3072 or 4096', '2048')
    .addHelpText('after', '\nExample:\n  crossdock as2 certificate generate --name "Our Company AS2" --out us-2027')
    .action(async (options: { name: string; out: string; organization?: string; days: string; bits: string }) => {
      const days = Number(options.days);
      const bits = Number(options.bits);
      if (!Number.isInteger(days) || days < 1 || days > 36_500) throw usage(`--days ${options.days}`, '1 to 36500');
      if (![2048, 3072, 4096].includes(bits)) throw usage(`--bits ${options.bits}`, '2048, 3072 or 4096');
      const now = systemClock.now();
      const made = await generateSelfSigned({
        commonName: options.name,
        organization: options.organization ?? null,
        country: null,
        bits,
        validFrom: now - (now % DAY),
        validTo: now + days * DAY,
      });
      const key = made.key.export({ type: 'pkcs8', format: 'pem' }).toString();
      await writePair(options.out, certificatePem(made.certificate), key);
      await printLine(`${made.certificate.fingerprint}  ${made.certificate.subject}`);
      done(EXIT.ok);
    });
}

function addImport(certificate: Command, done: Done): void {
  certificate
    .command('import')
    .summary('a certificate, or a pair, from a file of another program')
    .description(
      'Takes PEM, DER and p7b, and with a password p12 and pfx. Writes <out>.pem, and <out>.key when the file holds the private key. Files that are there are not replaced.',
    )
    .argument('<file>', 'file to read')
    .requiredOption('--out <path>', 'where to write, without an ending')
    .option('--password-file <file>', 'file with the password of a p12 or pfx')
    .addHelpText(
      'after',
      '\nExample:\n  crossdock as2 certificate import old-gateway.p12 --password-file password.txt --out us',
    )
    .action(async (file: string, options: { out: string; passwordFile?: string }) => {
      const { certificates, key } = await pairIn(file, options.passwordFile);
      const pem = certificates.map(certificatePem).join('');
      await writePair(options.out, pem, key);
      for (const { fingerprint, subject } of certificates) await printLine(visible(`${fingerprint}  ${subject}`));
      done(EXIT.ok);
    });
}

async function pairIn(
  file: string,
  passwordFile: string | undefined,
): Promise<{ readonly certificates: readonly Certificate[]; readonly key: string | null }> {
  if (passwordFile === undefined) return { certificates: await certificatesIn(file), key: null };
  const password = (await bytesOf(passwordFile)).toString('utf8').replace(/[\r\n]+$/, '');
  const bytes = await bytesOf(file);
  const { keys, certificates } = reading(file, () => readPkcs12(bytes, password));
  const [key] = keys;
  if (key === undefined) return { certificates, key: null };
  // Ours first, those that issued it behind.
  const own = certificates.filter((one) => belongTogether(one, key));
  const others = certificates.filter((one) => !own.includes(one));
  return { certificates: [...own, ...others], key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

async function certificatesIn(file: string): Promise<readonly Certificate[]> {
  try {
    return await readCertificateFile(await bytesOf(file));
  } catch (error) {
    throw error instanceof CmsFault ? unreadable(file, error) : error;
  }
}

function reading<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, cause: unknown): GatewayError {
  return new GatewayError('FILE_UNREADABLE', `${file}: ${messageOf(cause)}`, { cause });
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

async function writePair(out: string, certificate: string, key: string | null): Promise<void> {
  const path = resolve(out);
  if (key !== null) await writeNew(`${path}.key`, key, 0o600);
  await writeNew(`${path}.pem`, certificate, 0o644);
  say(
    `Written: ${path}.pem${key === null ? '' : ` and ${path}.key, which is a secret: keep it out of every repository`}`,
  );
}

function facts({ subject, issuedBy, validFrom, validTo, usages, fingerprint, publicKey, serial }: Certificate) {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return {
    subject,
    issuedBy,
    serial: serial.toString('hex'),
    validFrom: day(validFrom),
    validTo: day(validTo),
    daysLeft: Math.floor((validTo - systemClock.now()) / DAY),
    usages: usages?.join(', ') ?? null,
    key: `${publicKey.asymmetricKeyType ?? '?'} ${publicKey.asymmetricKeyDetails?.modulusLength ?? ''}`.trim(),
    fingerprint,
  };
}

function usage(what: string, allowed: string): GatewayError {
  return new GatewayError('REQUEST_INVALID', `${what} is none of ${allowed}.`);
}
