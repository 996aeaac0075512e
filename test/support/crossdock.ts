import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that is tested. */
export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
/** The command as people start it. */
export const CROSSDOCK = join(CHECKOUT, 'bin/crossdock');

/** What a command answered. */
export interface Answer {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The checkout unless told otherwise. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; empty unless told otherwise. */
  readonly input?: string | Buffer;
  /** Another file to start than bin/crossdock. */
  readonly command?: string;
}

/** Runs one command to its end. Settings of whoever runs the tests do not reach it. */
export function run(words: readonly string[], options: RunOptions = {}): Promise<Answer> {
  const { cwd = CHECKOUT, env = {}, input = '', command = CROSSDOCK } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...words], { cwd, env: environment(env) });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
    // A command that reads no input may end before it was written.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** The environment of the tests without their own settings, and with these. */
export function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CROSSDOCK_'));
  return { ...Object.fromEntries(inherited), ...env };
}

/** The lines of an output, each as JSON; the caller says of what shape. */
export function jsonLines<Line>(text: string): readonly Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line));
}
