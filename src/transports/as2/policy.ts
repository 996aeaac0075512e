import { endedText, refused } from './certificate-ends.ts';
import { As2Failure } from './failure.ts';
import type { Protection } from './open.ts';
import type { As2Agreement } from './types.ts';

/**
 * Refuses a message that is less protected than agreed, with algorithms that are too weak, or signed with a certificate that
 * has ended. Throws As2Failure.
 */
export function checkProtection(
  { signed, encrypted }: Protection,
  agreement: Pick<As2Agreement, 'demand' | 'legacy' | 'endedCertificates'>,
  now: number,
): void {
  const { demand, legacy } = agreement;
  if (demand.encrypted && encrypted === null) throw insufficient('The message is not encrypted, and must be.');
  if (demand.signed && signed === null) throw insufficient('The message is not signed, and must be.');
  if (signed?.digest === 'sha1' && !legacy.includes('sha1')) throw insufficient('The message is signed with SHA-1.');
  if (encrypted?.cipher === '3des' && !legacy.includes('3des'))
    throw insufficient('The message is encrypted with 3DES.');
  if (signed !== null && refused(signed.certificate, agreement, now)) {
    const { certificate } = signed;
    throw new As2Failure(
      { type: 'processed/error', modifier: 'authentication-failed' },
      `The message is signed by the partner, but ${endedText(certificate, 'theirs')}`,
    );
  }
}

function insufficient(what: string): As2Failure {
  return new As2Failure({ type: 'processed/error', modifier: 'insufficient-message-security' }, what);
}
