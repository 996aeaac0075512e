import { execFileSync } from 'node:child_process';
import type { GatewayProcess, StartOptions } from '../support/gateway.ts';
import type { Stage } from './stage.ts';

/** A gateway whose archive is a small file system in memory that nobody else sees. */
export interface MountedGateway {
  readonly gateway: GatewayProcess;
  /** Mounts it again with other options: `size=64m`, `ro`. */
  remount(options: string): void;
  /** Names of half-written files in the archive. */
  incoming(): readonly string[];
}

/** Starts a gateway in a mount namespace of its own, its archive on a tmpfs with these options. Needs root. */
export async function startMounted(
  stage: Stage,
  options: string,
  start: Pick<StartOptions, 'env'> = {},
): Promise<MountedGateway> {
  const archive = `${stage.place.data}/archive`;
  const script = 'mkdir -p "$1" && mount -t tmpfs -o "$2" tmpfs "$1" && shift 2 && exec "$@"';
  const gateway = await stage.start({
    ...start,
    before: ['unshare', '-m', 'sh', '-c', script, 'sh', archive, options],
  });
  const inside = (...command: readonly string[]): string =>
    execFileSync('nsenter', ['-t', String(gateway.pid), '-m', ...command], { encoding: 'utf8' });
  stage.say(`the archive lies on a tmpfs, ${options}`);
  return {
    gateway,
    remount(next) {
      inside('mount', '-o', `remount,${next}`, archive);
      stage.say(`remounted, ${next}`);
    },
    incoming: () => inside('ls', `${archive}/incoming`).split('\n').filter(Boolean),
  };
}
