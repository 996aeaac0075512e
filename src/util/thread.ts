import { extname } from 'node:path';
import { parentPort, type Transferable, Worker } from 'node:worker_threads';

/** A thread of its own for what would hold up the event loop. */
export interface Thread<Question, Answer> {
  /** Rejects with what the thread threw, and when the thread ends before it answers. What is transferred is gone here. */
  ask(question: Question, transfer?: readonly Transferable[]): Promise<Answer>;
  /** False when it has ended: whoever needs it starts another. */
  readonly alive: boolean;
  /** Ends it, whatever it is doing. */
  end(): Promise<void>;
}

interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

interface Answered<Answer> {
  readonly id: number;
  readonly answer?: Answer;
  readonly fault?: string;
}

/** Starts the module `name`, without its ending, that lies beside `beside`. An idle thread does not keep the process alive. */
export function startThread<Question, Answer>(name: string, beside: string): Thread<Question, Answer> {
  // Run from the sources it is TypeScript, built it is JavaScript.
  const worker = new Worker(new URL(`./${name}${extname(beside)}`, beside));
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let questions = 0;
  let alive = true;

  worker.on('message', ({ id, answer, fault }: Answered<Answer>) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (answer === undefined) asked?.reject(new Error(fault ?? 'The thread gave no answer.'));
    else asked?.resolve(answer);
  });
  const ended = (): void => {
    alive = false;
    for (const { reject } of waiting.values()) reject(new Error('The thread ended before it answered.'));
    waiting.clear();
  };
  worker.on('error', ended);
  worker.on('exit', ended);
  worker.unref();
  return {
    get alive() {
      return alive;
    },
    ask: (question, transfer = []) => {
      const id = questions++;
      const asked = Promise.withResolvers<Answer>();
      if (waiting.size === 0) worker.ref();
      waiting.set(id, asked);
      const message: Asked<Question> = { id, question };
      worker.postMessage(message, transfer);
      return asked.promise;
    },
    end: async () => {
      await worker.terminate();
    },
  };
}

/** The thread's side: answers every question; what `act` throws is told by its message. */
export function answerQuestions<Question, Answer>(act: (question: Question) => Answer | Promise<Answer>): void {
  parentPort?.on('message', async ({ id, question }: Asked<Question>) => {
    const answered = await Promise.resolve()
      .then(() => act(question))
      .then(
        (answer): Answered<Answer> => ({ id, answer }),
        (error: unknown): Answered<Answer> => ({ id, fault: error instanceof Error ? error.message : String(error) }),
      );
    parentPort?.postMessage(answered);
  });
}
