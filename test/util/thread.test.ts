import assert from 'node:assert/strict';
import { startThread } from '../../src/util/thread.ts';

describe('a thread that answers questions', () => {
  const start = () => startThread<string, string>('support/echo-thread', import.meta.url);

  it('answers each by itself, and tells what it threw', async () => {
    const thread = start();
    const answers = await Promise.allSettled(['a', 'throw', 'b'].map((question) => thread.ask(question)));
    assert.deepEqual(
      answers.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
      ['a', 'Error: thrown in the thread', 'b'],
    );
    assert.equal(thread.alive, true);
  });

  it('fails what it was asked when it ends, and is known to have ended', async () => {
    const thread = start();
    await assert.rejects(thread.ask('exit'), /^Error: The thread ended before it answered\.$/);
    assert.equal(thread.alive, false);
  });
});
