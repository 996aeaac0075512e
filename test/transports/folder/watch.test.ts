import assert from 'node:assert/strict';
import { watchFolder } from '../../../src/transports/folder/watch.ts';
import { eventually } from '../../support/eventually.ts';
import { createRecordingLog } from '../../support/recording-log.ts';

describe('watching a drop folder', () => {
  it('that cannot be watched is told once and is no failure', async () => {
    const log = createRecordingLog();
    const stop = watchFolder('/a\0b', () => {}, log);
    await eventually('it is told', () => log.lines.length > 0);
    await stop();
    assert.deepEqual(
      log.lines.map(({ level }) => level),
      ['warn'],
    );
  });
});
