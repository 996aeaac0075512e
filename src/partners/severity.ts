import type { Checked } from '../edi/check/index.ts';
import { GRADED_CODES, graded, type Severities } from '../edi/check/severity.ts';
import type { Finding } from '../edi/finding.ts';
import { FINDING_CODES } from '../edi/finding-codes.ts';
import { entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { choiceAt } from './fields.ts';
import { inboundAgreement } from './find.ts';
import type { TradingPartner } from './types.ts';

const SEVERITIES = ['note', 'accepted-with-errors', 'rejected'] as const;

/**
 * Reads `severity:` of a partner, or of one of its lines, which has no say about interchanges and groups: they hold
 * documents of other lines.
 */
export function parseSeverity(map: MapNode, of: 'partner' | 'line', problems: Problem[]): Severities {
  const entry = entryOf(map, 'severity');
  if (entry === undefined) return {};
  if (entry.value.kind !== 'map') {
    const remedy = 'Write codes of findings and how bad they are, as in { ELEMENT_CODE: rejected }.';
    problems.push(problem(entry.value.at, 'PARTNER_VALUE', '"severity" must be a map of keys and values.', remedy));
    return {};
  }
  const known = of === 'partner' ? GRADED_CODES : GRADED_CODES.filter(isOfDocument);
  let severities: Severities = {};
  for (const { key, keyAt } of entry.value.entries) {
    const code = known.find((candidate) => candidate === key);
    if (code !== undefined) {
      const severity = choiceAt(entry.value, key, SEVERITIES, problems);
      if (severity !== null) severities = { ...severities, [code]: severity };
    } else if (GRADED_CODES.some((candidate) => candidate === key)) {
      const what = `${key} concerns more than one document.`;
      problems.push(problem(keyAt, 'PARTNER_SEVERITY', what, 'Move it to "severity" of the whole partner.'));
    } else {
      const fixed = Object.hasOwn(FINDING_CODES, key);
      const what = fixed ? `The severity of ${key} is fixed.` : `There is no finding "${key}".`;
      problems.push(problem(keyAt, 'PARTNER_SEVERITY', what, fixed ? 'Remove it.' : didYouMean(key, known)));
    }
  }
  return severities;
}

function isOfDocument(code: (typeof GRADED_CODES)[number]): boolean {
  const { level } = FINDING_CODES[code];
  return level !== 'interchange' && level !== 'group';
}

/** Findings of a document of a partner, as bad as its line says, else as the partner does, else as the register does. */
export function gradedForDocument(
  findings: readonly Finding[],
  partner: TradingPartner,
  type: string,
  release: string,
): readonly Finding[] {
  if (findings.length === 0) return findings;
  return graded(findings, { ...partner.severity, ...inboundAgreement(partner, type, release)?.severity });
}

/** The same of what checking gave; findings outside any interchange belong to no partner. */
export function gradedForPartner(checked: Checked, partner: TradingPartner): Checked {
  switch (checked.kind) {
    case 'outside':
      return checked;
    case 'document': {
      const { type, release } = checked.document;
      return { ...checked, findings: gradedForDocument(checked.findings, partner, type, release) };
    }
    case 'group':
    case 'interchange':
      return { ...checked, findings: graded(checked.findings, partner.severity) };
  }
}
