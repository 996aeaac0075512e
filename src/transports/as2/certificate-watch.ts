import type { Certificate } from '../../cms/certificate.ts';
import { messageOf } from '../../errors.ts';
import type { ExceptionLedger } from '../../ledger/exception-types.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import { endedText, endsText, type Nearness, nearnessOf, type Whose } from './certificate-ends.ts';
import type { As2Agreement } from './types.ts';

export interface CertificateWatchOptions {
  readonly exceptions: Pick<ExceptionLedger, 'raise' | 'settleSubject'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells of certificates that end, while time passes. */
export interface CertificateWatch {
  /** Looks now at what is agreed, in place of what was agreed before, and again while time passes. Never rejects. */
  watch(agreements: readonly As2Agreement[]): Promise<void>;
  stop(): void;
}

/** Milliseconds between two looks. */
const EVERY = 3_600_000;

/** What may be told of a connection: a code of the register of causes, and what it is about. */
const CASES = [
  { whose: 'theirs', ended: false, code: 'PARTNER_CERTIFICATE_ENDS' },
  { whose: 'theirs', ended: true, code: 'PARTNER_CERTIFICATE_ENDED' },
  { whose: 'ours', ended: false, code: 'OUR_CERTIFICATE_ENDS' },
  { whose: 'ours', ended: true, code: 'OUR_CERTIFICATE_ENDED' },
] as const;

/**
 * An exception for each side of a connection whose certificates all end within 30 days, or have ended; told again 14 and 7
 * days before. It is resolved when one that lasts longer is listed, or the connection is gone. Each certificate is logged at
 * the same days.
 */
export function createCertificateWatch({ exceptions, clock, log }: CertificateWatchOptions): CertificateWatch {
  let agreements: readonly As2Agreement[] = [];
  let timer: NodeJS.Timeout | null = null;
  /** How near the end was when it was told last, by what was told. */
  const told = new Map<string, Nearness>();

  async function lookAt(agreement: As2Agreement, now: number): Promise<void> {
    for (const whose of ['theirs', 'ours'] as const) {
      const certificates = certificatesOf(agreement, whose);
      for (const one of certificates) logNews(agreement, whose, one, now);
      const [last] = certificates.toSorted((a, b) => b.validTo - a.validTo);
      if (last === undefined) continue;
      for (const { code, ended } of CASES.filter((one) => one.whose === whose)) {
        const nearness = nearnessOf(last.validTo, now);
        const known = (nearness === 'ended') === ended ? nearness : null;
        const subject = subjectOf(agreement.connection, code);
        if (told.get(subject) === known) continue;
        if (known === null) await exceptions.settleSubject(subject, now);
        else {
          const text = `${agreement.connection}: ${ended ? endedText(last, whose) : endsText(last, whose)}`;
          const about = { kind: 'connection', id: subject, fileId: null } as const;
          const { partnerId, connection: scope } = agreement;
          await exceptions.raise({ code, partnerId, scope, text, subject: about }, now);
        }
        told.set(subject, known);
      }
    }
  }

  function logNews(agreement: As2Agreement, whose: Whose, certificate: Certificate, now: number): void {
    const { subject, fingerprint, validTo } = certificate;
    const key = `${agreement.connection} ${fingerprint}`;
    const nearness = nearnessOf(validTo, now);
    if (told.get(key) === nearness) return;
    told.set(key, nearness);
    const details = { connection: agreement.connection, whose, subject, fingerprint, ends: new Date(validTo) };
    if (nearness === null) return;
    if (nearness !== 'ended') log.warn(details, 'A certificate ends soon. Exchange a new one and list both.');
    else if (agreement.endedCertificates === 'take') {
      log.error(details, 'A certificate has ended; it is used all the same, as agreed. Replace it.');
    } else log.error(details, 'A certificate has ended; nothing is sent with it or taken on its word. Replace it.');
  }

  async function look(): Promise<void> {
    try {
      for (const agreement of agreements) await lookAt(agreement, clock.now());
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'Certificates that end could not be told of; they will be.');
    }
  }

  return {
    watch: async (next) => {
      const kept = new Set(next.map(({ connection }) => connection));
      const gone = agreements.filter(({ connection }) => !kept.has(connection));
      agreements = next;
      timer ??= setInterval(() => void look(), EVERY).unref();
      for (const subject of gone.flatMap(({ connection }) => CASES.map(({ code }) => subjectOf(connection, code)))) {
        told.delete(subject);
        await exceptions.settleSubject(subject, clock.now()).catch(() => {});
      }
      await look();
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}

function subjectOf(connection: string, code: string): string {
  return `${connection} ${code}`;
}

function certificatesOf({ theirCertificates, ourKeys }: As2Agreement, whose: Whose): readonly Certificate[] {
  return whose === 'theirs'
    ? theirCertificates.map(({ value }) => value)
    : ourKeys.map(({ value }) => value.certificate);
}
