import type { Digest } from '../../cms/algorithms.ts';
import { readDigest } from './digest-names.ts';
import type { Disposition } from './disposition.ts';
import type { Headers } from './mime/headers.ts';

/** What a sender asks for in answer to a message. */
export interface AskedMdn {
  readonly signed: boolean;
  /** For the MIC, in the sender's order; empty when it names none that is known. */
  readonly digests: readonly Digest[];
  /** Where to send it; null in the same HTTP exchange. */
  readonly url: string | null;
  /** Something is required that there is not: then the message may not be processed. */
  readonly unsupported: Disposition | null;
}

/** Null when no MDN is asked for (RFC 4130 7.3). */
export function askedMdn(headers: Headers): AskedMdn | null {
  if (headers.get('disposition-notification-to') === undefined) return null;
  const options = readOptions(headers.get('disposition-notification-options') ?? '');
  const protocol = options.get('signed-receipt-protocol');
  const micalg = options.get('signed-receipt-micalg');
  const digests = (micalg?.values ?? []).map(readDigest).filter((digest) => digest !== null);
  const signed = protocol?.values.some((value) => /^(x-)?pkcs7-signature$/.test(value)) === true;
  let unsupported: Disposition | null = null;
  if (micalg?.required === true && digests.length === 0) {
    unsupported = { type: 'failed/failure', modifier: 'unsupported MIC-algorithms' };
  }
  if (protocol?.required === true && !signed) unsupported = { type: 'failed/failure', modifier: 'unsupported format' };
  return { signed, digests, url: headers.get('receipt-delivery-option')?.trim() || null, unsupported };
}

interface Option {
  readonly required: boolean;
  readonly values: readonly string[];
}

/** `name=required, value, value; name=…`, in any case and with any blanks. */
function readOptions(text: string): ReadonlyMap<string, Option> {
  const options = new Map<string, Option>();
  for (const part of text.split(';')) {
    const [name = '', list = ''] = part.split('=', 2);
    const [importance = '', ...values] = list
      .split(',')
      .map((value) => value.trim().replace(/^"|"$/g, '').toLowerCase());
    options.set(name.trim().toLowerCase(), { required: importance === 'required', values });
  }
  return options;
}
