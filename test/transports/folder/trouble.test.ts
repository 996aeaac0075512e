import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrival, ReceivingTransport } from '../../../src/transports/types.ts';
import { eventually } from '../../support/eventually.ts';
import { createReceiver } from '../../support/receiver.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { createFolderPlace, type FolderPlace } from './folder-place.ts';

const NOBODY = 65_534;

describe('trouble in a drop folder', () => {
  const dataFolder = tempFolder();
  let place: FolderPlace;
  const running: ReceivingTransport[] = [];
  const start = async (offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<void> => {
    const transport = place.transport();
    running.push(transport);
    await transport.start(offer);
  };
  beforeEach(() => {
    place = createFolderPlace(dataFolder(), { by: 'rename', unready: ['.tmp'] });
  });
  afterEach(async () => {
    for (const transport of running.splice(0)) await transport.stop();
  });

  it('only regular files are offered: no links, pipes or folders', async () => {
    const { seen, offer } = createReceiver();
    await writeFile(join(dataFolder(), 'secret'), 'of somebody else');
    await symlink(join(dataFolder(), 'secret'), join(place.folder, 'link.edi'));
    await symlink('/nowhere', join(place.folder, 'dangling.edi'));
    await mkdir(join(place.folder, 'folder.edi'));
    execFileSync('mkfifo', [join(place.folder, 'pipe.edi')]);
    await start(offer);
    await place.put('file.edi', 'x');
    await eventually('the file is seen', () => seen.length > 0);
    await place.put('later.edi', 'x');
    await eventually('the later file is seen', () => seen.length > 1);
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['file.edi', 'later.edi'],
    );
  });

  it('takes strange names as they are', async () => {
    const { seen, offer } = createReceiver();
    const names = ['with blank.edi', '-rf', 'line\nbreak.edi', '%2e%2e.edi', 'é😀.edi', '__proto__', '$(id).edi'];
    await start(offer);
    for (const name of names) await place.put(name, name);
    const latin1 = Buffer.concat([Buffer.from(`${place.folder}/`), Buffer.from('größe.edi', 'latin1')]);
    await writeFile(latin1, 'x');
    await eventually('all are seen', () => seen.length === names.length + 1);
    assert.deepEqual(seen.map(({ name }) => name).sort(), [...names, 'größe.edi'].sort());
    assert.deepEqual(await place.names(), []);
  });

  it('makes the folder when it is missing, also when it goes away later', async () => {
    const { seen, offer } = createReceiver();
    await rm(place.folder, { recursive: true });
    await start(offer);
    await eventually('the folder is there', async () => (await readdir(dataFolder())).includes('out'));
    await rm(place.folder, { recursive: true });
    await eventually('the folder is there again', async () => (await readdir(dataFolder())).includes('out'));
    await place.put('a.edi', 'x');
    await eventually('a file is seen', () => seen.length === 1);
  });

  it('passes over a file that goes away after it was listed', async () => {
    const { seen, offer } = createReceiver();
    const offered: string[] = [];
    for (let index = 10; index < 22; index++) await place.put(`${index}.edi`, 'x');
    await start(async (arrivals) => {
      if (offered.length === 0) {
        const first = new Set(arrivals.map(({ name }) => name));
        for (const name of await place.names()) if (!first.has(name)) await rm(join(place.folder, name));
      }
      offered.push(...arrivals.map(({ name }) => name));
      await offer(arrivals);
    });
    await eventually('the first batch is seen', () => seen.length === 8);
    await place.put('last.edi', 'x');
    await eventually('the last is seen', () => seen.length === 9);
    assert.equal(offered.length, 9);
    assert.deepEqual(place.log.lines, []);
  });

  it('offers what the receiver left only after a pause, and what others left at once', async () => {
    const offers: string[] = [];
    await place.put('left.edi', 'x');
    await start(async (arrivals) => {
      for (const arrival of arrivals) {
        offers.push(arrival.name);
        if (arrival.name !== 'left.edi') await arrival.take();
      }
    });
    await eventually('it is offered three times', () => offers.length >= 3);
    await place.put('other.edi', 'x');
    await eventually('the other is offered', () => offers.includes('other.edi'));
  });

  it('tells a fault of the receiver once, and that it is over', async () => {
    const { seen, offer } = createReceiver();
    let faults = 0;
    await place.put('a.edi', 'x');
    await start(async (arrivals) => {
      if (faults++ < 2) throw new Error('the ledger is away');
      await offer(arrivals);
    });
    await eventually('the file is seen', () => seen.length === 1);
    await eventually('the end is told', () => place.log.lines.some(({ level }) => level === 'info'));
    assert.deepEqual(
      place.log.lines.map(({ level }) => level),
      ['error', 'info'],
    );
  });

  /** Root may do everything, so that for root the test becomes nobody for a while. */
  describe('without the right to remove or read a file', () => {
    const root = process.getuid?.() === 0;
    beforeEach(async () => {
      await place.put('a.edi', 'one');
      await chmod(dataFolder(), 0o755);
    });
    afterEach(async () => {
      if (root) process.seteuid?.(0);
      await chmod(place.folder, 0o755);
    });
    const becomeNobody = (): void => {
      if (root) process.seteuid?.(NOBODY);
    };

    it('logs it once and does not loop; a changed file is offered again', async () => {
      const { seen, offer } = createReceiver();
      await chmod(place.folder, 0o555);
      becomeNobody();
      await start(offer);
      await eventually('it is logged', () => place.log.lines.length > 0);
      let looks = 0;
      await eventually('twenty pauses are over', () => ++looks > (20 * place.every) / 5);
      assert.deepEqual(
        seen.map(({ name, taken }) => [name, taken]),
        [['a.edi', false]],
      );
      assert.equal(place.log.lines.length, 1);
      assert.match(place.log.lines[0]?.sentence ?? '', /may not be removed.*left alone.*write to the folder/);
      if (root) process.seteuid?.(0);
      await chmod(place.folder, 0o755);
      await writeFile(join(place.folder, 'a.edi'), 'two');
      await eventually('the changed file is taken', () => seen.at(-1)?.taken === true);
      assert.equal(seen.at(-1)?.text, 'two');
    });

    it('does not let a file closed to us stand in the way of others', async () => {
      const { seen, offer } = createReceiver();
      await chmod(join(place.folder, 'a.edi'), 0);
      await chmod(place.folder, 0o777);
      becomeNobody();
      await start(offer);
      await eventually('it is logged', () => place.log.lines.some(({ sentence }) => /may not be read/.test(sentence)));
      if (root) process.seteuid?.(0);
      await place.put('b.edi', 'two');
      await eventually('the other file is seen', () => seen.length === 1);
      assert.equal(seen[0]?.name, 'b.edi');
      assert.equal(place.log.lines.filter(({ sentence }) => /may not be read/.test(sentence)).length, 1);
    });
  });
});
