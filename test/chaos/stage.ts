import { join } from 'node:path';
import { messageOf } from '../../src/errors.ts';
import { createRandom, type Random } from '../../src/util/random.ts';
import {
  createPlace,
  type GatewayProcess,
  type Place,
  type StartOptions,
  startGatewayWith,
} from '../support/gateway.ts';
import { createOffers, type Offer } from '../support/offers.ts';
import { POSTGRES, type PostgresServer } from '../support/servers/postgres.ts';
import { REDIS, type RedisServer } from '../support/servers/redis.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { type ProofOptions, prove } from './proof.ts';
import { type ChaosProxy, startProxy } from './proxy.ts';
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
  /** Sets a place up, instead of the one before; first of all. `settings` are environment variables, `files` those of its configuration. */
  open(settings?: Readonly<Record<string, string>>, files?: Readonly<Record<string, string>>): Promise<void>;
  /** A PostgreSQL of this row alone, that may be stopped, killed and halted. */
  postgres(): Promise<PostgresServer>;
  /** The address of an empty database on it. */
  database(): Promise<string>;
  /** A Redis of this row alone; each call makes another one. */
  redis(): Promise<RedisServer>;
  /** A proxy before a port, with nothing wrong yet. */
  proxy(port: number): Promise<ChaosProxy>;
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
  prove(options?: ProofOptions): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly seed: number;
  readonly count: number | null;
  readonly log: (line: string) => void;
}

export function createStage({ seed, count, log }: StageOptions): Stage {
  const began = performance.now();
  const endings: (() => unknown)[] = [];
  let made = 0;
  let place: Place | null = null;
  let witness: Witness | null = null;
  let sender: Sender | null = null;
  let gateway: GatewayProcess | null = null;
  let postgres: PostgresServer | null = null;
  const opened = <Part>(part: Part | null): Part => {
    if (part === null) throw new Error('The stage is not open, or has no gateway yet.');
    return part;
  };
  const say = (text: string): void => log(`${((performance.now() - began) / 1_000).toFixed(2).padStart(8)} s  ${text}`);
  /** Keeps what ends with the stage. */
  const ending = <Part>(part: Part, end: (part: Part) => unknown): Part => {
    endings.push(() => end(part));
    return part;
  };
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
      // Nobody shall reach a gateway of another place.
      await gateway?.kill9();
      gateway = null;
      const folder = ending(await createPlace({ NODE_ENV: 'test', ...settings }), (made) => made.remove());
      await writeFiles(folder.config, { ...PARTNERS, ...files });
      place = folder;
      witness = createWitness(join(folder.folder, 'witness.ndjson'));
      sender = ending(
        createSender(folder, witness, () => opened(gateway).partner),
        (sending) => sending.stop(),
      );
    },
    async postgres() {
      postgres ??= ending(await POSTGRES.own(), (server) => server.stop());
      return postgres;
    },
    database: async () => (await stage.postgres()).createDatabase(),
    redis: async () => ending(await REDIS.own(), (server) => server.stop()),
    proxy: async (port) => ending(await startProxy(port), (proxy) => proxy.close()),
    async start(options = {}) {
      gateway = ending(await startGatewayWith(opened(place), options), (started) => started.kill9());
      return gateway;
    },
    offers(next) {
      made += next;
      return createOffers(made, createRandom(seed)).slice(made - next);
    },
    say,
    atTheEnd: (act) => endings.push(act),
    async prove(options) {
      const seconds = await prove(stage.place, stage.gateway, stage.witness, options);
      say(`converged in ${seconds.toFixed(1)} s; ${stage.witness.summary()}`);
    },
    async close() {
      // One that fails must not keep the others from running.
      for (const act of endings.reverse())
        await Promise.resolve(act()).catch((error) => say(`ending: ${messageOf(error)}`));
    },
  };
  return stage;
}
