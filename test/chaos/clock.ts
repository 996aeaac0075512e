import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Software } from '../support/servers/binaries.ts';
import type { Stage } from './stage.ts';

const LIBRARIES = ['/usr/lib/*/faketime/libfaketime.so.1', '/usr/lib*/faketime/libfaketime.so.1'];

/** Tells a process another time than that of the machine. */
export const FAKETIME: Software = { name: 'faketime', programs: ['faketime'], folders: [], package: 'faketime' };

/** A clock that a gateway is shown in place of the machine's. What measures durations goes on as it is. */
export interface ShownClock {
  /** Settings of a gateway that is shown it. */
  readonly env: Readonly<Record<string, string>>;
  /** It is so many seconds ahead of the machine's from now on; behind it when negative. */
  shift(seconds: number): void;
}

/** A clock that shows the time of the machine, to begin with. Needs FAKETIME. */
export function createClock({ place, say }: Stage, name = 'clock'): ShownClock {
  const [library] = LIBRARIES.flatMap((pattern) => globSync(pattern));
  if (library === undefined) throw new Error(`${FAKETIME.name} came without its library: ${LIBRARIES.join(', ')}`);
  const file = join(place.folder, name);
  const show = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  show(0);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    shift: (seconds) => {
      show(seconds);
      say(`the ${name} is ${seconds} seconds ahead`);
    },
  };
}
