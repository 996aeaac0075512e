import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteLedger } from '../../../src/ledger/sqlite.ts';
import type { SftpPickUp } from '../../../src/partners/sftp-types.ts';
import type { SftpPool } from '../../../src/transports/sftp/pool.ts';
import type { Arrival, ReceivingTransport } from '../../../src/transports/types.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createIds } from '../../../src/util/ids.ts';
import { createPoller, type Sole } from '../../../src/work/poller.ts';
import { eventually } from '../../support/eventually.ts';
import { createReceiver, textOfArrival } from '../../support/receiver.ts';
import { withServer } from '../../support/servers/server.ts';
import { SSHD } from '../../support/servers/sshd.ts';
import { createSftpPlace, poolOf, type SftpPlace } from './sftp-place.ts';

type Offer = (arrivals: readonly Arrival[]) => Promise<void>;

describe('trouble on an SFTP server', function () {
  this.timeout(60_000);
  const sshd = withServer(SSHD);
  let pool: SftpPool;
  const running: ReceivingTransport[] = [];
  const placeOf = (settings: Partial<SftpPickUp> = {}): SftpPlace => createSftpPlace(sshd(), pool, settings);
  const start = async (place: SftpPlace, offer: Offer, other = {}): Promise<ReceivingTransport> => {
    const transport = place.transport(other);
    running.push(transport);
    await transport.start(offer);
    return transport;
  };
  /** Another look has begun and ended. */
  const looks = async (place: SftpPlace, count = 3): Promise<void> => {
    const from = Date.now();
    await eventually('some looks are over', () => Date.now() - from > count * 2 * place.every);
  };
  const alarms = (place: SftpPlace, words: RegExp): number =>
    place.log.lines.filter(({ level, sentence }) => level === 'error' && words.test(sentence)).length;
  beforeEach(() => {
    pool = poolOf(sshd().key);
  });
  afterEach(async () => {
    for (const transport of running.splice(0)) await transport.stop();
    pool.close();
  });

  it('two gateways take each file once', async () => {
    const place = placeOf();
    const expected = Array.from({ length: 60 }, (_, index) => `file-${index}.edi`);
    for (const name of expected) await place.put(name, name);
    const [one, other] = [createReceiver(), createReceiver()];
    await Promise.all([
      start(place, one.offer, { owner: 'aaaaaaaa' }),
      start(place, other.offer, { owner: 'bbbbbbbb' }),
    ]);
    const all = () => [...one.seen, ...other.seen];
    // A file is gone a moment before who took it hears so.
    await eventually('all are taken', () => readdirSync(place.folder).length === 0 && all().length >= expected.length);
    const seen = all();
    assert.deepEqual(seen.map(({ name }) => name).sort(), [...expected].sort());
    assert.ok(seen.every(({ name, text }) => name === text));
  });

  it('what one gateway claimed, another leaves alone', async () => {
    const place = placeOf();
    await place.put('a.edi.crossdock-bbbbbbbb-1', 'of another');
    await place.put('a.edi.crossdock-aaaaaaaa-1', 'ours, from before');
    const { seen, offer } = createReceiver();
    await start(place, offer);
    await eventually('ours is taken', () => seen.length === 1);
    await looks(place);
    assert.deepEqual(
      seen.map(({ name, text }) => [name, text]),
      [['a.edi', 'ours, from before']],
    );
    assert.deepEqual(readdirSync(place.folder), ['a.edi.crossdock-bbbbbbbb-1']);
  });

  it('without names of our own one gateway polls at a time, and another when that one ends', async () => {
    const place = placeOf({ claim: 'lease' });
    const { seen, offer } = createReceiver();
    const ledger = await openSqliteLedger({ file: `${place.folder}.ledger`, ids: createIds(systemClock) });
    const looking: string[] = [];
    const gateway = (holder: string): Sole => {
      const transport = place.transport();
      const sole: Sole = {
        start: async () => {
          looking.push(holder);
          await transport.start(offer);
        },
        stop: () => transport.stop(),
      };
      return createPoller({ ledger, clock: systemClock, log: place.log, name: 'poll acme', holder, sole, every: 50 });
    };
    const [first, second] = [gateway('first'), gateway('second')];
    try {
      await first.start();
      await eventually('the first one looks', () => looking.length === 1);
      await second.start();
      await place.put('a.edi', 'one');
      await eventually('the file is taken', () => seen.length === 1);
      await looks(place);
      assert.deepEqual(looking, ['first']);
      await first.stop();
      await place.put('b.edi', 'two');
      await eventually('the other one takes the next', () => seen.length === 2);
    } finally {
      await Promise.all([first.stop(), second.stop()]);
      await ledger.close();
    }
    assert.deepEqual(
      [looking, seen.map(({ text }) => text)],
      [
        ['first', 'second'],
        ['one', 'two'],
      ],
    );
  });

  it('a slow writer is waited for, also when he pauses without the end of the interchange', async () => {
    const place = placeOf({ ready: { by: 'stable' } });
    const { seen, offer } = createReceiver();
    const path = join(place.folder, 'a.edi');
    writeFileSync(path, 'ISA*first half');
    await start(place, offer);
    await looks(place, 2);
    writeFileSync(path, 'ISA*first half and the second~IEA*1*000000001~');
    await eventually('it is taken', () => seen.length === 1);
    assert.match(seen[0]?.text ?? '', /IEA\*1/);
  });

  it('a file that stays unfinished is taken in the end, for the road to say so', async () => {
    const place = placeOf({ ready: { by: 'stable' } });
    const { seen, offer } = createReceiver();
    writeFileSync(join(place.folder, 'a.edi'), 'ISA*cut off');
    await start(place, offer);
    await eventually('it is taken', () => seen.length === 1);
  });

  it('names of what is not finished are not taken: before a rename, without a marker, hidden', async () => {
    const place = placeOf({ ready: { by: 'marker', suffix: '.ok' } });
    for (const name of ['a.edi', 'b.edi.tmp', '.c.edi', 'd.edi']) writeFileSync(join(place.folder, name), name);
    writeFileSync(join(place.folder, 'd.edi.ok'), '');
    const { seen, offer } = createReceiver();
    await start(place, offer);
    await eventually('one is taken', () => seen.length === 1);
    await looks(place);
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['d.edi'],
    );
    assert.deepEqual(readdirSync(place.folder).sort(), ['.c.edi', 'a.edi', 'b.edi.tmp']);
  });

  it('takes strange names as they are, leaves alone and tells what can be no name, and follows no link', async () => {
    const place = placeOf();
    const names = ['with blank.edi', '-rf', '%2e%2e.edi', 'é😀.edi', '__proto__', '$(id).edi', 'sub;rm.edi'];
    for (const name of names) await place.put(name, name);
    writeFileSync(join(place.folder, 'line\nbreak.edi'), 'x');
    writeFileSync(join(place.folder, 'back\\slash.edi'), 'x');
    writeFileSync(Buffer.concat([Buffer.from(`${place.folder}/`), Buffer.from('größe.edi', 'latin1')]), 'x');
    symlinkSync('/etc/passwd', join(place.folder, 'link.edi'));
    symlinkSync('/etc', join(place.folder, 'folder'));
    execFileSync('mkfifo', [join(place.folder, 'pipe.edi')]);
    const { seen, offer } = createReceiver();
    await start(place, offer);
    await eventually('all are taken', () => seen.length === names.length);
    await looks(place);
    assert.deepEqual(seen.map(({ name }) => name).sort(), [...names].sort());
    assert.equal(alarms(place, /names that cannot be taken/), 1);
    assert.equal(readdirSync(place.folder).length, 6);
  });

  it('looks into folders as deep as agreed, in order, and not into its own', async () => {
    const place = placeOf({ depth: 1, sort: 'name', include: ['*.edi'], exclude: ['old-*'] });
    for (const folder of ['b', 'a', 'a/deep', '.hidden']) mkdirSync(join(place.folder, folder));
    for (const folder of ['a', 'b']) sshd().allow(join(place.folder, folder));
    for (const name of ['b/1.edi', 'a/2.edi', 'a/deep/3.edi', '.hidden/4.edi', 'old-5.edi', '6.txt', '7.edi']) {
      writeFileSync(join(place.folder, name), name);
    }
    const { seen, offer } = createReceiver();
    await start(place, offer);
    await eventually('all are taken', () => seen.length === 3);
    await looks(place);
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['7.edi', 'a/2.edi', 'b/1.edi'],
    );
  });

  it('moves what is taken, keeping what lies there, and makes the folder', async () => {
    const place = placeOf();
    const archive = join(place.folder, 'done/{date}');
    const moving = createSftpPlace(sshd(), pool, { folder: place.folder, after: { do: 'move', to: archive } });
    const { seen, offer } = createReceiver();
    await start(moving, offer);
    await place.put('a.edi', 'one');
    await eventually('the first is taken', () => seen.length === 1);
    await place.put('a.edi', 'two');
    await eventually('the second is taken', () => seen.length === 2);
    const day = new Date().toISOString().slice(0, 10);
    const kept = readdirSync(join(place.folder, 'done', day)).sort();
    assert.equal(kept.length, 2);
    assert.equal(kept[0], 'a.edi');
    assert.ok(kept[1]?.startsWith('a.edi.'));
    assert.equal(readFileSync(join(place.folder, 'done', day, 'a.edi'), 'utf8'), 'one');
  });

  it('leaves what is taken where that is agreed, and takes it again when it changes', async () => {
    const place = placeOf({ after: { do: 'leave' } });
    const { seen, offer } = createReceiver();
    await place.put('a.edi', 'one');
    await start(place, offer);
    await eventually('it is seen', () => seen.length === 1);
    await looks(place);
    assert.equal(seen.length, 1);
    await place.put('a.edi', 'another');
    await eventually('the other is seen', () => seen.length === 2);
    assert.deepEqual(readdirSync(place.folder), ['a.edi']);
    assert.deepEqual(place.log.lines, []);
  });

  it('a file that may not be removed is taken once, told once, and does not come again', async () => {
    const place = placeOf();
    await place.put('a.edi', 'one');
    sshd().forbid(place.folder);
    const { seen, offer } = createReceiver();
    await start(place, offer);
    await eventually('it is told', () => alarms(place, /may not be removed on the server/) > 0);
    await looks(place, 5);
    assert.deepEqual(
      seen.map(({ text, taken }) => [text, taken]),
      [['one', false]],
    );
    assert.equal(place.log.lines.length, 1);
    sshd().allow(place.folder);
    await place.put('a.edi', 'other');
    await eventually('the changed file is taken', () => seen.at(-1)?.taken === true);
    assert.equal(seen.at(-1)?.text, 'other');
  });

  it('a file that may not be read, or is too large, is told once and moved aside; others are taken', async () => {
    const place = placeOf({ largest: 10 });
    const failed = join(place.folder, 'failed');
    const careful = createSftpPlace(sshd(), pool, { folder: place.folder, largest: 10, failed });
    await place.put('closed.edi', 'x');
    chmodSync(join(place.folder, 'closed.edi'), 0);
    await place.put('large.edi', 'more than ten bytes');
    await place.put('open.edi', 'x');
    const { seen, offer } = createReceiver();
    await start(careful, async (arrivals) => {
      for (const arrival of arrivals) await offer([arrival]).catch(() => {});
    });
    await eventually('both are aside', () => existsSync(failed) && readdirSync(failed).length === 2);
    assert.deepEqual(readdirSync(failed).sort(), ['closed.edi', 'large.edi']);
    await eventually('the other is taken', () => seen.length === 1);
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['open.edi'],
    );
    assert.equal(alarms(careful, /moved aside/), 2);
  });

  it('a connection that is cut while a file is read costs nothing: it comes again, under the same key', async () => {
    const place = placeOf();
    const text = 'ISA*'.repeat(500_000);
    await place.put('a.edi', text);
    const { seen, offer } = createReceiver();
    const keys = new Set<string>();
    let cuts = 0;
    await start(place, async (arrivals) => {
      for (const { sourceKey } of arrivals) keys.add(sourceKey);
      if (cuts++ >= 2) return offer(arrivals);
      for (const arrival of arrivals) {
        const chunks = arrival.open()[Symbol.asyncIterator]();
        await chunks.next();
        sshd().cutConnections();
        await assert.rejects(async () => {
          while ((await chunks.next()).done !== true);
        }, /cannot be read/);
      }
    });
    await eventually('it is taken', () => seen.length === 1, 30);
    assert.ok(seen[0]?.text === text);
    assert.equal(keys.size, 1);
    assert.deepEqual(readdirSync(place.folder), []);
  });

  it('a crash between reading and removing brings the file again under the same key', async () => {
    const place = placeOf();
    await place.put('a.edi', 'one');
    const keys: string[] = [];
    const first = await start(place, async (arrivals) => {
      for (const arrival of arrivals) {
        keys.push(arrival.sourceKey);
        await textOfArrival(arrival);
        sshd().cutConnections();
      }
    });
    await eventually('it is read', () => keys.length > 0);
    await first.stop();
    const { seen, offer } = createReceiver();
    await start(place, offer);
    await eventually('it is taken', () => seen.length === 1, 30);
    assert.equal(seen[0]?.sourceKey, keys[0]);
  });

  it('says once that the server is away, and once that it is back', async () => {
    const place = placeOf();
    const { seen, offer } = createReceiver();
    await start(place, offer);
    await place.put('a.edi', 'one');
    await eventually('the first is taken', () => seen.length === 1);
    sshd().cutConnections();
    await place.put('b.edi', 'two');
    await eventually('the second is taken', () => seen.length === 2, 30);
    const levels = place.log.lines.map(({ level }) => level);
    assert.ok(levels.length === 0 || (levels[0] === 'warn' && levels.at(-1) === 'info'), levels.join(' '));
  });

  it('ten thousand names are no trouble', async () => {
    const place = placeOf({ include: ['*.edi'] });
    for (let index = 0; index < 10_000; index++) writeFileSync(join(place.folder, `${index}.txt`), '');
    await place.put('a.edi', 'one');
    const { seen, offer } = createReceiver();
    await start(place, offer);
    await eventually('the one that is meant is taken', () => seen.length === 1, 30);
    assert.equal(readdirSync(place.folder).length, 10_000);
  });
});
