import type { Finding, FindingLevel } from '../edi/finding.ts';
import { visible } from './output.ts';

/** Where acknowledgments of X12 tell a code. */
const PLACES: Readonly<Record<FindingLevel, string>> = {
  interchange: 'TA105',
  group: 'AK905',
  document: 'AK502',
  segment: 'AK304',
  element: 'AK403',
};

/** A finding for people, on two lines: what and where, then what is wrong, what was expected and what to do. */
export function findingLines(finding: Finding): string {
  const { code, severity, path, position, value, expected, text, remedy } = finding;
  const place =
    position.segment === undefined ? `byte ${position.byte}` : `segment ${position.segment}, byte ${position.byte}`;
  const shown = value === undefined ? '' : ` "${value}"`;
  // Many sentences say themselves what was expected.
  const wanted = expected === undefined || text.includes(expected) ? '' : ` Expected: ${expected}.`;
  return `${visible(`${severity} ${code} ${path}${shown} (${place})${codes(finding)}`)}\n  ${visible(`${text}${wanted} ${remedy}`)}`;
}

/** The codes of both standards, as data elements of their acknowledgments. */
function codes({ ack }: Finding): string {
  const told = [
    ...(ack?.x12 === undefined ? [] : [`${PLACES[ack.level]} ${ack.x12}`]),
    ...(ack?.contrl === undefined ? [] : [`0085 ${ack.contrl}`]),
  ];
  return told.length === 0 ? '' : ` [${told.join(', ')}]`;
}
