import { appendFileSync, readFileSync } from 'node:fs';
import type { Offer } from '../support/offers.ts';

/** What a sender saw: `unknown` is everything that is neither a yes nor a no. */
type Seen = 'offered' | 'acknowledged' | 'refused' | 'unknown';

interface Line {
  readonly name: string;
  readonly sha256: string;
  readonly seen: Seen;
  readonly says: string;
}

/**
 * What senders know, in a file of their own that only grows: the ledger is compared with it, and never with itself.
 */
export interface Witness {
  note(offer: Offer, seen: Seen, says?: string): void;
  /** Every offer that was made so far, once each, in the order of their first offers. */
  offers(): readonly Offer[];
  /** Hashes of what was acknowledged, by the lines of the file. */
  acknowledged(): ReadonlySet<string>;
  /** How often each thing was seen: `12 offered, 12 acknowledged`. */
  summary(): string;
}

/** Begins a new log in `file`. */
export function createWitness(file: string): Witness {
  const offers = new Map<string, Offer>();
  const lines = (): readonly Line[] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Line => JSON.parse(line));
  appendFileSync(file, '');
  return {
    note(offer, seen, says = '') {
      offers.set(offer.name, offer);
      const line: Line = { name: offer.name, sha256: offer.sha256, seen, says };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    },
    offers: () => [...offers.values()],
    acknowledged: () => new Set(lines().flatMap(({ sha256, seen }) => (seen === 'acknowledged' ? [sha256] : []))),
    summary: () =>
      [...Map.groupBy(lines(), ({ seen }) => seen)].map(([seen, all]) => `${all.length} ${seen}`).join(', '),
  };
}
