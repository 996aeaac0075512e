import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SSHD } from '../../support/servers/sshd.ts';
import type { Row } from '../row.ts';
import { changed, goodOffers, openWithSftp, settledCopies } from '../sftp-partner.ts';

/** A writer pauses for longer than two looks take. */
const PAUSE = 4_000;

export const row: Row = {
  number: 36,
  title: 'half a file lies there: its writer goes on, or never does',
  gate: true,
  needs: [SSHD.software],
  run: async (stage) => {
    const partner = await openWithSftp(stage, 'ready: stable');
    const [paused, torn] = goodOffers(stage, 2);
    assert.ok(paused !== undefined && torn !== undefined);
    const path = join(partner.folder, paused.name);
    writeFileSync(path, paused.content.slice(0, 200));
    const half = changed(torn, { content: torn.content.slice(0, -30), state: 'rejected', events: 0 });
    partner.put(half);
    await stage.start();
    await pause(PAUSE);
    stage.say('the writer goes on');
    appendFileSync(path, paused.content.slice(200));
    stage.witness.note(paused, 'offered', 'sftp');
    await settledCopies(stage.gateway, paused, 1);
    const [file] = await settledCopies(stage.gateway, half, 1);
    assert.match(file?.reason?.code ?? '', /TRUNCATED|INTERCHANGE|UNFINISHED/);
    await stage.prove();
  },
};
