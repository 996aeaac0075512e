import { byteClasses, valueFault } from '../../edi/check/value.ts';
import type { ElementDefinition, ElementUse } from '../../edi/dictionary/types.ts';
import { X12_DELIMITERS } from '../../edi/x12/plain.ts';
import type { Json } from '../../events/types.ts';
import { type CodeSection, sectionFor } from '../code-tables.ts';
import type { CompileContext } from '../compile-context.ts';
import { CONVERSIONS } from '../conversions.ts';
import { compileFinish, type Target } from '../finish-value.ts';
import type { ResolvedValue } from '../resolve-value.ts';
import type { ValueRule } from '../rules.ts';
import type { WriteRun } from './run.ts';

/** How a rule can say one value. */
export interface Saying {
  /** The texts of its elements in order, best first; none when it cannot say the value by itself. */
  readonly ways: readonly (readonly string[])[];
  /** True for a text that the rule would read as this value. Of rules with one element alone. */
  accepts(text: string): boolean;
  /** Why there is no way, for people; empty when there is one. */
  readonly why: string;
}

export type Say = (run: WriteRun, value: Json) => Saying;

/** Texts are measured as the checker measures them; nothing is a separator before the delimiters are chosen. */
const RULES = {
  classes: byteClasses({ ...X12_DELIMITERS, component: null, repetition: null, release: null }).strict,
  release: null,
  shortDates: true,
};

/**
 * Compiles the writing of a value: the inverse of its conversion or code table. What the elements cannot hold (length,
 * codes, kind of characters) is no way of saying it.
 */
export function compileSay(
  rule: Pick<ValueRule, 'at' | 'as' | 'codes'>,
  target: Target,
  parts: readonly ResolvedValue[],
  context: CompileContext,
): Say | null {
  const [first] = parts;
  const uses = parts.flatMap(({ pair, places }) => (pair === null ? places : places.slice(0, 1)).map(({ use }) => use));
  const element = uses[0]?.element;
  if (first === undefined || element === undefined) return null;
  const finish = compileFinish(rule, target, first, parts, { ...context, problems: [] });
  if (finish === null) return null;
  const place = target?.kind === 'moment' ? target.place : null;
  const waysOf = compileWays(rule, uses, context);
  return (run, value) => {
    const wanted = waysOf(value, (moment) => run.local(moment, place));
    const ways = wanted.filter((texts) => texts.every((text, index) => fits(text, uses[index])));
    return {
      ways,
      accepts: (text) => uses.length === 1 && fits(text, uses[0]) && sameText(finish.read([text]), value),
      why: ways.length > 0 ? '' : whyNot(wanted, uses, first, finish.expected),
    };
  };
}

type Ways = (value: Json, local: (moment: string) => string | undefined) => readonly (readonly string[])[];

function compileWays(
  rule: Pick<ValueRule, 'as' | 'codes'>,
  uses: readonly ElementUse[],
  context: CompileContext,
): Ways {
  const element = uses[0]?.element;
  if (rule.codes !== null && element !== undefined) {
    const table = context.tables.get(rule.codes.value);
    const section = table === undefined ? undefined : sectionFor(table, context.standard, element.number);
    return section === undefined ? () => [] : codeWays(section, uses.length);
  }
  const conversion = rule.as === null ? undefined : CONVERSIONS[rule.as.value];
  if (conversion !== undefined && element !== undefined) {
    return (value, local) => {
      if (typeof value !== 'string' && typeof value !== 'number') return [];
      return conversion.write(value, element, { parts: uses.length, local });
    };
  }
  return (value) => (typeof value === 'string' ? [[value]] : []);
}

/** The codes of a meaning in the order of the table, then the meaning itself where the table keeps what it does not know. */
function codeWays({ meanings, otherwise }: CodeSection, width: number): Ways {
  const codes = new Map<string, string[]>();
  for (const [code, meaning] of meanings) codes.set(meaning, [...(codes.get(meaning) ?? []), code]);
  return (value) => {
    if (typeof value !== 'string') return [];
    const known = (codes.get(value) ?? []).map((code) => codeTexts(code, width));
    return otherwise.kind === 'keep' && !meanings.has(value) ? [...known, codeTexts(value, width)] : known;
  };
}

/** The texts of a code that stands in several elements: its words, with a blank between them in the table. */
export function codeTexts(code: string, width: number): readonly string[] {
  const words = width === 1 ? [code] : code.split(' ');
  return Array.from({ length: width }, (_, index) => words[index] ?? '');
}

function fits(text: string, use: ElementUse | undefined): boolean {
  return text === '' || (use !== undefined && fault(text, use.element) === null);
}

function fault(text: string, element: ElementDefinition): string | null {
  const bytes = Buffer.from(text, 'utf8');
  if (element.codes !== undefined && !element.codes.has(text)) return 'ELEMENT_CODE';
  return valueFault(bytes, 0, bytes.length, element, RULES);
}

function sameText(read: Json | undefined, value: Json): boolean {
  return read === value;
}

function whyNot(
  wanted: readonly (readonly string[])[],
  uses: readonly ElementUse[],
  { text }: ResolvedValue,
  expected: string,
): string {
  const [texts] = wanted;
  if (texts === undefined) return `${text} takes ${expected}`;
  const bad = texts.findIndex((each, index) => !fits(each, uses[index]));
  const element = uses[bad]?.element;
  if (element === undefined) return `${text} takes ${expected}`;
  const { type, min, max, codes, number } = element;
  if (codes !== undefined && !codes.has(texts[bad] ?? ''))
    return `"${texts[bad]}" is no code of ${text} (element ${number})`;
  return `${text} takes ${min === max ? max : `${min} to ${max}`} characters of type ${type}, and "${texts[bad]}" does not fit`;
}
