import assert from 'node:assert/strict';
import type { Arrival, ReceivingTransport } from '../../src/transports/types.ts';
import { eventually } from '../support/eventually.ts';
import { createReceiver, textOfArrival } from '../support/receiver.ts';

/** What the suite needs of a driver: a place a partner can put files, fresh for each test. */
export interface TransportPlace {
  /** A transport over the place; called again it is the one after a restart. Batches hold at most 8 files. */
  transport(): ReceivingTransport;
  /** A complete file appears, in the place of one of that name. */
  put(name: string, text: string): Promise<void>;
  /** The very file that was put under that name changes, wherever it lies now. */
  change(name: string, text: string): Promise<void>;
  /** Names of the files that are still there. */
  names(): Promise<readonly string[]>;
}

/** The promises of ReceivingTransport, tested over one driver. `place` is called within each test. */
export function receivingTransportContract(driver: string, place: () => TransportPlace): void {
  describe(`the receiving transport contract: ${driver}`, () => {
    const running: ReceivingTransport[] = [];
    const start = async (offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<ReceivingTransport> => {
      const transport = place().transport();
      running.push(transport);
      await transport.start(offer);
      return transport;
    };
    afterEach(async () => {
      for (const transport of running.splice(0)) await transport.stop();
    });

    it('offers files that were there before it started and files that come later', async () => {
      const { seen, offer } = createReceiver();
      await place().put('early.edi', 'one');
      await start(offer);
      await eventually('the first file is seen', () => seen.length === 1);
      await place().put('late.edi', 'two');
      await eventually('the second file is seen', () => seen.length === 2);
      assert.deepEqual(
        seen.map(({ name, text, taken }) => [name, text, taken]),
        [
          ['early.edi', 'one', true],
          ['late.edi', 'two', true],
        ],
      );
      assert.deepEqual(await place().names(), []);
    });

    it('tells the size, and gives the bytes of a large file in pieces', async () => {
      const text = 'ISA*'.repeat(100_000);
      await place().put('large.edi', text);
      const sizes: number[] = [];
      const texts: string[] = [];
      await start(async (arrivals) => {
        for (const arrival of arrivals) {
          sizes.push(arrival.size);
          texts.push(await textOfArrival(arrival));
          await arrival.take();
        }
      });
      await eventually('the file is read', () => texts.length === 1);
      assert.deepEqual(sizes, [400_000]);
      assert.ok(texts[0] === text);
    });

    it('offers a file again, under the same key, when the offer throws', async () => {
      const { seen, offer } = createReceiver();
      const keys: string[] = [];
      await place().put('a.edi', 'one');
      await start(async (arrivals) => {
        keys.push(...arrivals.map(({ sourceKey }) => sourceKey));
        if (keys.length === 1) throw new Error('the ledger is away');
        await offer(arrivals);
      });
      await eventually('it is taken', () => seen.length === 1);
      assert.equal(keys.length, 2);
      assert.equal(keys[0], keys[1]);
    });

    it('offers a file again, under the same key, after a restart before it was taken', async () => {
      const keys: string[] = [];
      await place().put('a.edi', 'one');
      const first = await start(async (arrivals) => {
        keys.push(...arrivals.map(({ sourceKey }) => sourceKey));
      });
      await eventually('it is offered', () => keys.length > 0);
      await first.stop();
      const { seen, offer } = createReceiver();
      await start(offer);
      await eventually('it is taken', () => seen.length === 1);
      assert.equal(seen[0]?.sourceKey, keys[0]);
    });

    it('takes a file of the same name with new content for a new arrival', async () => {
      const { seen, offer } = createReceiver();
      await start(offer);
      await place().put('same.edi', 'one');
      await eventually('the first is seen', () => seen.length === 1);
      await place().put('same.edi', 'two');
      await eventually('the second is seen', () => seen.length === 2);
      assert.deepEqual(
        seen.map(({ text }) => text),
        ['one', 'two'],
      );
      assert.notEqual(seen[0]?.sourceKey, seen[1]?.sourceKey);
    });

    it('leaves a file that changed after it was offered, and offers it as a new arrival', async () => {
      const { seen, offer } = createReceiver();
      const takes: boolean[] = [];
      await place().put('a.edi', 'one');
      await start(async (arrivals) => {
        if (takes.length > 0) return offer(arrivals);
        await place().change('a.edi', 'one and more');
        for (const arrival of arrivals) takes.push(await arrival.take());
      });
      await eventually('the new one is seen', () => seen.length === 1);
      assert.deepEqual(takes, [false]);
      assert.equal(seen[0]?.text, 'one and more');
    });

    it('refuses to give the bytes of another file than it listed', async () => {
      const { seen, offer } = createReceiver();
      const codes: unknown[] = [];
      await place().put('a.edi', 'one');
      await start(async (arrivals) => {
        const [arrival] = arrivals;
        if (codes.length > 0 || arrival === undefined) return offer(arrivals);
        await place().change('a.edi', 'two and more');
        await textOfArrival(arrival).catch((error: { code: unknown }) => codes.push(error.code));
      });
      await eventually('the new one is seen', () => seen.length === 1);
      assert.deepEqual(codes, ['FILE_UNREADABLE']);
      assert.equal(seen[0]?.text, 'two and more');
    });

    it('offers many files once each, in batches, never two offers at once', async () => {
      const { seen, offer } = createReceiver();
      const expected = Array.from({ length: 100 }, (_, index) => `file-${String(index).padStart(3, '0')}.edi`);
      for (const name of expected) await place().put(name, name);
      let now = 0;
      let most = 0;
      let largest = 0;
      await start(async (arrivals) => {
        most = Math.max(most, ++now);
        largest = Math.max(largest, arrivals.length);
        await offer(arrivals);
        now--;
      });
      await eventually('all are seen', () => seen.length >= expected.length);
      await eventually('the place is empty', async () => (await place().names()).length === 0);
      assert.deepEqual(seen.map(({ name }) => name).sort(), expected);
      assert.ok(seen.every(({ name, text }) => name === text));
      assert.equal(most, 1);
      assert.ok(largest <= 8);
    });

    it('stops only when the running offer is finished, and offers nothing after', async () => {
      for (let index = 0; index < 20; index++) await place().put(`${index}.edi`, 'x');
      let offers = 0;
      let finish = (): void => {};
      const transport = await start(async () => {
        offers++;
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      });
      await eventually('an offer runs', () => offers === 1);
      let stopped = false;
      const stop = transport.stop().then(() => {
        stopped = true;
      });
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(stopped, false);
      finish();
      await stop;
      assert.equal(offers, 1);
    });
  });
}
