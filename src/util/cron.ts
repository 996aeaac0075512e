import { Cron } from 'croner';

/** What is wrong with a cron pattern of five fields (minute, hour, day, month, weekday); null when it can be followed. */
export function cronFault(pattern: string): string | null {
  if (pattern.trim().split(/\s+/).length !== 5) return 'it has not five fields';
  try {
    return new Cron(pattern).nextRun() === null ? 'it never comes' : null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
  }
}

/** The next moment after `now` that the pattern names on the clocks of that zone, milliseconds since 1970. */
export function nextOfCron(pattern: string, timezone: string, now: number): number {
  return new Cron(pattern, { timezone }).nextRun(new Date(now))?.getTime() ?? Number.POSITIVE_INFINITY;
}
