import { problem, type TextNode } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { nearest } from '../util/suggest.ts';

/** A problem unless the text names a zone of the IANA database by region and city, or UTC. */
export function checkTimezone(text: TextNode, problems: Problem[]): void {
  if (isZone(text.value)) return;
  const near = nearest(text.value, Intl.supportedValuesOf('timeZone'));
  const hint =
    near === undefined ? 'Use the IANA name of the zone, such as America/Chicago' : `Did you mean "${near}"?`;
  problems.push(
    problem(
      text.at,
      'PARTNER_TIMEZONE',
      `"${text.value}" is no time zone.`,
      near === undefined ? `${hint}, or UTC.` : hint,
    ),
  );
}

/** Abbreviations (EST) and offsets (+05:00) know no daylight saving and are refused. */
function isZone(name: string): boolean {
  if (name === 'UTC') return true;
  if (!name.includes('/') || name.startsWith('Etc/')) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
