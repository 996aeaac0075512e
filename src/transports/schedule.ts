import type { QuietTime } from '../partners/sftp-types.ts';
import { nextOfCron } from '../util/cron.ts';

/** When a source is looked at. */
export interface Schedule {
  /** Milliseconds between looks. */
  readonly every: number;
  /** Instead of `every`. */
  readonly cron: string | null;
  readonly quiet: readonly QuietTime[];
  /** Whose clocks cron and quiet times are of. */
  readonly timezone: string;
}

/** Sources that started together do not stay together. */
const SPREAD = 0.1;
const MINUTE = 60_000;

/** The next look after one that began at `began`; `jitter` is from 0 to 1. */
export function nextLook({ every, cron, timezone }: Schedule, began: number, jitter: number): number {
  if (cron !== null) return nextOfCron(cron, timezone, began);
  return began + Math.round(every * (1 + SPREAD * (2 * jitter - 1)));
}

/** Milliseconds until the quiet is over, 0 when there is none. Asked again then: clocks may change in between. */
export function quietFor({ quiet, timezone }: Schedule, now: number): number {
  if (quiet.length === 0) return 0;
  const minute = minuteOfDay(now, timezone);
  const left = quiet.map(({ from, to }) => {
    const within = from < to ? minute >= from && minute < to : minute >= from || minute < to;
    return within ? (to - minute + 1440) % 1440 : 0;
  });
  return Math.max(...left) * MINUTE;
}

function minuteOfDay(now: number, timezone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' });
  const [hour, minute] = format.format(now).split(':').map(Number);
  return ((hour ?? 0) % 24) * 60 + (minute ?? 0);
}

/** The day on the clocks of a zone, `2026-11-28`. */
export function dayIn(timezone: string, now: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(now);
}
