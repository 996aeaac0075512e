import type { Finding, FindingLevel, Severity } from '../finding.ts';
import type { Shape } from './shape.ts';

/** AK5 and AK9 have room for so many codes. */
const MAX_CODES = 5;
/** AK502 when something is wrong with a segment or element; IK502 when it is only the guide that is broken. */
const SEGMENTS_IN_ERROR = '5';
const GUIDE_SEGMENTS_IN_ERROR = 'I5';

/** Codes that begin with I say that a guide is broken, and only a 999 has them: what a 997 says instead. */
const WITHOUT_GUIDE: Readonly<Partial<Record<FindingLevel, Readonly<Record<string, string>>>>> = {
  segment: { I4: '2', I6: '3', I7: '3', I8: '3', I9: '2' },
  element: { I6: '7', I9: '2', I10: '3', I11: '1', I12: '7', I13: '10' },
  document: { I5: '5', I6: '1' },
};

/**
 * Codes that came with 005010, and what 004010 says instead: too many elements for a surplus repetition or component, a
 * wrong set identifier for a set in a strange group, a wrong control number for one that is used twice.
 */
const BEFORE_005010: Readonly<Partial<Record<FindingLevel, Readonly<Record<string, string>>>>> = {
  element: { '12': '3', '13': '3' },
  document: { '18': '6', '19': '6' },
  group: { '19': '6' },
};

const STATUS: Readonly<Record<Severity, Status>> = { note: 'A', 'accepted-with-errors': 'E', rejected: 'R' };

/** What becomes of a document or interchange: accepted, accepted with errors, rejected. */
export type Status = 'A' | 'E' | 'R';

/** The status that a severity means. */
export function statusOf(severity: Severity): Status {
  return STATUS[severity];
}

/** The code of a finding in an acknowledgment of this shape; undefined when it is not acknowledged. */
export function codeOf({ severity, ack }: Finding, shape: Shape): string | undefined {
  if (severity === 'note' || ack?.x12 === undefined) return undefined;
  const code = shape.type === '999' ? ack.x12 : (WITHOUT_GUIDE[ack.level]?.[ack.x12] ?? ack.x12);
  return shape.detailed ? code : (BEFORE_005010[ack.level]?.[code] ?? code);
}

/** The codes that AK5 or AK9 names: each once, those that reject first, five at most. */
export function verdictCodes(findings: readonly Finding[], shape: Shape): readonly string[] {
  const codes = new Set<string>();
  for (const severity of ['rejected', 'accepted-with-errors'] as const) {
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      const code = codeOf(finding, shape);
      if (!isInside(finding)) {
        if (code !== undefined) codes.add(code);
      } else codes.add(code?.startsWith('I') === true ? GUIDE_SEGMENTS_IN_ERROR : SEGMENTS_IN_ERROR);
    }
  }
  return [...codes].slice(0, MAX_CODES);
}

/** True for a finding about a segment or an element. */
function isInside({ ack }: Finding): boolean {
  return ack?.level === 'segment' || ack?.level === 'element';
}
