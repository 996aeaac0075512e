import type { AcceptedInterchange, Ledger } from '../ledger/types.ts';

/** Control numbers come round again: an older interchange with the same one is another interchange. */
const DUPLICATE_WINDOW = 400 * 24 * 3_600_000;

/** Interchanges accepted before, by which a duplicate is known: those of the ledger, and those of the batch at hand. */
export interface Precedents {
  /** The one with this key, if it came within the time that counts before `receivedAt`, in milliseconds (epoch). */
  find(duplicateKey: string, receivedAt: number): AcceptedInterchange | undefined;
  /** One is accepted that the ledger does not know yet. */
  add(duplicateKey: string, accepted: AcceptedInterchange): void;
}

/** Asks the ledger once about all the keys of a batch. */
export async function loadPrecedents(
  ledger: Pick<Ledger, 'acceptedInterchanges'>,
  duplicateKeys: readonly string[],
): Promise<Precedents> {
  const known = new Map(await ledger.acceptedInterchanges(duplicateKeys));
  return {
    find: (duplicateKey, receivedAt) => {
      const found = known.get(duplicateKey);
      return found !== undefined && found.receivedAt >= receivedAt - DUPLICATE_WINDOW ? found : undefined;
    },
    add: (duplicateKey, accepted) => {
      known.set(duplicateKey, accepted);
    },
  };
}
