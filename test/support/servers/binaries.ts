import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that some tests need and that does not come with the packages of this project. */
export interface Software {
  /** How people call it. */
  readonly name: string;
  /** The programs that must be there; the first one names the folder of the others. */
  readonly programs: readonly string[];
  /** Where to look beside PATH, as glob patterns; the last match wins, which is the newest version. */
  readonly folders: readonly string[];
  /** The package of Debian and its relatives that brings it. */
  readonly package: string;
}

const DEBIAN = '/etc/debian_version';
/** Somebody else may be installing. */
const LOCK_SECONDS = 300;

/** How to get it by hand. */
export function installCommand(software: Software): string {
  return `apt-get install -y ${software.package}`;
}

/** The folder that holds the programs, or null. */
export function findSoftware(software: Software): string | null {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    ...software.folders.flatMap((pattern) => globSync(pattern).sort(byNumbers)),
  ];
  return folders.findLast((folder) => software.programs.every((program) => isProgram(join(folder, program)))) ?? null;
}

/**
 * The folder of the programs, which are installed where that is allowed: as root on Debian and its relatives, or with
 * CI=true; CROSSDOCK_TEST_SERVERS=skip forbids it. Answers why not otherwise.
 */
export function getSoftware(software: Software): { readonly folder: string } | { readonly why: string } {
  const found = findSoftware(software);
  if (found !== null) return { folder: found };
  if (process.env.CROSSDOCK_TEST_SERVERS === 'skip') return { why: 'CROSSDOCK_TEST_SERVERS=skip' };
  const root = process.getuid?.() === 0;
  if (!existsSync(DEBIAN)) return { why: 'this is not Debian or a relative of it' };
  if (!root && process.env.CI !== 'true') return { why: 'only root may install it' };
  process.stderr.write(
    `\nTests need ${software.name}, which is not here. Installing it: ${installCommand(software)}\n`,
  );
  const why = install(software, root ? [] : ['sudo', '-n']);
  const folder = findSoftware(software);
  return folder === null ? { why: `installing it failed: ${why}` } : { folder };
}

function install(software: Software, before: readonly string[]): string {
  const [program = 'env', ...words] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get'];
  const options = ['-y', '-q', '--no-install-recommends', '-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`];
  // RUNLEVEL=1: the service of the system stays off; the tests start their own.
  const once = () => spawnSync(program, [...words, 'install', ...options, software.package], { encoding: 'utf8' });
  let done = once();
  if (done.status !== 0) {
    spawnSync(program, [...words, 'update', '-q']);
    done = once();
  }
  return `${done.stderr ?? ''}`.trim().split('\n').at(-1) ?? '';
}

function byNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
