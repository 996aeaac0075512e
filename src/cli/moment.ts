import { InvalidArgumentError } from 'commander';
import { isPublishedMoment } from '../events/moment.ts';

/** The text of an option that names a date, or a date and time with offset. */
export function momentOption(text: string): string {
  if (!isPublishedMoment(text)) throw new InvalidArgumentError('Write 2026-11-01, or 2026-11-01T08:00:00Z.');
  return text;
}
