import assert from 'node:assert/strict';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createFolderArchive } from '../../src/archive/folder.ts';
import { checkBooks } from '../../src/inbound/books.ts';
import { createNightly } from '../../src/inbound/nightly.ts';
import type { Imbalance } from '../../src/ledger/types.ts';
import { newOutboundEvent, newSent } from '../contracts/ledger-outbound.ts';
import { createTestRoad } from '../support/inbound-road.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

describe('checking the books', () => {
  const folder = tempFolder();

  it('reads every stored file again, and names those whose bytes have changed or are gone', async () => {
    const { ledger, receive, workOff } = await createTestRoad(folder());
    try {
      await receive(
        Object.fromEntries([1, 2, 3].map((number) => [`${number}.edi`, fromWarehouse(number, shippingAdvice(number))])),
      );
      await workOff();
      const archive = await createFolderArchive({ folder: join(folder(), 'archive'), shared: true });
      const seen: number[] = [];
      const check = (bytes: boolean) =>
        checkBooks({ ledger, archive }, { bytes, progress: (files) => seen.push(files) });
      assert.deepEqual(await check(true), []);
      assert.deepEqual(seen, [3]);
      const [first = '', second = ''] = globSync('archive/??/*', { cwd: folder() });
      writeFileSync(join(folder(), first), 'ISA*other bytes');
      writeFileSync(join(folder(), second), '');
      assert.deepEqual(await check(false), []);
      const found = await check(true);
      assert.deepEqual(
        found.map(({ equation }) => equation.slice(0, 2)),
        ['A8', 'A8'],
      );
      assert.match(found[0]?.text ?? '', /have changed; they should hash to [0-9a-f]{64}/);
    } finally {
      await ledger.close();
    }
  });

  it('reads what we sent again too', async () => {
    const { ledger } = await createTestRoad(folder());
    try {
      const archive = await createFolderArchive({ folder: join(folder(), 'archive'), shared: true });
      const { sha256, size } = await archive.put(Readable.from([Buffer.from('ISA*00*~')]), 100);
      await ledger.recordOutbound(newOutboundEvent('e1'), [newSent('e1', 1, { sha256, size })]);
      assert.deepEqual(await checkBooks({ ledger, archive }, { bytes: true }), []);
      writeFileSync(join(folder(), 'archive', sha256.slice(0, 2), sha256.slice(2)), 'ISA*01*~');
      const found = await checkBooks({ ledger, archive }, { bytes: true });
      assert.deepEqual(
        found.map(({ equation, subject }) => [equation.slice(0, 2), subject]),
        [['A8', 'doc_e1']],
      );
    } finally {
      await ledger.close();
    }
  });
});

describe('the nightly check of the books', () => {
  const EVENING = Date.UTC(2026, 10, 28, 22, 0);
  const HOUR = 3_600_000;

  /** A night whose clock the test moves. */
  function night(check: () => Promise<readonly Imbalance[]>) {
    let now = EVENING;
    let waiting: { readonly at: number; readonly act: () => void } | null = null;
    const log = createRecordingLog();
    const nightly = createNightly({
      pattern: '0 2 * * *',
      check,
      clock: { now: () => now },
      log,
      wait: (milliseconds, act) => {
        waiting = { at: now + milliseconds, act };
        return () => {
          waiting = null;
        };
      },
    });
    return {
      nightly,
      log,
      due: () => waiting?.at ?? null,
      pass: async () => {
        const { at, act } = waiting ?? { at: now, act: () => {} };
        now = at;
        act();
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }

  it('comes at two each night', async () => {
    let checks = 0;
    const { nightly, due, pass } = night(async () => {
      checks++;
      return [];
    });
    nightly.start();
    assert.equal(due(), EVENING + 4 * HOUR);
    assert.equal(nightly.last(), null);
    await pass();
    assert.deepEqual(nightly.last(), { at: EVENING + 4 * HOUR, imbalances: 0 });
    assert.equal(due(), EVENING + 28 * HOUR);
    await nightly.stop();
    assert.deepEqual([checks, due()], [1, null]);
  });

  it('logs what does not add up', async () => {
    const { nightly, log, pass } = night(async () => [{ equation: 'A8', subject: 'fil_1', text: 'gone' }]);
    nightly.start();
    await pass();
    assert.equal(nightly.last()?.imbalances, 1);
    assert.deepEqual(
      log.lines.map(({ level, sentence }) => `${level} ${sentence}`),
      ['error The books do not balance.'],
    );
    await nightly.stop();
  });

  it('goes on the next night when a check fails', async () => {
    const { nightly, log, due, pass } = night(async () => {
      throw new Error('the database is away');
    });
    nightly.start();
    await pass();
    assert.equal(nightly.last(), null);
    assert.match(JSON.stringify(log.lines), /the database is away/);
    assert.equal(due(), EVENING + 28 * HOUR);
    await nightly.stop();
  });
});
