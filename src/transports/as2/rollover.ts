import type { Certificate } from '../../cms/certificate.ts';
import type { Dated } from './types.ts';

/**
 * The one to use now: of those whose day has come the one with the latest day, the first of these in the list. One that is
 * out of date is only used when there is no other.
 */
export function chosen<Value>(
  candidates: readonly Dated<Value>[],
  certificateOf: (value: Value) => Certificate,
  now: number,
): Value | undefined {
  const due = candidates.filter(({ from }) => from === null || from <= now);
  const valid = due.filter(({ value }) => isValid(certificateOf(value), now));
  const [first, ...others] = valid.length > 0 ? valid : due.length > 0 ? due : candidates;
  if (first === undefined) return undefined;
  return others.reduce((best, one) => (dayOf(one) > dayOf(best) ? one : best), first).value;
}

function isValid({ validFrom, validTo }: Certificate, now: number): boolean {
  return validFrom <= now && now <= validTo;
}

function dayOf({ from }: Dated<unknown>): number {
  return from ?? Number.NEGATIVE_INFINITY;
}
