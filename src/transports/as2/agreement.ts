import { createPrivateKey, type KeyObject } from 'node:crypto';
import { belongTogether } from '../../cms/sign.ts';
import { GatewayError, messageOf } from '../../errors.ts';
import type { As2Connection } from '../../partners/as2-types.ts';
import { readFirstCertificate } from '../../partners/certificates.ts';
import { connectionName } from '../../partners/connection-name.ts';
import type { TradingPartner } from '../../partners/types.ts';
import type { Secrets } from '../../settings/secrets.ts';
import type { Log } from '../../util/log.ts';
import type { As2Agreement } from './types.ts';

/** Unpacked is at most so many times packed. */
const RATIO = 100;

/**
 * Reads certificates and keys of a connection. Throws SECRET_MISSING, or CONFIG_INVALID when a file or a key cannot be used
 * or a certificate of ours has no key.
 */
export async function readAgreement(
  { id: partnerId, folder }: Pick<TradingPartner, 'id' | 'folder'>,
  connection: As2Connection,
  secrets: Secrets,
): Promise<As2Agreement> {
  const { kind: _kind, id, certificates, keys: names, largest, ...terms } = connection;
  const label = connectionName('as2', partnerId, id);
  try {
    const keys = names.flatMap((name) => privateKeys(secrets(name), `${label}: the secret "${name}"`));
    const theirCertificates = await Promise.all(
      certificates.theirs.map(async (file) => ({ value: await readFirstCertificate(folder, file), from: file.from })),
    );
    const ourKeys = await Promise.all(
      certificates.ours.map(async (file) => {
        const certificate = await readFirstCertificate(folder, file);
        const key = keys.find((one) => belongTogether(certificate, one));
        if (key !== undefined) return { value: { certificate, key }, from: file.from };
        const remedy = 'Put the private key of the certificate into one of the secrets that "key" names.';
        throw new GatewayError('CONFIG_INVALID', `${label}: there is no key for ${file.path}. ${remedy}`);
      }),
    );
    const limits = { message: largest, inflate: { bytes: largest, ratio: RATIO } };
    return { ...terms, partnerId, connection: label, theirCertificates, ourKeys, limits };
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError('CONFIG_INVALID', `${label}: a certificate cannot be used: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Every private key of a text in PEM. */
function privateKeys(text: string, where: string): readonly KeyObject[] {
  const blocks = text.match(/-----BEGIN (?:RSA )?PRIVATE KEY-----[^-]*-----END (?:RSA )?PRIVATE KEY-----/g) ?? [];
  if (blocks.length === 0) {
    const remedy = 'Put the key in PEM there, as "crossdock as2 certificate generate" and "import" write it.';
    throw new GatewayError('CONFIG_INVALID', `${where} holds no private key. ${remedy}`);
  }
  return blocks.map((block) => createPrivateKey(block));
}

/** Warns of certificates that are not valid yet, and of those that are not for what they are used for. */
export function warnOfCertificates(agreement: As2Agreement, now: number, log: Log): void {
  const all = [
    ...agreement.theirCertificates.map((one) => ({ whose: 'theirs', ...one })),
    ...agreement.ourKeys.map(({ value, from }) => ({ whose: 'ours', value: value.certificate, from })),
  ];
  for (const { whose, value } of all) {
    const { subject, fingerprint } = value;
    const details = { connection: agreement.connection, whose, subject, fingerprint };
    if (value.validFrom > now) log.warn(details, 'A certificate is not valid yet.');
    if (
      value.usages !== null &&
      !value.usages.includes('digital signature') &&
      !value.usages.includes('key encipherment')
    ) {
      log.warn({ ...details, usages: value.usages }, 'A certificate is neither for signing nor for encrypting.');
    }
  }
}
