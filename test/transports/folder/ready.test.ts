import assert from 'node:assert/strict';
import { appendFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ready } from '../../../src/partners/types.ts';
import { createReadiness, type ReadyFile } from '../../../src/transports/folder/readiness.ts';
import type { ReceivingTransport } from '../../../src/transports/types.ts';
import { eventually } from '../../support/eventually.ts';
import { createReceiver } from '../../support/receiver.ts';
import { tempFolder, writeFiles } from '../../support/temp-folder.ts';
import { createFolderPlace } from './folder-place.ts';

const ISA =
  'ISA*00*          *00*          *ZZ*A              *ZZ*B              *261204*1030*U*00401*000000001*0*P*>~';

describe('when a file in a drop folder is ready: stable', () => {
  const folder = tempFolder();
  const path = (): string => join(folder(), 'a.edi');
  const looks = (): ((now: number) => Promise<ReadyFile | null>) => {
    const readiness = createReadiness(folder(), { by: 'stable' }, 1_000);
    return async (now) => {
      const file = await readiness.look('a.edi', now, false);
      return file === null || (await readiness.hold(file, now)) ? null : file;
    };
  };

  it('needs two equal looks, a pause apart', async () => {
    const look = looks();
    await writeFile(path(), 'text');
    assert.equal(await look(0), null);
    assert.equal(await look(999), null, 'the pause is not over');
    assert.equal((await look(1_000))?.raw, 'a.edi');
  });

  it('begins again with every growth', async () => {
    const look = looks();
    await writeFile(path(), 'text');
    for (const now of [0, 1_000, 2_000, 3_000]) {
      assert.equal(await look(now), null);
      await appendFile(path(), 'more');
    }
    assert.equal(await look(4_000), null);
    assert.equal((await look(5_000))?.facts.size, 20);
  });

  it('begins again when another file of the same size takes the name', async () => {
    const look = looks();
    await writeFile(path(), 'one!');
    assert.equal(await look(0), null);
    await rm(path());
    await writeFile(path(), 'two!');
    assert.equal(await look(1_000), null);
    assert.ok(await look(2_000));
  });

  it('waits no longer than a pause when the clock is set back', async () => {
    const look = looks();
    await writeFile(path(), 'text');
    assert.equal(await look(1_000_000), null);
    assert.ok(await look(1_000));
  });

  const UNFINISHED: readonly (readonly [string, string, boolean])[] = [
    ['an interchange cut before its trailer', `${ISA}GS*SH*A*B~`, true],
    ['an interchange with a byte order mark, cut', `\u{feff}${ISA}GS*SH`, true],
    ['an EDIFACT interchange cut before its trailer', `UNA:+.? 'UNB+UNOA:3+A+B'`, true],
    ['nothing yet', '', true],
    ['a whole interchange', `${ISA}IEA*0*000000001~\r\n`, false],
    ['a whole EDIFACT interchange', `UNB+UNOA:3+A+B'UNZ+0+1'`, false],
    ['no EDI at all', 'hello', false],
  ];
  for (const [title, text, waits] of UNFINISHED) {
    it(`${waits ? 'gives ten pauses to grow to' : 'does not hold back'} ${title}`, async () => {
      const look = looks();
      await writeFile(path(), text);
      assert.equal(await look(0), null);
      assert.equal((await look(1_000)) === null, waits);
      assert.equal((await look(9_000)) === null, waits);
      assert.ok(await look(10_000), 'in the end it is offered as it is');
    });
  }

  it('holds a slow writer back who pauses in the middle, and then gets the whole', async () => {
    const look = looks();
    await writeFile(path(), `${ISA}GS*SH*A*B~`);
    for (const now of [0, 1_000, 2_000, 3_000, 4_000, 5_000]) assert.equal(await look(now), null);
    await appendFile(path(), 'GE*0*1~IEA*1*000000001~');
    assert.equal(await look(6_000), null);
    assert.ok(await look(7_000));
  });
});

describe('when a file in a drop folder is ready: names', () => {
  const dataFolder = tempFolder();
  const running: ReceivingTransport[] = [];
  const start = async (ready: Ready, pattern = '*') => {
    const place = createFolderPlace(dataFolder(), ready, pattern);
    const { seen, offer } = createReceiver();
    const transport = place.transport();
    running.push(transport);
    await transport.start(offer);
    return { place, names: () => seen.map(({ name }) => name), at: (name: string) => join(place.folder, name) };
  };
  afterEach(async () => {
    for (const transport of running.splice(0)) await transport.stop();
  });

  it('never offers hidden and temporary names, nor names outside the pattern', async () => {
    const { place, names } = await start({ by: 'rename', unready: ['.writing'] }, '*.edi*');
    const never = [
      '.a.edi',
      'a.edi.tmp',
      'a.edi.TMP',
      'a.edi.part',
      'a.edi.filepart',
      'a.edi~',
      'a.edi.writing',
      'a.txt',
    ];
    await writeFiles(place.folder, Object.fromEntries(never.map((name) => [name, 'x'])));
    await place.put('z.edi', 'x');
    await eventually('the one that is meant is seen', () => names().length > 0);
    assert.deepEqual(names(), ['z.edi']);
    assert.deepEqual([...(await place.names())].sort(), [...never].sort());
  });

  it('offers a file as soon as it is renamed', async () => {
    const { place, names, at } = await start({ by: 'rename', unready: ['.tmp'] });
    await writeFile(at('a.edi.tmp'), 'half');
    await place.put('first.edi', 'x');
    await eventually('another is seen', () => names().length === 1);
    await rename(at('a.edi.tmp'), at('a.edi'));
    await eventually('the renamed one is seen', () => names().length === 2);
    assert.deepEqual(names(), ['first.edi', 'a.edi']);
  });

  it('waits for the marker, and takes it away with the file', async () => {
    const { place, names, at } = await start({ by: 'marker', suffix: '.done' });
    await writeFile(at('a.edi'), 'x');
    await place.put('first.edi', 'x');
    await eventually('another is seen', () => names().length === 1);
    assert.deepEqual(await place.names(), ['a.edi']);
    await writeFile(at('a.edi.done'), '');
    await eventually('the marked one is seen', () => names().length === 2);
    assert.deepEqual(await place.names(), []);
  });

  it('offers the oldest first', async () => {
    const place = createFolderPlace(dataFolder(), { by: 'rename', unready: [] });
    for (const [index, name] of ['c', 'a', 'b'].entries()) {
      await place.put(name, 'x');
      await utimes(join(place.folder, name), 1_000 + index, 1_000 + index);
    }
    const { seen, offer } = createReceiver();
    const transport = place.transport();
    running.push(transport);
    await transport.start(offer);
    await eventually('all are seen', () => seen.length === 3);
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['c', 'a', 'b'],
    );
  });
});
