import { GatewayError, messageOf } from '../errors.ts';
import type { Claim, Ledger, Reason, WorkKind } from '../ledger/types.ts';
import type { Clock } from '../util/clock.ts';
import { failPoints } from '../util/fail-point.ts';
import { delayAfter, steadyJitter } from './backoff.ts';
import { type Bells, createBells } from './bell.ts';
import type { Dispatcher, WorkHandlers, WorkLog } from './types.ts';

export interface DispatcherOptions {
  readonly ledger: Pick<Ledger, 'claim' | 'extend' | 'release' | 'fail' | 'nextDueAt' | 'attemptsOf'>;
  readonly clock: Clock;
  readonly handlers: WorkHandlers;
  readonly log: WorkLog;
  /** Within this process, unless told otherwise. */
  readonly bells?: Bells;
  /** Waited for before each look at what is due; nothing unless told otherwise. */
  readonly giveWay?: () => Promise<void>;
  /** From 0 to 1 for a claim that failed; spreads the attempts. */
  readonly jitter?: (claim: Claim) => number;
  /** Looks at the ledger at least this often, in milliseconds: a lost ring costs no more than that. */
  readonly sweep?: number;
  /** Milliseconds between two extensions of the leases of what runs. */
  readonly extendEvery?: number;
}

const KINDS: readonly WorkKind[] = ['split', 'translate'];
const BATCH: Readonly<Record<WorkKind, number>> = { split: 64, translate: 250 };
/** Milliseconds a claim is ours; after that anybody may take it over. What runs extends it. */
const LEASE = 30_000;
const EXTEND_EVERY = 10_000;
/** A step that takes longer than this, in milliseconds, hangs: its lease ends. */
const LONGEST_STEP = 15 * 60_000;
const SWEEP = 5_000;
/** Something is due and somebody else is at it: the pause before the next look. */
const BLOCKED = 250;
/** A claim above this attempt, the last of which nobody reported, may be what ended the process: it runs alone. */
const SUSPECT_AFTER = 3;
/** So often the process may end with a claim running alone before it is given up. */
const LONELY_ENDS = 5;

/** Work of each kind runs one batch at a time; the kinds do not wait for each other. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { ledger, clock, handlers, log, jitter = steadyJitter, sweep = SWEEP, extendEvery = EXTEND_EVERY } = options;
  const bells = options.bells ?? createBells();
  let stopping = false;
  let running: Promise<unknown> | null = null;

  async function run(kind: WorkKind): Promise<void> {
    let limit = BATCH[kind];
    while (!stopping) {
      try {
        await options.giveWay?.();
        const claims = await ledger.claim(kind, limit, clock.now(), LEASE);
        if (claims.length > 0) {
          await failPoints?.reach('work.after_claim');
          // There is more than we take: another process may help.
          if (claims.length === limit) bells.of(kind).ring();
          limit = await whileExtending(claims, () => handle(kind, claims));
          // What was split is due to be translated.
          if (kind === 'split') bells.of('translate').ring();
        } else if (!stopping) {
          await bells.of(kind).sleep(await timeToNext(kind));
        }
      } catch (error) {
        log.error({ kind, error: messageOf(error) }, 'Work stands still: the ledger does not answer. Trying again.');
        if (!stopping) await bells.of(kind).sleep(sweep);
      }
    }
  }

  async function timeToNext(kind: WorkKind): Promise<number> {
    const dueAt = await ledger.nextDueAt(kind);
    if (dueAt === null) return sweep;
    const wait = dueAt - clock.now();
    return Math.min(sweep, wait > 0 ? wait : BLOCKED);
  }

  /** Keeps the leases of claims while something runs with them. */
  async function whileExtending<Value>(claims: readonly Claim[], act: () => Promise<Value>): Promise<Value> {
    const began = clock.now();
    const timer = setInterval(() => {
      const now = clock.now();
      if (now - began < LONGEST_STEP) ledger.extend(claims, now, LEASE).catch(complain);
    }, extendEvery);
    const complain = (error: unknown): void => {
      log.warn({ error: messageOf(error) }, 'A lease could not be extended; another process may take the work over.');
    };
    try {
      return await act();
    } finally {
      clearInterval(timer);
    }
  }

  /** How many claims to take next: one while work that may have ended the process is about. */
  async function handle(kind: WorkKind, claims: readonly Claim[]): Promise<number> {
    const suspect = await firstSuspect(claims);
    if (suspect !== undefined) {
      // All that is claimed when the process ends gets the blame, so that nothing else may be.
      const others = claims.filter((claim) => claim !== suspect);
      await ledger.release(others, clock.now());
      await handleEach(kind, [suspect]);
      return 1;
    }
    if (stopping) await ledger.release(claims, clock.now());
    else await handleTogether(kind, claims);
    return BATCH[kind];
  }

  async function handleTogether(kind: WorkKind, claims: readonly Claim[]): Promise<void> {
    try {
      await handlers[kind](claims);
    } catch (error) {
      if (isOutage(error)) {
        await ledger.release(claims, clock.now());
        throw error;
      }
      const [only, ...others] = claims;
      if (only !== undefined && others.length === 0) await reportFailure(only, error);
      else await handleEach(kind, claims);
    }
  }

  /** One that fails never takes its siblings with it. */
  async function handleEach(kind: WorkKind, claims: readonly Claim[]): Promise<void> {
    for (const [index, claim] of claims.entries()) {
      if (stopping) return ledger.release(claims.slice(index), clock.now());
      if (claim.attempt > SUSPECT_AFTER + LONELY_ENDS) {
        await giveUp(claim, `The process ended ${claim.attempt - 1} times while this was worked on.`);
        continue;
      }
      try {
        await handlers[kind]([claim]);
      } catch (error) {
        if (isOutage(error)) {
          await ledger.release(claims.slice(index), clock.now());
          throw error;
        }
        await reportFailure(claim, error);
      }
    }
  }

  async function firstSuspect(claims: readonly Claim[]): Promise<Claim | undefined> {
    for (const claim of claims) {
      if (claim.attempt <= SUSPECT_AFTER) continue;
      const reported = await ledger.attemptsOf(claim.subjectId);
      if (!reported.some((row) => row.kind === claim.kind && row.attempt === claim.attempt - 1)) return claim;
    }
    return undefined;
  }

  async function reportFailure(claim: Claim, error: unknown): Promise<void> {
    const text = messageOf(error);
    const delay = delayAfter(claim.attempt, jitter(claim));
    if (delay === null) return giveUp(claim, text);
    const { kind, subjectId, attempt } = claim;
    log.warn({ kind, subjectId, attempt, error: text, delay }, 'Work failed and will be tried again.');
    const now = clock.now();
    await ledger.fail(claim, now, text, now + delay, gaveUp(text));
  }

  async function giveUp(claim: Claim, text: string): Promise<void> {
    const { kind, subjectId, attempt } = claim;
    log.error({ kind, subjectId, attempt, error: text }, 'Work was given up; what it was for is quarantined.');
    await ledger.fail(claim, clock.now(), text, null, gaveUp(text));
  }

  return {
    start: () => {
      running ??= Promise.all(KINDS.map(run));
    },
    stop: async () => {
      stopping = true;
      for (const kind of KINDS) bells.of(kind).ring();
      await running;
    },
    ring: () => {
      for (const kind of KINDS) bells.of(kind).ring();
    },
  };
}

function gaveUp(error: string): Reason {
  return { code: 'WORK_GAVE_UP', text: `Every attempt failed; the last one said: ${error}` };
}

/** The fault is not the work's: nothing could be recorded for anybody. */
function isOutage(error: unknown): boolean {
  return error instanceof GatewayError && error.code === 'LEDGER_UNAVAILABLE';
}
