import { join } from 'node:path';
import { createRandom, type Random } from '../../src/util/random.ts';
import {
  createPlace,
  type GatewayProcess,
  type Place,
  type StartOptions,
  startGatewayWith,
} from '../support/gateway.ts';
import { createOffers, type Offer } from '../support/offers.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { prove } from './proof.ts';
import { createSender, PARTNERS, type Sender } from './sender.ts';
import { createWitness, type Witness } from './witness.ts';

/** Where one row is played: a configuration, gateways, senders with their witness, and a log of what was done to them. */
export interface Stage {
  readonly seed: number;
  readonly random: Random;
  /** How often what is done again and again is done. */
  readonly count: number | null;
  readonly place: Place;
  readonly witness: Witness;
  readonly sender: Sender;
  /** Sets the place up; first of all. `settings` are environment variables, `files` those of its configuration. */
  open(settings?: Readonly<Record<string, string>>, files?: Readonly<Record<string, string>>): Promise<void>;
  /** Starts a gateway; it is `gateway` from then on. */
  start(options?: StartOptions): Promise<GatewayProcess>;
  readonly gateway: GatewayProcess;
  /** The next so many offers, made by the seed; three of a hundred are bad in one way or another. */
  offers(count: number): readonly Offer[];
  /** Writes what is done now into the fault log. */
  say(text: string): void;
  /** Does this at the end, whatever comes, last first. */
  atTheEnd(act: () => unknown): void;
  /** Everything converges within 60 seconds, the books balance, and the ledger has what the witness knows. */
  prove(): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly seed: number;
  readonly count: number | null;
  readonly log: (line: string) => void;
}

const MOST_OFFERS = 100_000;

export function createStage({ seed, count, log }: StageOptions): Stage {
  const began = performance.now();
  const endings: (() => unknown)[] = [];
  let made = 0;
  let place: Place | null = null;
  let witness: Witness | null = null;
  let sender: Sender | null = null;
  let gateway: GatewayProcess | null = null;
  const opened = <Part>(part: Part | null): Part => {
    if (part === null) throw new Error('The stage is not open, or has no gateway yet.');
    return part;
  };
  const say = (text: string): void => log(`${((performance.now() - began) / 1_000).toFixed(2).padStart(8)} s  ${text}`);
  const stage: Stage = {
    seed,
    random: createRandom(seed + 1),
    count,
    get place() {
      return opened(place);
    },
    get witness() {
      return opened(witness);
    },
    get sender() {
      return opened(sender);
    },
    get gateway() {
      return opened(gateway);
    },
    async open(settings = {}, files = {}) {
      const made = await createPlace({ NODE_ENV: 'test', ...settings });
      endings.push(() => made.remove());
      await writeFiles(made.config, { ...PARTNERS, ...files });
      place = made;
      witness = createWitness(join(made.folder, 'witness.ndjson'));
      sender = createSender(made, witness, () => opened(gateway).partner);
      endings.push(sender.stop);
    },
    async start(options = {}) {
      const started = await startGatewayWith(opened(place), options);
      endings.push(() => started.kill9());
      gateway = started;
      return started;
    },
    offers(next) {
      const offers = createOffers(Math.min(made + next, MOST_OFFERS), createRandom(seed)).slice(made);
      made += next;
      return offers;
    },
    say,
    atTheEnd: (act) => endings.push(act),
    async prove() {
      const seconds = await prove(stage.place, stage.gateway, stage.witness);
      say(`converged in ${seconds.toFixed(1)} s; ${stage.witness.summary()}`);
    },
    async close() {
      for (const act of endings.reverse()) await act();
    },
  };
  return stage;
}
