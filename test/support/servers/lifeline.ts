import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { User } from './user.ts';

/** A server that ends with this process, however that ends. */
export interface Lifeline {
  /** The process of the server itself. */
  readonly pid: number;
  /** True while it runs. */
  running(): boolean;
  /** What it said last. */
  log(): string;
  /** Ends it with this signal and keeps its folder, so that it can be started there again. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** Ends it, waits until it is gone, and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Waits for the end of its own input, which is also the end of whoever holds it, then ends the server and its folder.
 * The first line it says is the server's process id.
 */
const KEEPER = `
exec 3<&0
folder=$1 signal=$2
shift 2
"$@" </dev/null >>"$folder/server.log" 2>&1 3<&- &
server=$!
echo $server
( read -r line <&3; kill -s "$signal" $server ) >/dev/null 2>&1 &
reader=$!
wait $server
kill $reader 2>/dev/null
[ -e "$folder/keep" ] || rm -rf "$folder"
`;

/** Starts a server in its own process group. `signal` ends it in good order; the folder goes with it. */
export async function startWithLifeline(options: {
  readonly folder: string;
  readonly command: readonly string[];
  readonly signal: 'INT' | 'TERM';
  /** Whom it runs as; without it, whoever runs the tests. */
  readonly user?: User | null;
}): Promise<Lifeline> {
  const { folder, command, signal, user = null } = options;
  const logFile = join(folder, 'server.log');
  const keep = join(folder, 'keep');
  rmSync(keep, { force: true });
  const child = spawn('/bin/sh', ['-c', KEEPER, 'keeper', folder, signal, ...command], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    ...user,
  });
  const ended = once(child, 'exit');
  const pid = Number(await firstLine(child));
  // The lifeline shall end with the tests, not keep them from ending.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return {
    pid,
    running: () => child.exitCode === null && child.signalCode === null,
    log: () => lastLines(logFile),
    end: async (signal) => {
      writeFileSync(keep, '');
      child.ref();
      process.kill(pid, signal);
      await ended;
    },
    stop: async () => {
      if (existsSync(keep)) rmSync(folder, { recursive: true, force: true });
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const output = child.stdout;
  if (output === null) throw new Error('The keeper of a server has no output.');
  for await (const chunk of output.setEncoding('utf8')) return String(chunk);
  throw new Error('The keeper of a server ended at once.');
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-4000);
  } catch {
    return '';
  }
}
