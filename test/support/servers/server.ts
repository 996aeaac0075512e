import { createServer } from 'node:net';
import { getSoftware, installCommand, type Software } from './binaries.ts';

/** What every server of the tests can do. */
export interface RunningServer {
  stop(): Promise<void>;
}

/** A real server that tests start for themselves, on a free port of this machine and in a folder of its own. */
export interface TestServer<Running extends RunningServer> {
  readonly software: Software;
  /** The one that all tests of this process share; it starts when first asked for. */
  shared(): Promise<Running>;
  /** One that a test may stop, kill or halt without harm to others; whoever asks stops it. */
  own(): Promise<Running>;
}

/** Installing and the first start take their time on a slow machine. */
const PATIENCE = 600_000;
/** Seconds a server may take to answer. */
export const STARTING = 120;
/** What runs for all tests. */
const running: Promise<RunningServer>[] = [];
const skipped: string[] = [];

/** `start` is given the folder of the programs. */
export function createTestServer<Running extends RunningServer>(
  software: Software,
  start: (programs: string) => Promise<Running>,
): TestServer<Running> {
  const own = async (): Promise<Running> => {
    const found = getSoftware(software);
    if ('why' in found) throw new Error(`${software.name} is not here: ${found.why}.`);
    return start(found.folder);
  };
  let shared: Promise<Running> | null = null;
  return {
    software,
    own,
    shared: () => {
      if (shared === null) {
        shared = own();
        running.push(shared);
      }
      return shared;
    },
  };
}

/**
 * Within a `describe`: the tests of the block run only where this software is, or may be installed. Elsewhere they are
 * skipped by name; on CI they fail.
 */
export function needs(software: Software): void {
  before(`${software.name} is here`, function () {
    this.timeout(PATIENCE);
    const found = getSoftware(software);
    if (!('why' in found)) return;
    const tests = this.test?.parent?.fullTitle() ?? 'tests';
    const sentence = `${tests}: needs ${software.name}, which is not here (${found.why}). Install it: ${installCommand(software)}`;
    if (process.env.CI === 'true') throw new Error(sentence);
    skipped.push(sentence);
    this.skip();
  });
}

/** Within a `describe`: as `needs`, and the shared server runs before its tests begin. Call the answer for it. */
export function withServer<Running extends RunningServer>(server: TestServer<Running>): () => Running {
  needs(server.software);
  let shared: Running | null = null;
  before(`${server.software.name} runs`, async function () {
    this.timeout(PATIENCE);
    shared = await server.shared();
  });
  return () => {
    if (shared === null) throw new Error(`${server.software.name} runs only while the tests of this block do.`);
    return shared;
  };
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const listener = createServer();
  return new Promise((resolve, reject) => {
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      listener.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'));
        else resolve(address.port);
      });
    });
  });
}

async function stopServers(this: Mocha.Context): Promise<void> {
  this.timeout(PATIENCE);
  await Promise.allSettled(running.map(async (server) => (await server).stop()));
  if (skipped.length > 0) process.stderr.write(`\nSkipped:\n${skipped.map((line) => `  ${line}\n`).join('')}`);
}

// A benchmark uses servers too, each its own.
if (typeof after === 'function') after('the servers of the tests stop', stopServers);
