import type { Finding } from '../../edi/finding.ts';
import type { Json } from '../../events/types.ts';
import { validateData } from '../../events/validate.ts';
import { type RuleLine, ruleLines, ruleNear } from '../rule-lines.ts';
import { fieldDifferences } from './field-differences.ts';
import type { TranslatedFile } from './translated-file.ts';

/** What is kept of a test's outcome, as the texts of its files; null is a file that is not there: nothing of that kind. */
export interface Golden {
  /** `NAME.json`: the events. */
  readonly events: string | null;
  /** `NAME.findings.txt`: the findings, one a line. */
  readonly findings: string | null;
}

/** Where an outcome is not as it should be. */
export interface TrialDifference {
  /** `events/0/data/lines/0/sku`; `findings`; `document/3` is the third line of a written document. */
  readonly field: string;
  readonly expected: Json | undefined;
  readonly got: Json | undefined;
  /** `file:line` of the rule that fills the field, where there is one. */
  readonly rule: string | null;
}

/** What a file gave, as the texts of its goldens. */
export function goldenOf({ events, findings }: Pick<TranslatedFile, 'events' | 'findings'>): Golden {
  return {
    events: events.length === 0 ? null : `${JSON.stringify(events, null, 2)}\n`,
    findings: findings.length === 0 ? null : findings.map(findingLine).join(''),
  };
}

/** `CODE severity path value`, the parts of a finding that do not change with its wording, and a line break. */
export function findingLine({ code, severity, path, value }: Finding): string {
  return `${[code, severity, path, ...(value === undefined ? [] : [value])].join(' ')}\n`;
}

/** Where a file gave something else than its goldens say, field by field; empty when it is as it should be. */
export function goldenDifferences(expected: Golden, translated: TranslatedFile): readonly TrialDifference[] {
  const actual = goldenOf(translated);
  const found = actual.events === expected.events ? [] : eventDifferences(expected.events, translated);
  return [...found, ...lineDifferences('findings', expected.findings, actual.findings)];
}

/** What is wrong with an outcome whatever its goldens say. */
export function faultsOf({ events, findings }: TranslatedFile): readonly string[] {
  const broken = events.flatMap(({ type, data }, index) =>
    validateData(type, data).map(({ pointer, message }) => `events/${index}/data${pointer} ${message}`),
  );
  return events.length + findings.length > 0 ? broken : ['the document gave neither events nor findings'];
}

/** Lines that differ, by their number; null is no text. */
export function lineDifferences(
  name: string,
  expected: string | null,
  actual: string | null,
): readonly TrialDifference[] {
  if (expected === actual) return [];
  const [left, right] = [linesOf(expected), linesOf(actual)];
  const length = Math.max(left.length, right.length);
  const found = Array.from({ length }, (_, index): readonly TrialDifference[] =>
    left[index] === right[index]
      ? []
      : [{ field: `${name}/${index + 1}`, expected: left[index], got: right[index], rule: null }],
  ).flat();
  return found.length > 0
    ? found
    : [{ field: name, expected: expected ?? undefined, got: actual ?? undefined, rule: null }];
}

function eventDifferences(expected: string | null, { events, readings }: TranslatedFile): readonly TrialDifference[] {
  const wanted = expected === null ? [] : parsed(expected);
  if (wanted === undefined) {
    return [{ field: 'events', expected: 'JSON', got: 'a golden that is none', rule: null }];
  }
  const rules = readings.flatMap(({ map, events: own }) => own.map(() => ruleLines(map.source)));
  const [only] = new Set(readings.map(({ map }) => map));
  const spare = only === undefined ? [] : ruleLines(only.source);
  const actual: Json = JSON.parse(JSON.stringify(events));
  const found = fieldDifferences(wanted, actual, 'events').map(({ pointer, before, after }) => {
    const [, event = '', part = '', ...rest] = pointer.split('/');
    const lines = rules[Number(event)] ?? spare;
    const rule = part === 'data' ? ruleNear(lines, `/${rest.join('/')}`) : undefined;
    return { field: pointer, expected: before, got: after, rule: rule === undefined ? null : placeText(rule) };
  });
  return found.length > 0
    ? found
    : [{ field: 'events', expected: 'as it was written', got: 'the same otherwise laid out', rule: null }];
}

function placeText({ at }: RuleLine): string {
  return `${at.file}:${at.line}`;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function linesOf(text: string | null): readonly string[] {
  return text === null ? [] : text.replace(/\n$/, '').split('\n');
}
