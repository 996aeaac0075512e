import type { Certificate } from '../../cms/certificate.ts';
import { GatewayError } from '../../errors.ts';
import type { As2Agreement } from './types.ts';

/** Whose certificate it is. */
export type Whose = 'theirs' | 'ours';

/** Days before its end at which a certificate is told of, the nearest first. */
const WARNINGS = [7, 14, 30] as const;
const DAY = 86_400_000;

/** How near an end is: at most so many days, over, or too far to be told. */
export type Nearness = (typeof WARNINGS)[number] | 'ended' | null;

/** How near an end is, in milliseconds since 1970. */
export function nearnessOf(end: number, now: number): Nearness {
  if (end < now) return 'ended';
  return WARNINGS.find((days) => end - now <= days * DAY) ?? null;
}

/** True when a certificate proves nothing any more: it has ended, and nothing else was agreed. */
export function refused({ validTo }: Certificate, { endedCertificates }: Rules, now: number): boolean {
  return endedCertificates === 'refuse' && validTo < now;
}

/** Refuses to send with a certificate that has ended. PARTNER_CERTIFICATE_ENDED or OUR_CERTIFICATE_ENDED. */
export function requireCurrent(
  certificate: Certificate,
  whose: Whose,
  agreement: Rules & Pick<As2Agreement, 'connection'>,
  now: number,
): void {
  if (!refused(certificate, agreement, now)) return;
  const code = whose === 'theirs' ? 'PARTNER_CERTIFICATE_ENDED' : 'OUR_CERTIFICATE_ENDED';
  throw new GatewayError(code, `${agreement.connection}: ${endedText(certificate, whose)}`);
}

/** What is wrong and what to do, with the day. */
export function endedText({ subject, validTo }: Pick<Certificate, 'subject' | 'validTo'>, whose: Whose): string {
  return whose === 'theirs'
    ? `the certificate of the partner (${subject}) ended on ${dayOf(validTo)}. Ask for its new one and list it under "theirs".`
    : `our certificate (${subject}) ended on ${dayOf(validTo)}. Make a new one, send it to the partner, and list it under "ours".`;
}

/** The same before the end. */
export function endsText({ subject, validTo }: Pick<Certificate, 'subject' | 'validTo'>, whose: Whose): string {
  return whose === 'theirs'
    ? `the certificate of the partner (${subject}) ends on ${dayOf(validTo)}. Ask for the next one and list both.`
    : `our certificate (${subject}) ends on ${dayOf(validTo)}. Make the next one, send it to the partner, and list both.`;
}

type Rules = Pick<As2Agreement, 'endedCertificates'>;

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
