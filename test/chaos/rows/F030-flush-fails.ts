import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import type { Row } from '../row.ts';
import { STRACE } from '../software.ts';

/** Flushes that fail: from the so-manieth of the process on, so many. */
const FIRST = 40;
const LAST = 160;

export const row: Row = {
  number: 30,
  title: 'flushing to the disk fails',
  gate: false,
  needs: [STRACE],
  run: async (stage) => {
    await stage.open();
    // Of the archive and of the ledger alike. -D: the gateway keeps its process, the tracer is another one.
    const trace = ['strace', '-f', '-D', '-qq', '--seccomp-bpf', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync'];
    const inject = ['fsync', 'fdatasync'].flatMap((call) => ['-e', `inject=${call}:error=EIO:when=${FIRST}..${LAST}`]);
    const gateway = await stage.start({ before: [...trace, ...inject] });
    stage.say(`flushes ${FIRST} to ${LAST} fail with EIO`);
    const sending = stage.sender.send(stage.offers(80));
    await eventually('senders are refused', () => stage.sender.answers.some(({ status }) => status >= 500), 60);
    await sending;
    assert.match(gateway.log(), /EIO|disk I\/O error/);
    await stage.prove();
  },
};
