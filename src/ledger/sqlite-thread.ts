import { answerQuestions } from '../util/thread.ts';
import { openDatabase } from './sqlite-open.ts';
import { createExecutor, faultOf, type Outcome } from './sqlite-session.ts';

/** What the thread is asked: first to open a file, then to execute statements, last to close it. */
export type SqliteQuestion =
  | { readonly ask: 'open'; readonly file: string }
  | { readonly ask: 'execute'; readonly text: string; readonly parameters: readonly unknown[] }
  | { readonly ask: 'close' };

const DONE: Outcome = { rows: [], changes: null, fault: null, inTransaction: false };

let execute: ReturnType<typeof createExecutor> = () => ({
  ...DONE,
  fault: { code: '', message: 'The ledger is closed' },
});
let close = (): void => {};

answerQuestions<SqliteQuestion, Outcome>(async (question) => {
  switch (question.ask) {
    case 'open':
      try {
        const database = await openDatabase(question.file, false);
        execute = createExecutor(database);
        close = () => database.close();
        return DONE;
      } catch (error) {
        return { ...DONE, fault: faultOf(error) };
      }
    case 'execute':
      return execute(question.text, question.parameters);
    case 'close':
      close();
      return DONE;
  }
});
