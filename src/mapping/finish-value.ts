import type { Shape } from '../events/shape.ts';
import { problem } from '../util/config-tree.ts';
import type { Place } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { type CodeSection, meaningOf, sectionFor } from './code-tables.ts';
import type { CompileContext } from './compile-context.ts';
import { CONVERSIONS, type Conversion } from './conversions.ts';
import { type QuickValue, quickMeanings } from './quick-value.ts';
import type { ResolvedValue } from './resolve-value.ts';
import type { Located, ValueRule } from './rules.ts';

/** What the field may hold; null where the value goes into no field (event types, keys). */
export type Target = Shape | null;

/** Turns the texts of one value into the value; undefined when it refuses them. */
export interface Finish {
  readonly expected: string;
  /** True where one text is taken as it is. */
  readonly plain: boolean;
  /** The value of a whole element where its bytes tell it; null where only its text does. */
  readonly quick: QuickValue | null;
  read(texts: readonly string[]): string | number | undefined;
}

/** The conversion, the code table or the plain text of a rule, checked against its field; null when it has problems. */
export function compileFinish(
  rule: Pick<ValueRule, 'at' | 'as' | 'codes'>,
  target: Target,
  first: ResolvedValue,
  parts: readonly ResolvedValue[],
  context: CompileContext,
): Finish | null {
  const count = parts.reduce((sum, part) => sum + Math.max(1, part.places.length), 0);
  const element = first.places[0]?.use.element;
  if (element === undefined) return null;
  if (rule.as !== null && rule.codes !== null) {
    context.problems.push(problem(rule.as.at, 'MAP_WORD', '"as" and "codes" stand together.', 'Keep one of them.'));
    return null;
  }
  if (rule.codes !== null) {
    const section = codeSection(rule.codes, element.number, context);
    if (section === null) return null;
    if (!shapeFits(target, ['text', 'enum'])) return mismatch(rule.at, target, 'codes', context);
    if (target?.kind === 'enum' && !enumFits(section, target.values, rule.codes, context)) return null;
    if (!meaningsOf(section).every(isText)) context.proof.keepsSchema = false;
    const known = [...section.meanings.keys()].slice(0, 20).join(', ');
    return {
      expected: `a code of table ${rule.codes.value} (${known})`,
      plain: false,
      quick: quickMeanings(section.meanings),
      read: (texts) => meaningOf(section, keyOf(texts)),
    };
  }
  if (rule.as !== null) {
    const conversion: Conversion | undefined = Object.hasOwn(CONVERSIONS, rule.as.value)
      ? CONVERSIONS[rule.as.value]
      : undefined;
    if (conversion === undefined) {
      const what = `There is no conversion "${rule.as.value}".`;
      context.problems.push(
        problem(rule.as.at, 'MAP_CONVERSION', what, didYouMean(rule.as.value, Object.keys(CONVERSIONS))),
      );
      return null;
    }
    if (count > conversion.maxParts) {
      const what = `"as: ${rule.as.value}" takes ${conversion.maxParts} part${conversion.maxParts === 1 ? '' : 's'}, there are ${count}.`;
      context.problems.push(problem(rule.as.at, 'MAP_CONVERSION', what, 'Shorten the span.'));
      return null;
    }
    if (!shapeFits(target, [conversion.shape])) return mismatch(rule.at, target, conversion.shape, context);
    const expected = element.form === undefined ? conversion.expected : `a date or time as ${element.form}`;
    const quick = conversion.quick?.(element) ?? null;
    return { expected, plain: false, quick, read: (texts) => conversion.read(texts, element) };
  }
  if (count > 1 && target?.kind !== 'enum') {
    context.problems.push(
      problem(
        rule.at,
        'MAP_CONVERSION',
        'Several parts make one value only with a conversion.',
        'Write "as:" or "codes:" beside "at:".',
      ),
    );
    return null;
  }
  if (!shapeFits(target, ['text', 'enum'])) return mismatch(rule.at, target, 'text', context);
  if (target?.kind === 'enum') {
    const allowed = new Set(target.values);
    return {
      expected: `one of ${target.values.join(', ')}`,
      plain: false,
      quick: quickMeanings(target.values.map((word) => [word, word])),
      read: (texts) => {
        const text = keyOf(texts);
        return allowed.has(text) ? text : undefined;
      },
    };
  }
  return { expected: 'text', plain: true, quick: null, read: ([text = '']) => text };
}

/** True for text as schemas want it: not empty, no blanks around it. */
function isText(text: string): boolean {
  return text !== '' && text === text.trim();
}

/** Every meaning that a section has for a code. */
function meaningsOf({ meanings, otherwise }: CodeSection): readonly string[] {
  return [...meanings.values(), ...(otherwise.kind === 'value' ? [otherwise.value] : [])];
}

/** The key of a table for the texts of one or several elements: `1 SF`. */
function keyOf(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : texts.filter((text) => text !== '').join(' ');
}

function shapeFits(target: Target, kinds: readonly string[]): boolean {
  return target === null || kinds.includes(target.kind);
}

/** What a rule gives, for the message when its field wants something else. */
export type Given = 'text' | 'number' | 'moment' | 'codes' | 'fields' | 'all' | 'each' | 'entry';

/** Notes that a rule gives another kind of value than its field wants. */
export function mismatch(at: Place, target: Target, given: Given, context: CompileContext): null {
  const kind = target?.kind ?? 'text';
  const what = `The field wants ${WANTED[kind]}, ${GIVEN[given]}.`;
  context.problems.push(problem(at, 'MAP_CONVERSION', what, remedyFor(target, given)));
  return null;
}

const WANTED: Readonly<Record<Shape['kind'], string>> = {
  text: 'one text',
  number: 'one number',
  moment: 'a date or time',
  enum: 'one of a few words',
  boolean: 'true or false',
  list: 'a list',
  object: 'fields of its own',
};

const GIVEN: Readonly<Record<Given, string>> = {
  text: 'and an element gives text',
  number: 'and "as: number" gives a number',
  moment: 'and this "as" gives a date or time',
  codes: 'and a code table gives text',
  fields: 'and fields stand here',
  all: 'and "all" gives a list',
  each: 'and "each" gives a list',
  entry: 'and each entry of "each" has fields',
};

function remedyFor(target: Target, given: Given): string {
  switch (target?.kind) {
    case 'number':
      return 'Write "as: number" beside "at:".';
    case 'moment':
      return 'Write "as: date" or "as: datetime" beside "at:".';
    case 'list':
      return target.items.kind === 'object'
        ? 'Write "each:" with the segment or loop that makes an entry, and its fields.'
        : 'Write "all:" with the element, as in { all: N301 }.';
    case 'object':
      return 'Write its fields, as in { in: N1(01=ST), name: 02 }.';
    case 'enum':
    case 'boolean':
      return 'Write "codes:" with a table beside "at:".';
    default:
      return given === 'number' || given === 'moment' ? 'Take "as" away.' : 'Name one element, as in REF(01=BM)02.';
  }
}

function codeSection(codes: Located<string>, elementNumber: string, context: CompileContext): CodeSection | null {
  const table = context.tables.get(codes.value);
  if (table === undefined) {
    const what = `There is no code table "${codes.value}".`;
    context.problems.push(problem(codes.at, 'MAP_CODES', what, didYouMean(codes.value, context.tables.keys())));
    return null;
  }
  const section = sectionFor(table, context.standard, elementNumber);
  if (section !== undefined) return section;
  // A table without any good section is a problem already.
  if (table.sections.size === 0) return null;
  const what = `The table "${codes.value}" has no section for ${context.standard} element ${elementNumber}.`;
  context.problems.push(
    problem(
      codes.at,
      'MAP_CODES',
      what,
      `It has ${[...table.sections.keys()].join(', ')}; add the section, or name another table.`,
    ),
  );
  return null;
}

function enumFits(
  section: CodeSection,
  values: readonly string[],
  codes: Located<string>,
  context: CompileContext,
): boolean {
  const strange = meaningsOf(section).find((meaning) => !values.includes(meaning));
  const keeps = section.otherwise.kind === 'keep';
  if (strange === undefined && !keeps) return true;
  const what = keeps
    ? `The table "${codes.value}" keeps unknown codes, the field takes only ${values.join(', ')}.`
    : `The table "${codes.value}" says "${strange}", the field takes only ${values.join(', ')}.`;
  context.problems.push(problem(codes.at, 'MAP_CODES', what, 'Mend the table, or name another one.'));
  return false;
}
