import type { Ready } from '../../partners/types.ts';
import type { Candidate } from './listing.ts';

/** What is remembered of a file between looks. */
interface Track {
  readonly state: string;
  /** First seen at all, and in this state. */
  readonly since: number;
  readonly unchangedSince: number;
  /** It cannot be taken: left alone while it stays as it is. */
  readonly refused: boolean;
}

/** The memory of one source; a restart begins with an empty one, at the price of one more look. */
export interface Readiness {
  /** Of what was listed, what is complete now. */
  ready(candidates: readonly Candidate[], now: number): readonly Candidate[];
  /** True while a file that looks unfinished is given more time. */
  patient(candidate: Candidate, now: number): boolean;
  /** It turned out to change still. */
  changed(candidate: Candidate, now: number): void;
  /** It is left alone until it changes. */
  refuse(candidate: Candidate, now: number): void;
  /** When the next file may be ready, null when none is waited for. */
  nextDue(): number | null;
}

/** Looks that a file which ends without its trailer is given to grow. */
const PATIENCE = 10;

/** `every` is the time that a file stays the same to be stable, in milliseconds. */
export function createReadiness(ready: Ready, every: number): Readiness {
  let tracks = new Map<string, Track>();
  let due: number | null = null;
  return {
    ready(candidates, now) {
      const next = new Map<string, Track>();
      due = null;
      const found = candidates.filter((candidate) => {
        const { path, at } = candidate;
        const state = stateOf(candidate);
        const track = tracks.get(at) ?? tracks.get(path);
        if (track?.state === state && track.refused) {
          next.set(at, track);
          return false;
        }
        if (ready.by === 'marker') return candidate.marker !== null || candidate.claim !== null;
        // A claimed file was ready before; only one that changed after is waited for again.
        if (ready.by !== 'stable' || (candidate.claim !== null && track === undefined)) return true;
        const same = track?.state === state;
        const since = track?.since ?? now;
        // A clock that was set back must not make anybody wait longer than once.
        const unchangedSince = same && track.unchangedSince <= now ? track.unchangedSince : now;
        next.set(at, { state, since, unchangedSince, refused: false });
        if (same && now - unchangedSince >= every) return true;
        due = Math.min(due ?? Number.POSITIVE_INFINITY, unchangedSince + every);
        return false;
      });
      tracks = next;
      return found;
    },
    patient({ at, path }, now) {
      const since = (tracks.get(at) ?? tracks.get(path))?.since ?? now;
      if (now - since >= PATIENCE * every) return false;
      due = Math.min(due ?? Number.POSITIVE_INFINITY, now + every);
      return true;
    },
    changed(candidate, now) {
      tracks.set(candidate.at, { state: '', since: now, unchangedSince: now, refused: false });
      due = Math.min(due ?? Number.POSITIVE_INFINITY, now + every);
    },
    refuse(candidate, now) {
      tracks.set(candidate.at, { state: stateOf(candidate), since: now, unchangedSince: now, refused: true });
    },
    nextDue: () => due,
  };
}

function stateOf({ size, modifiedAt }: Candidate): string {
  return `${size}|${modifiedAt}`;
}
