import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../support/source-files.ts';
import { type PageStep, pageSteps, reads } from './page-steps.ts';

/** How long a gateway may take to say that it is ready, in milliseconds. */
const PATIENCE = 20_000;
/** Where a gateway listens by default; the test runs it elsewhere. */
const USUAL = { operations: '127.0.0.1:8080', partner: '127.0.0.1:8081' };

/** The gateway that a page starts, and where it listens. */
interface Running {
  readonly process: ChildProcess;
  readonly output: () => string;
  addresses: Readonly<Record<keyof typeof USUAL, string>> | null;
}

/**
 * Does what a page of the documentation says, from top to bottom, in a copy of the configuration, and compares. With a `section`
 * it begins at that heading.
 */
export async function runPage(page: string, folder: string, section = ''): Promise<void> {
  const text = readFileSync(join(ROOT, page), 'utf8');
  assert.ok(text.includes(section), `${page} has no "${section}"`);
  const before = text.slice(0, text.indexOf(section));
  const steps = pageSteps(before.replaceAll(/[^\n]/g, '') + text.slice(before.length));
  assert.ok(steps.length > 0, `${page} has no steps`);
  checkoutIn(folder);
  let running: Running | null = null;
  try {
    for (const step of steps) {
      if (step.kind === 'write') writeStep(folder, step);
      else if (step.command === 'npm start') running = await startGateway(folder, step, page);
      else await runStep(folder, step, running, page);
    }
  } finally {
    if (running !== null) await stop(running.process);
  }
}

/** What a checkout looks like from the outside; its program is the one under test. */
function checkoutIn(folder: string): void {
  for (const name of ['maps', 'partners', 'crossdock.yaml', 'package.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  mkdirSync(join(folder, 'bin'));
  for (const name of ['bin/crossdock', 'scripts', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name));
}

function writeStep(folder: string, { path, text }: Extract<PageStep, { kind: 'write' }>): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

type RunStep = Extract<PageStep, { kind: 'run' }>;

async function runStep(folder: string, step: RunStep, running: Running | null, page: string): Promise<void> {
  const here = (text: string): string => addressed(text, running);
  const expected = step.expected.map(here);
  const { process, output } = shell(here(step.command), folder);
  await once(process, 'close');
  if (reads(output(), expected)) return;
  assert.equal(output(), `${expected.join('\n')}\n`, `${page}:${step.line}: $ ${step.command}`);
}

async function startGateway(folder: string, step: RunStep, page: string): Promise<Running> {
  const started: Running = { ...shell(step.command, folder), addresses: null };
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const ready = started
      .output()
      .split('\n')
      .find((line) => line.startsWith('{"ready":true'));
    if (ready !== undefined) {
      const { operations, partner }: Record<keyof typeof USUAL, string> = JSON.parse(ready);
      started.addresses = { operations: new URL(operations).host, partner: new URL(partner).host };
      if (
        reads(
          started.output(),
          step.expected.map((line) => addressed(line, started)),
        )
      )
        return started;
    }
    if (Date.now() > deadline || started.process.exitCode !== null) {
      await stop(started.process);
      assert.equal(started.output(), `${step.expected.join('\n')}\n`, `${page}:${step.line}: $ ${step.command}`);
    }
    await pause(50);
  }
}

function addressed(text: string, running: Running | null): string {
  const { operations, partner } = running?.addresses ?? USUAL;
  return text.replaceAll(USUAL.operations, operations).replaceAll(USUAL.partner, partner);
}

/** Runs a line as a person at a terminal sees it: both outputs in one. */
function shell(command: string, folder: string): { process: ChildProcess; output: () => string } {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CROSSDOCK_'));
  const ports = { CROSSDOCK_OPERATIONS: '127.0.0.1:0', CROSSDOCK_PARTNER: '127.0.0.1:0', CROSSDOCK_DISK_FULL: '100%' };
  const child = spawn('sh', ['-c', `exec 2>&1\n${command}`], {
    cwd: folder,
    env: { ...Object.fromEntries(own), ...ports },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { process: child, output: () => Buffer.concat(chunks).toString('utf8') };
}

/** Ends a command with everything it started. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const closed = once(child, 'close');
  process.kill(-child.pid, 'SIGTERM');
  await closed;
}
