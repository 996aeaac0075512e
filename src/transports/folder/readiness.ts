import type { Ready } from '../../partners/types.ts';
import { type FileFacts, fileFacts } from './file-facts.ts';
import { pathOf } from './file-name.ts';
import { endsTooSoon } from './unfinished.ts';

/** A complete file, ready to be offered. */
export interface ReadyFile {
  readonly raw: string;
  readonly facts: FileFacts;
}

/** What is remembered of a file between looks. */
interface Track {
  readonly fingerprint: string;
  /** First seen in this state. */
  readonly since: number;
  /** Not looked at before. */
  readonly due: number;
  /** It may not be read or taken away: left alone while it stays as it is. */
  readonly refused: boolean;
}

/** The memory of one folder; a restart begins with an empty one, at the price of one more look. */
export interface Readiness {
  /** Looks at one name. `hasMarker` tells whether the name with the marker's suffix is there too. */
  look(raw: string, now: number, hasMarker: boolean): Promise<ReadyFile | null>;
  /** True when a file that was found ready turns out to look unfinished, and is to be given more time. Reads the file. */
  hold(file: ReadyFile, now: number): Promise<boolean>;
  /** The file was offered and stays: it is offered again after a pause, or when it is refused only after a change. */
  stayed(file: ReadyFile, now: number, refused: boolean): void;
  /** Forgets every name that is not among these. */
  keep(names: ReadonlySet<string>): void;
  /** When the next file may be ready, null when none is waited for. */
  nextDue(): number | null;
}

/** Looks that a file which ends without its trailer is given to grow. */
const PATIENCE = 10;

/** `every` is the pause between two looks at one file, in milliseconds. */
export function createReadiness(folder: string, ready: Ready, every: number): Readiness {
  const tracks = new Map<string, Track>();
  return {
    async look(raw, now, hasMarker) {
      const track = tracks.get(raw);
      // A clock that was set back must not make anybody wait longer than one pause.
      if (track !== undefined && !track.refused && track.due > now && track.due - now <= every) return null;
      if (ready.by === 'marker' && !hasMarker) {
        tracks.delete(raw);
        return null;
      }
      const facts = await fileFacts(pathOf(folder, raw));
      if (facts === null) {
        tracks.delete(raw);
        return null;
      }
      const { fingerprint } = facts;
      const same = track?.fingerprint === fingerprint;
      if (same && track.refused) return null;
      if (ready.by !== 'stable') return { raw, facts };
      if (same) return { raw, facts };
      tracks.set(raw, { fingerprint, since: now, due: now + every, refused: false });
      return null;
    },
    async hold({ raw, facts: { fingerprint, size } }, now) {
      const since = tracks.get(raw)?.since ?? now;
      if (ready.by !== 'stable' || now - since >= PATIENCE * every) return false;
      if (!(await endsTooSoon(pathOf(folder, raw), size))) return false;
      tracks.set(raw, { fingerprint, since, due: now + every, refused: false });
      return true;
    },
    stayed({ raw, facts: { fingerprint } }, now, refused) {
      tracks.set(raw, { fingerprint, since: tracks.get(raw)?.since ?? now, due: now + every, refused });
    },
    keep(names) {
      for (const raw of tracks.keys()) if (!names.has(raw)) tracks.delete(raw);
    },
    nextDue() {
      let next: number | null = null;
      for (const { due, refused } of tracks.values()) {
        if (!refused && (next === null || due < next)) next = due;
      }
      return next;
    },
  };
}
