import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderConnection } from '../../../src/partners/types.ts';
import { checkFolder } from '../../../src/transports/folder/check.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { inShort, stepsOf } from '../check-steps.ts';

describe('checking the folders of a connection', () => {
  const data = tempFolder();
  const connection: FolderConnection = {
    kind: 'folder',
    id: 'main',
    pickUp: { folder: 'out', pattern: '*.edi' },
    dropOff: 'in',
    every: 1000,
    ready: { by: 'immediate' },
  };
  const check = (over: Partial<FolderConnection> = {}) => stepsOf(checkFolder({ ...connection, ...over }, data()));

  it('is ok where files may be listed, read, taken away and written, and leaves nothing behind', async () => {
    for (const name of ['out', 'in']) mkdirSync(join(data(), name));
    for (const name of ['a.edi', 'b.edi', 'c.txt', '.d.edi']) writeFileSync(join(data(), 'out', name), 'ISA');
    const steps = await check();
    assert.deepEqual(inShort(steps), ['list ok', 'read ok', 'take away ok', 'write ok']);
    assert.match(steps[0]?.says ?? '', /holds 2 files that are meant/);
    assert.deepEqual([readdirSync(join(data(), 'out')).length, readdirSync(join(data(), 'in'))], [4, []]);
  });

  it('says that folders are made when they are needed, and makes none', async () => {
    const steps = await check();
    assert.deepEqual(inShort(steps), ['list ok', 'write ok']);
    for (const { says } of steps) assert.match(says, /is not there yet, and is made when it is needed/);
    assert.deepEqual(readdirSync(data()), []);
  });

  it('says that something else lies there', async () => {
    writeFileSync(join(data(), 'out'), '');
    const [list] = await check({ dropOff: null });
    assert.deepEqual([list?.fix?.turn, list?.says], ['ours', `${join(data(), 'out')} is no folder`]);
  });

  it('says that this user may not write there', async () => {
    // Not even root writes into /proc.
    const steps = await check({ pickUp: null, dropOff: '/proc/sys' });
    assert.deepEqual(inShort(steps), ['write ours']);
    assert.match(steps[0]?.fix?.what ?? '', /Let this user write, rename and remove files in \/proc\/sys/);
  });
});
