import assert from 'node:assert/strict';
import { GatewayError } from '../../src/errors.ts';
import type { Claim, Ledger } from '../../src/ledger/types.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { Bells } from '../../src/work/bell.ts';
import { createDispatcher, type DispatcherOptions } from '../../src/work/dispatcher.ts';
import type { Dispatcher, WorkHandler } from '../../src/work/types.ts';
import { eventually } from '../support/eventually.ts';
import { RETRY } from '../support/retry.ts';
import { LEASE, NOON, newFile, newSplit, newTranslation } from './ledger-samples.ts';

/** An empty ledger by this clock, and bells for each dispatcher that asks; whoever opens them cleans up after the test. */
export type OpenDispatcherParts = (clock: Clock) => Promise<{ readonly ledger: Ledger; bells(): Promise<Bells> }>;

const clock = { time: NOON, now: () => clock.time };

const until = (holds: () => boolean | Promise<boolean>): Promise<void> => eventually('it holds', holds);

/** What every dispatcher promises, whatever rings it and wherever its ledger is. */
export function dispatcherContract(name: string, open: OpenDispatcherParts): void {
  describe(`dispatcher contract (${name})`, function () {
    this.timeout(60_000);
    let parts: Awaited<ReturnType<OpenDispatcherParts>>;
    let ledger: Ledger;
    let opened: Bells[] = [];
    let dispatchers: Dispatcher[] = [];
    let said: string[] = [];
    /** The subjects of every call of a handler, in order. */
    let calls: string[][] = [];

    beforeEach(async () => {
      clock.time = NOON;
      parts = await open(clock);
      ledger = parts.ledger;
      opened = [];
      dispatchers = [];
      said = [];
      calls = [];
    });
    afterEach(async () => {
      for (const dispatcher of dispatchers) await dispatcher.stop();
      for (const bells of opened) await bells.close();
      assert.deepEqual(await ledger.check(), []);
      await ledger.close();
    });

    /** Splits a file into one document; a file named poison cannot be split. */
    const split: WorkHandler = async (claims) => {
      calls.push(claims.map(({ subjectId }) => subjectId));
      if (claims.some(({ subjectId }) => subjectId.startsWith('poison'))) throw new Error('cannot be split');
      const results = claims.map((claim) => ({
        claim,
        result: newSplit(claim.subjectId, [`doc of ${claim.subjectId}`]),
      }));
      await ledger.recordSplit(results, clock.now());
    };
    const translate: WorkHandler = async (claims) => {
      const results = claims.map((claim) => {
        const fileId = claim.subjectId.replace('doc of ', '');
        return { claim, result: newTranslation(claim.subjectId, fileId, [`event of ${fileId}`]) };
      });
      await ledger.recordTranslations(results, clock.now());
    };
    const log = {
      warn: (_fields: object, message: string) => said.push(message),
      error: (_fields: object, message: string) => said.push(message),
    };
    async function start(options: Partial<DispatcherOptions> = {}): Promise<Dispatcher> {
      const bells = await parts.bells();
      opened.push(bells);
      const dispatcher = createDispatcher({
        ledger,
        clock,
        handlers: { split, translate },
        plansOf: async () => RETRY,
        log,
        bells,
        jitter: () => 0,
        ...options,
      });
      dispatchers.push(dispatcher);
      dispatcher.start();
      return dispatcher;
    }
    const stateOf = async (id: string) => (await ledger.file(id))?.state;
    const files = (...ids: string[]) =>
      ledger.recordFiles(ids.map((id) => newFile(id, { partnerId: `partner of ${id}` })));

    it('does what is due, and what that makes due', async () => {
      await files('f1', 'f2');
      await start();
      await until(async () => (await stateOf('f1')) === 'processed' && (await stateOf('f2')) === 'processed');
      assert.deepEqual(calls, [['f1', 'f2']]);
    });

    it('wakes at a ring', async () => {
      const dispatcher = await start();
      await until(async () => (await ledger.nextDueAt('split')) === null);
      await files('f1');
      dispatcher.ring();
      await until(async () => (await stateOf('f1')) === 'processed');
    });

    it('tries a failing one alone, so that its siblings pass at once', async () => {
      await files('f1', 'poison', 'f2');
      await start();
      await until(async () => (await stateOf('f2')) === 'processed');
      assert.equal(await stateOf('f1'), 'processed');
      assert.deepEqual(calls, [['f1', 'poison', 'f2'], ['f1'], ['poison'], ['f2']]);
      const attempts = await ledger.attemptsOf('poison');
      assert.deepEqual(
        attempts.map(({ attempt, error }) => [attempt, error]),
        [[1, 'cannot be split']],
      );
    });

    it('waits longer after every failure and gives up after the third', async () => {
      await files('poison');
      const dispatcher = await start();
      const waited: number[] = [];
      for (let attempt = 1; attempt < 3; attempt++) {
        await until(async () => (await ledger.attemptsOf('poison')).length === attempt);
        waited.push(((await ledger.nextDueAt('split')) ?? 0) - clock.time);
        clock.time += waited.at(-1) ?? 0;
        dispatcher.ring();
      }
      await until(async () => (await stateOf('poison')) === 'quarantined');
      assert.deepEqual(waited, [5_000, 10_000]);
      const reason = (await ledger.file('poison'))?.reason;
      assert.equal(reason?.code, 'WORK_GAVE_UP');
      assert.match(reason?.text ?? '', /cannot be split/);
      assert.equal((await ledger.attemptsOf('poison')).length, 3);
    });

    it('takes over work whose lease is over, and what the first one records late has no effect', async () => {
      await files('f1');
      const [late] = await ledger.claim('split', 1, NOON, LEASE);
      assert.ok(late !== undefined);
      clock.time += LEASE;
      await start();
      await until(async () => (await stateOf('f1')) === 'processed');
      await ledger.recordSplit([{ claim: late, result: newSplit('f1', ['late']) }], clock.time);
      assert.equal(await ledger.document('late'), null);
    });

    /** As if the process had died so often in the middle of this work: among others, then alone. */
    async function dieWhileClaimed(among: number, alone: number): Promise<void> {
      for (let died = 0; died < among + alone; died++) {
        await ledger.claim('split', 64, clock.time, LEASE, died >= among);
        clock.time += LEASE;
      }
    }

    it('works alone on what may have ended the process, so that nothing else gets the blame', async () => {
      await files('suspect');
      await dieWhileClaimed(1, 0);
      await files('f1', 'f2');
      await start();
      await until(async () => (await stateOf('suspect')) === 'processed');
      await until(async () => (await stateOf('f2')) === 'processed');
      assert.deepEqual(calls.flat().sort(), ['f1', 'f2', 'suspect']);
      assert.ok(calls.some((call) => call.length === 1 && call[0] === 'suspect'));
    });

    it('gives up what ended the process with others and twice alone, without touching it once more', async () => {
      await files('suspect');
      await dieWhileClaimed(1, 2);
      await start();
      await until(async () => (await stateOf('suspect')) === 'quarantined');
      assert.deepEqual(calls, []);
      assert.equal((await ledger.file('suspect'))?.reason?.code, 'PROCESS_ENDED');
      const { items } = await ledger.exceptions({}, null, 10);
      assert.deepEqual(
        items.map(({ code, owner, affected }) => [code, owner, affected]),
        [['PROCESS_ENDED', 'platform', 1]],
      );
    });

    it('blames nobody as soon as that when others were lost alone too, or turned out fine', async () => {
      await files('unlucky', 'other');
      // Claimed in turn, each twice alone.
      for (let died = 0; died < 1 + 2 * 2; died++) {
        await ledger.claim('split', died === 0 ? 64 : 1, clock.time, LEASE, died > 0);
        clock.time += LEASE;
      }
      await start();
      await until(async () => (await stateOf('unlucky')) === 'processed' && (await stateOf('other')) === 'processed');
      await files('later');
      await dieWhileClaimed(1, 2);
      dispatchers[0]?.ring();
      await until(async () => (await stateOf('later')) === 'processed');
    });

    it('gives up in the end what ends the process, however much speaks for it', async () => {
      await files('first', 'second');
      for (let died = 0; died < 24; died++) {
        await ledger.claim('split', died === 0 ? 64 : 1, clock.time, LEASE, died > 0);
        clock.time += LEASE;
      }
      await start();
      await until(
        async () => (await stateOf('first')) === 'quarantined' && (await stateOf('second')) === 'quarantined',
      );
      assert.deepEqual(calls, []);
    });

    it('blames nothing for the process that ended often while it was claimed with others', async () => {
      await files('innocent');
      await dieWhileClaimed(5, 1);
      await start();
      await until(async () => (await stateOf('innocent')) === 'processed');
      assert.deepEqual(calls, [['innocent']]);
    });

    const failing = (error: Error): WorkHandler => {
      return async (claims) => {
        calls.push(claims.map(({ subjectId }) => subjectId));
        throw error;
      };
    };

    it('tries nothing again that waits for a fix, or is the same every time', async () => {
      await files('f1');
      const split = failing(new GatewayError('ARCHIVE_BLOB_CORRUPT', 'The bytes of f1 do not hash to their name.'));
      await start({ handlers: { split, translate } });
      await until(async () => (await stateOf('f1')) === 'quarantined');
      assert.deepEqual(calls, [['f1']]);
      const { items } = await ledger.exceptions({}, null, 10);
      assert.deepEqual(
        items.map(({ code, owner, text }) => [code, owner, text]),
        [['ARCHIVE_BLOB_CORRUPT', 'operator', 'The bytes of f1 do not hash to their name.']],
      );
    });

    it('waits longer for what is away, and not for ever', async () => {
      await files('f1');
      const split = failing(new GatewayError('ARCHIVE_UNREADABLE', 'The bucket does not answer.'));
      const network = { tries: null, first: 30_000, longest: 60_000, whole: 100_000 };
      const dispatcher = await start({
        handlers: { split, translate },
        plansOf: async () => ({ ...RETRY, network }),
      });
      const waited: number[] = [];
      for (let attempt = 1; attempt < 3; attempt++) {
        await until(async () => (await ledger.attemptsOf('f1')).length === attempt);
        waited.push(((await ledger.nextDueAt('split')) ?? 0) - clock.time);
        clock.time += waited.at(-1) ?? 0;
        dispatcher.ring();
      }
      await until(async () => (await stateOf('f1')) === 'quarantined');
      assert.deepEqual(waited, [30_000, 60_000]);
      assert.equal((await ledger.file('f1'))?.reason?.code, 'ARCHIVE_UNREADABLE');
    });

    it('does what waits when the clock goes back by days', async () => {
      await start();
      await until(async () => (await ledger.nextDueAt('split')) === null);
      await files('f1');
      clock.time -= 2 * 86_400_000;
      const dispatcher = dispatchers[0];
      dispatcher?.ring();
      await until(async () => (await stateOf('f1')) === 'processed');
      assert.match(said.join(), /The clock went back/);
    });

    it('finishes the batch that runs when it is stopped, and begins no other', async () => {
      await files('f1');
      let finish: () => void = () => assert.fail('nothing runs');
      const slow: WorkHandler = async (claims) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
          calls.push(['began']);
        });
        await split(claims);
      };
      const dispatcher = await start({ handlers: { split: slow, translate } });
      await until(() => calls.length === 1);
      await files('f2');
      const stopped = dispatcher.stop();
      finish();
      await stopped;
      assert.deepEqual(calls, [['began'], ['f1']]);
      assert.notEqual((await ledger.document('doc of f1')) ?? null, null);
      assert.equal(await stateOf('f2'), 'received');
      assert.equal(await ledger.nextDueAt('split'), NOON);
    });

    it('gives back what it claimed and did not begin when it is stopped', async () => {
      await files('f1', 'f2', 'poison');
      let dispatcher: Dispatcher | null = null;
      let stopped: Promise<void> | undefined;
      const stopInBetween: WorkHandler = async (claims: readonly Claim[]) => {
        if (claims.length === 1) stopped = dispatcher?.stop();
        await split(claims);
      };
      dispatcher = await start({ handlers: { split: stopInBetween, translate } });
      await until(() => stopped !== undefined);
      await stopped;
      assert.deepEqual(calls, [['f1', 'f2', 'poison'], ['f1']]);
      const again = await ledger.claim('split', 64, clock.time, LEASE);
      assert.deepEqual(
        again.map(({ subjectId, attempt }) => [subjectId, attempt]),
        [
          ['f2', 1],
          ['poison', 1],
        ],
      );
    });

    it('blames no work for an outage of the ledger', async () => {
      await files('f1');
      let outages = 0;
      const unlucky: WorkHandler = async (claims) => {
        if (outages++ === 0) throw new GatewayError('LEDGER_UNAVAILABLE', 'The disk is full.');
        await split(claims);
      };
      const dispatcher = await start({ handlers: { split: unlucky, translate } });
      await until(() => said.length === 1);
      dispatcher.ring();
      await until(async () => (await stateOf('f1')) === 'processed');
      assert.match(said[0] ?? '', /Work stands still/);
      assert.deepEqual(await ledger.attemptsOf('f1'), []);
    });

    it('keeps what runs longer than its lease', async () => {
      await files('f1');
      let finish: () => void = () => assert.fail('nothing runs');
      const slow: WorkHandler = async (claims) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
          calls.push(['began']);
        });
        await split(claims);
      };
      await start({ handlers: { split: slow, translate }, extendEvery: 5 });
      await until(() => calls.length === 1);
      const began = clock.time;
      for (let part = 1; part <= 4; part++) {
        clock.time = began + part * 20_000;
        await until(async () => ((await ledger.nextDueAt('split')) ?? 0) > clock.time + 20_000);
      }
      assert.deepEqual(await ledger.claim('split', 1, clock.time, LEASE), []);
      finish();
      await until(async () => (await stateOf('f1')) === 'processed');
      assert.deepEqual(calls, [['began'], ['f1']]);
    });

    it('does once what a worker did that was halted beyond its lease and went on', async () => {
      await files('f1');
      let goOn: () => void = () => assert.fail('nothing is halted');
      let recorded = false;
      const halted: WorkHandler = async (claims) => {
        await new Promise<void>((resolve) => {
          goOn = resolve;
          calls.push(['halted']);
        });
        const results = claims.map((claim) => ({ claim, result: newSplit(claim.subjectId, ['late']) }));
        await ledger.recordSplit(results, clock.now());
        recorded = true;
      };
      await start({ handlers: { split: halted, translate }, extendEvery: 3_600_000 });
      await until(() => calls.length === 1);
      clock.time += 60_000;
      await start();
      await until(async () => (await stateOf('f1')) === 'processed');
      goOn();
      await until(() => recorded);
      assert.equal(await ledger.document('late'), null);
      assert.deepEqual(
        (await ledger.events({}, 0, 10)).map(({ event }) => event.id),
        ['event of f1'],
      );
    });

    it('shares the work with another dispatcher, each piece done by one', async () => {
      const names = Array.from({ length: 200 }, (_, index) => `f${index}`);
      const done: string[] = [];
      const counting: WorkHandler = async (claims) => {
        done.push(...claims.map(({ subjectId }) => subjectId));
        await split(claims);
      };
      const [one] = [
        await start({ handlers: { split: counting, translate } }),
        await start({ handlers: { split: counting, translate } }),
      ];
      await files(...names);
      one.ring();
      await until(async () => (await ledger.counts()).files.processed === names.length);
      assert.deepEqual(done.sort(), names.sort());
    });
  });
}
