import { startThread } from '../util/thread.ts';
import { ledgerFault, type Outcome, type SqliteSession } from './sqlite-session.ts';
import type { SqliteQuestion } from './sqlite-thread.ts';

/**
 * Opens a database in a thread of its own: the event loop goes on while statements run and while a commit waits for the disk.
 * Where there is a second core, both are at work.
 */
export async function openThreadSession(file: string): Promise<SqliteSession> {
  const thread = startThread<SqliteQuestion, Outcome>('sqlite-thread', import.meta.url);
  const { fault } = await thread.ask({ ask: 'open', file });
  if (fault !== null) {
    await thread.end();
    throw ledgerFault(fault, file);
  }
  return {
    execute: (text, parameters) => thread.ask({ ask: 'execute', text, parameters }),
    close: async () => {
      await thread.ask({ ask: 'close' });
      await thread.end();
    },
  };
}
