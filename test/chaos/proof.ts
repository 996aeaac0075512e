import assert from 'node:assert/strict';
import type { CanonicalEvent } from '../../src/events/types.ts';
import { eventually } from '../support/eventually.ts';
import type { FileView, GatewayProcess, Place } from '../support/gateway.ts';
import type { Offer } from '../support/offers.ts';
import type { Witness } from './witness.ts';

/** Seconds in which everything must be settled once the faults are over. */
const CONVERGENCE = 60;

export interface ProofOptions {
  /** Whether stored bytes are read again (A8): false where nobody but the gateway reaches the archive. */
  readonly bytes?: boolean;
}

/**
 * Holds what the ledger has against what senders know: everything is settled within 60 seconds, the books balance with every
 * stored byte (A1 to A4, A8, A9), each offer is there once, in the state it must have, with its documents and its events
 * (A1, A3, A4), and nothing else waits for a person (A10). Answers how many seconds it took to settle.
 */
export async function prove(
  place: Place,
  gateway: GatewayProcess,
  witness: Witness,
  { bytes = true }: ProofOptions = {},
): Promise<number> {
  const offers = witness.offers();
  const began = performance.now();
  let files: readonly FileView[] = [];
  await eventually(
    'everything that was offered is settled',
    async () => {
      const lying = await Promise.all([place.offered('warehouse'), place.offered('carrier')].map(orNone));
      if (lying.flat().length > 0) return false;
      files = await gateway.allFiles().catch(() => []);
      const settled = new Set(files.flatMap(({ state, sha256 }) => (state === 'received' ? [] : [sha256])));
      return files.every(({ state }) => state !== 'received') && offers.every(({ sha256 }) => settled.has(sha256));
    },
    CONVERGENCE,
  ).catch((error: unknown) => {
    const wanting = offers.filter(({ sha256 }) => !files.some((file) => file.sha256 === sha256));
    const waiting = files.filter(({ state }) => state === 'received');
    const names = [...wanting, ...waiting].slice(0, 3).map(({ name }) => name);
    throw new Error(
      `A10: after ${CONVERGENCE} seconds ${wanting.length} offers are not there and ${waiting.length} files wait: ${names.join(', ')}`,
      { cause: error },
    );
  });
  const seconds = (performance.now() - began) / 1_000;
  assert.deepEqual(unlike(offers, files, await allEvents(gateway), witness.acknowledged()), []);
  const { code, stdout, stderr } = await place.run('ledger', 'check', ...(bytes ? ['--bytes'] : []));
  assert.equal(code, 0, `ledger check: ${stdout}${stderr}`);
  return seconds;
}

/** A sentence for each offer that is not as it must be, the first few of them. */
function unlike(
  offers: readonly Offer[],
  files: readonly FileView[],
  events: readonly CanonicalEvent[],
  acknowledged: ReadonlySet<string>,
): readonly string[] {
  const byHash = Map.groupBy(files, ({ sha256 }) => sha256);
  const byFile = Map.groupBy(events, ({ correlationid }) => correlationid);
  const wrong = [...acknowledged]
    .filter((sha256) => !byHash.has(sha256))
    .map((sha256) => `A1: ${sha256} was acknowledged and is not there.`);
  for (const offer of offers) {
    const { name, sha256, state, documents } = offer;
    const found = (byHash.get(sha256) ?? []).filter((file) => file.state !== 'duplicate');
    const [file] = found;
    if (file === undefined || found.length > 1) wrong.push(`A1: ${name} counts ${found.length} times.`);
    if (file === undefined) continue;
    const said = `${file.state} ${file.reason?.code ?? ''} ${file.reason?.text ?? ''}`;
    if (file.state !== state) wrong.push(`A10: ${name} should be ${state} and is ${said}.`);
    const { processed, rejected, quarantined, received, duplicate } = file.documents;
    const counts = { processed, rejected, quarantined };
    if (counts[state] !== documents || processed + rejected + quarantined + received + duplicate !== documents) {
      wrong.push(`A3: ${name} has ${documents} documents and not ${JSON.stringify(file.documents)}.`);
    }
    const told = byFile.get(file.id)?.length ?? 0;
    if (told !== offer.events) wrong.push(`A4: ${name} gives ${offer.events} events and told ${told}.`);
  }
  const strange = files.filter(({ sha256 }) => !offers.some((offer) => offer.sha256 === sha256));
  for (const { name } of strange) wrong.push(`A1: nobody offered ${name}.`);
  const distinct = new Set(events.map(({ id }) => id)).size;
  if (distinct !== events.length) wrong.push(`A4: ${events.length} events are told, ${distinct} are distinct.`);
  return wrong.length <= 5 ? wrong : [...wrong.slice(0, 5), `… ${wrong.length} in all`];
}

/** The whole feed. */
async function allEvents(gateway: GatewayProcess): Promise<readonly CanonicalEvent[]> {
  const all: CanonicalEvent[] = [];
  for (let after = ''; ; ) {
    const page: { items: CanonicalEvent[]; next: string } = JSON.parse(
      await gateway.text(`/v1/events?limit=1000${after}`),
    );
    if (page.items.length === 0) return all;
    all.push(...page.items);
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

/** A folder that nobody made yet is empty. */
async function orNone(names: Promise<readonly string[]>): Promise<readonly string[]> {
  return names.catch(() => []);
}
