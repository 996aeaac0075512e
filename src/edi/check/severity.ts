import type { Finding, Severity } from '../finding.ts';
import { FINDING_CODES, type FindingCode } from '../finding-codes.ts';

/** How bad a partner's findings are, by code, where it is not as the register says. */
export type Severities = Readonly<Partial<Record<FindingCode, Severity>>>;

/** What no partner can agree on: it was not read to its end, or belongs to no partner yet. */
const FIXED: ReadonlySet<FindingCode> = new Set([
  'NOT_EDI',
  'EMPTY_FILE',
  'GARBAGE_BETWEEN',
  'INTERCHANGE_HEADER_BROKEN',
  'INTERCHANGE_TRAILER_MISSING',
  'INTERCHANGE_UNREADABLE',
  'FINDINGS_CUT',
  'GROUP_TRAILER_MISSING',
  'SET_TRAILER_MISSING',
]);

/** The codes whose severity a partner's file can set: those of X12 and EDIFACT, and of units that were read whole. */
export const GRADED_CODES: readonly FindingCode[] = Object.keys(FINDING_CODES)
  .filter(isFindingCode)
  .filter((code) => !FIXED.has(code) && !/^(?:FORMAT|MAP|EVENT)_/.test(code));

/** The same findings, as bad as the partner takes them for. */
export function graded(findings: readonly Finding[], severities: Severities): readonly Finding[] {
  if (findings.every(({ code }) => severities[code] === undefined)) return findings;
  return findings.map((finding) => ({ ...finding, severity: severities[finding.code] ?? finding.severity }));
}

function isFindingCode(name: string): name is FindingCode {
  return Object.hasOwn(FINDING_CODES, name);
}
