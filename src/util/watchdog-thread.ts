import { writeSync } from 'node:fs';
import { answerQuestions } from './thread.ts';

/** What the thread is asked: to watch a number that must change, and after how many looks without a change it hangs. */
export interface WatchdogQuestion {
  readonly beats: SharedArrayBuffer;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly most: number;
}

const STANDARD_ERROR = 2;
/** As the log numbers its levels. */
const FATAL = 60;

answerQuestions<WatchdogQuestion, true>(({ beats, every, most }) => {
  const beat = new Int32Array(beats);
  let seen = Atomics.load(beat, 0);
  let still = 0;
  // Looks are counted instead of time: a machine that slept, or a process that was halted, did not hang.
  setInterval(() => {
    const now = Atomics.load(beat, 0);
    still = now === seen ? still + 1 : 0;
    seen = now;
    if (still < most) return;
    const seconds = Math.round((most * every) / 1000);
    const msg = `The process stood still for ${seconds} seconds and is ended. What it worked on is tried alone at the next start.`;
    writeSync(STANDARD_ERROR, `${JSON.stringify({ level: FATAL, time: new Date().toISOString(), msg })}\n`);
    process.kill(process.pid, 'SIGKILL');
  }, every);
  return true;
});
