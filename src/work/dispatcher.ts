import { failureOf, GatewayError, messageOf } from '../errors.ts';
import type { Claim, Ledger, Reason, WorkKind } from '../ledger/types.ts';
import { createBell } from '../util/bell.ts';
import type { Clock } from '../util/clock.ts';
import { failPoints } from '../util/fail-point.ts';
import { pauseAfter, type RetryPlans } from '../util/retry-plan.ts';
import { type Bells, createBells } from './bell.ts';
import { createClockWatch } from './clock-watch.ts';
import { planFor, steadyJitter, triedSince } from './retry-plans.ts';
import type { RightOfWay } from './right-of-way.ts';
import { createSolitude } from './solitude.ts';
import type { Dispatcher, WorkHandlers, WorkLog } from './types.ts';

export interface DispatcherOptions {
  readonly ledger: Pick<
    Ledger,
    'claim' | 'extend' | 'release' | 'fail' | 'nextDueAt' | 'attemptsOf' | 'bringForward' | 'doubts'
  >;
  readonly clock: Clock;
  readonly handlers: WorkHandlers;
  /** How what a claim is about is tried again; asked when it failed. */
  readonly plansOf: (claim: Claim) => Promise<RetryPlans>;
  readonly log: WorkLog;
  /** Within this process, unless told otherwise. */
  readonly bells?: Bells;
  /** Waited for before each look at what is due, and told when a look found nothing; nobody unless told otherwise. */
  readonly way?: Pick<RightOfWay, 'giveWay' | 'caughtUp'>;
  /** From 0 to 1 for a claim that failed; spreads the attempts. */
  readonly jitter?: (claim: Claim) => number;
  /** Looks at the ledger at least this often, in milliseconds: a lost ring costs no more than that. */
  readonly sweep?: number;
  /** Milliseconds between two extensions of the leases of what runs. */
  readonly extendEvery?: number;
}

const KINDS: readonly WorkKind[] = ['split', 'translate', 'deliver', 'reconcile', 'expect'];
/** How much of each kind is claimed at once. Deliveries are claimed one of each partner, and run by themselves. */
const BATCH: Readonly<Record<WorkKind, number>> = {
  split: 64,
  translate: 250,
  deliver: 64,
  reconcile: 100,
  expect: 100,
};
/** Milliseconds a claim is ours; after that anybody may take it over. What runs extends it. */
const LEASE = 30_000;
const EXTEND_EVERY = 10_000;
/** A step that takes longer than this, in milliseconds, hangs: its lease ends. */
const LONGEST_STEP = 15 * 60_000;
const SWEEP = 5_000;
/** Something is due and somebody else is at it: the pause before the next look. */
const BLOCKED = 250;
/**
 * A claim that was lost before may be what ended the process, or somebody who was claimed with it: it runs alone. Lost twice
 * more, it was nobody else, and is not touched again; unless others are lost like that too, and it may be bad luck.
 */
const MOST_LOST = 3;

/** Deliveries that run are given so many milliseconds to end; what is cut off is due again, with the same bytes. */
const FAREWELL = 10_000;

/**
 * Work of each kind runs one batch at a time; the kinds do not wait for each other. Deliveries do not wait for one another
 * either: a slow partner holds up nobody else.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const {
    ledger,
    clock,
    handlers,
    plansOf,
    log,
    jitter = steadyJitter,
    sweep = SWEEP,
    extendEvery = EXTEND_EVERY,
  } = options;
  const bells = options.bells ?? createBells();
  const kinds = KINDS.filter((kind) => handlers[kind] !== undefined);
  const solitude = createSolitude();
  const wentBack = createClockWatch(clock);
  /** Milliseconds that it went back, while the ledger did not answer. */
  let missed = 0;
  let stopping = false;
  let running: Promise<unknown> | null = null;

  /** Looks for work until it is told to stop; sleeps when a look finds none, and when the ledger does not answer. */
  async function keepLooking(kind: WorkKind, look: () => Promise<'nothing' | 'some'>): Promise<void> {
    while (!stopping) {
      try {
        const found = await look();
        if (found === 'nothing' && !stopping) await bells.of(kind).sleep(await timeToNext(kind));
      } catch (error) {
        log.error({ kind, error: messageOf(error) }, 'Work stands still: the ledger does not answer. Trying again.');
        if (!stopping) await bells.of(kind).sleep(sweep);
      }
    }
  }

  async function run(kind: WorkKind): Promise<void> {
    let limit = BATCH[kind];
    await keepLooking(kind, async () => {
      await options.way?.giveWay(kind);
      await followClock();
      const found = await solitude.together(() => claimAndHandle(kind, limit));
      if (found === 'suspect') await solitude.alone(() => handleAlone(kind));
      // While suspects are about, claiming more than one would be for nothing.
      limit = found === 'suspect' ? 1 : BATCH[kind];
      if (found !== 'nothing') return 'some';
      options.way?.caughtUp(kind);
      return 'nothing';
    });
  }

  /** A clock that went back would let what waits wait for as long again. */
  async function followClock(): Promise<void> {
    const by = missed + wentBack();
    missed = 0;
    if (by === 0) return;
    try {
      await ledger.bringForward(clock.now(), by);
      log.warn({ milliseconds: by }, 'The clock went back. What was due later is due as much earlier.');
    } catch (error) {
      missed += by;
      throw error;
    }
  }

  /** Each piece runs by itself, as many at once as a batch holds. */
  async function runEach(kind: WorkKind): Promise<void> {
    const running = new Set<Promise<void>>();
    await keepLooking(kind, async () => {
      const room = BATCH[kind] - running.size;
      const claims = room === 0 ? [] : await ledger.claim(kind, room, clock.now(), LEASE);
      if (claims.length === 0) return 'nothing';
      await failPoints?.reach('work.after_claim');
      for (const claim of claims) {
        const run = whileExtending([claim], () => handleEach(kind, [claim]))
          .catch((error: unknown) => log.error({ kind, error: messageOf(error) }, 'Work could not be recorded.'))
          .finally(() => {
            running.delete(run);
            bells.of(kind).ring();
          });
        running.add(run);
      }
      return 'some';
    });
    const farewell = createBell();
    void Promise.allSettled(running).then(() => farewell.ring());
    await farewell.sleep(FAREWELL);
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

  /** Does a batch of what is due, unless one of it must run alone. */
  async function claimAndHandle(kind: WorkKind, limit: number): Promise<'nothing' | 'suspect' | 'done'> {
    const claims = await ledger.claim(kind, limit, clock.now(), LEASE);
    if (claims.length === 0) return 'nothing';
    await failPoints?.reach('work.after_claim');
    const suspect = claims.some(({ lost }) => lost > 0);
    if (suspect || stopping) {
      await ledger.release(claims, clock.now());
      return suspect ? 'suspect' : 'done';
    }
    // There is more than we take: another process may help.
    if (claims.length === limit) bells.of(kind).ring();
    await whileExtending(claims, () => handleTogether(kind, claims));
    // What was split is due to be translated.
    if (kind === 'split') bells.of('translate').ring();
    return 'done';
  }

  /** Works on the next piece, whether it is a suspect or not: only that is claimed, so nothing else gets the blame. */
  async function handleAlone(kind: WorkKind): Promise<void> {
    const claims = await ledger.claim(kind, 1, clock.now(), LEASE, true);
    for (const { subjectId, lost } of claims) {
      if (lost > 0) log.warn({ kind, subjectId, lost }, 'Work that a process ended with runs alone.');
    }
    await whileExtending(claims, () => handleEach(kind, claims));
    if (kind === 'split') bells.of('translate').ring();
  }

  async function handleTogether(kind: WorkKind, claims: readonly Claim[]): Promise<void> {
    try {
      await handlers[kind]?.(claims);
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
      if (await isToBlame(claim)) {
        const text = `The process ended or hung ${claim.lost} times while this was worked on, all but the first time alone.`;
        await giveUp(claim, text, { code: 'PROCESS_ENDED', text });
        continue;
      }
      try {
        await handlers[kind]?.([claim]);
      } catch (error) {
        if (isOutage(error)) {
          await ledger.release(claims.slice(index), clock.now());
          throw error;
        }
        await reportFailure(claim, error);
      }
    }
  }

  async function isToBlame(claim: Claim): Promise<boolean> {
    return claim.lost >= MOST_LOST && claim.lost >= MOST_LOST + (await ledger.doubts(claim, clock.now()));
  }

  async function reportFailure(claim: Claim, error: unknown): Promise<void> {
    const { kind, subjectId, attempt } = claim;
    const text = messageOf(error);
    const plan = planFor(await plansOf(claim), kind, error);
    const now = clock.now();
    const elapsed = now - triedSince(claim, await ledger.attemptsOf(subjectId), now);
    const pause = plan === null ? null : pauseAfter(plan, attempt, elapsed, jitter(claim));
    const reason = reasonOf(error, text);
    if (pause === null) return giveUp(claim, text, reason);
    log.warn({ kind, subjectId, attempt, error: text, pause }, 'Work failed and will be tried again.');
    await ledger.fail(claim, now, text, now + pause, reason);
  }

  async function giveUp(claim: Claim, text: string, reason: Reason): Promise<void> {
    const { kind, subjectId, attempt } = claim;
    log.error(
      { kind, subjectId, attempt, code: reason.code, error: text },
      'Work was given up; what it was for is quarantined.',
    );
    await ledger.fail(claim, clock.now(), text, null, reason);
  }

  return {
    start: () => {
      // The clock may have gone back while nobody looked.
      running ??= ledger
        .bringForward(clock.now(), 0)
        .catch(() => {})
        .then(() => Promise.all(kinds.map((kind) => (kind === 'deliver' ? runEach(kind) : run(kind)))));
    },
    stop: async () => {
      stopping = true;
      for (const kind of KINDS) bells.of(kind).ring();
      await running;
    },
    ring: (...rung) => {
      for (const kind of rung.length === 0 ? kinds : rung) bells.of(kind).ring();
    },
  };
}

/** Why something is given up: by the code of its fault, if that says more than that something went wrong. */
function reasonOf(error: unknown, text: string): Reason {
  if (error instanceof GatewayError && error.code !== 'INTERNAL') {
    const after = failureOf(error) === 'transient' ? 'Every attempt failed; the last one said: ' : '';
    return { code: error.code, text: `${after}${text}` };
  }
  return { code: 'WORK_GAVE_UP', text: `Every attempt failed; the last one said: ${text}` };
}

/** The fault is not the work's: nothing could be recorded for anybody. */
function isOutage(error: unknown): boolean {
  return error instanceof GatewayError && error.code === 'LEDGER_UNAVAILABLE';
}
