import type { Place } from '../util/problem.ts';
import type { EventSource, FieldRule, MapSource, Rule, ValueRule, WriteRule } from './rules.ts';

/** One rule of a map, as a line. */
export interface RuleLine {
  /** What it fills: `lines[]/sku` is a field of the event, `write W0601` stands on the wire alone, `event` is its type. */
  readonly name: string;
  /** The rule as one would write it: `{ at: W0603, as: date }`. */
  readonly text: string;
  readonly at: Place;
}

/** Every rule of a map by what it fills, in the order of the file. Blocks (`in`, `each`) are rules of their own. */
export function ruleLines({ document, event, data }: MapSource): readonly RuleLine[] {
  const { standard, set, release, group } = document;
  return [
    {
      name: 'document',
      text: [standard, set, release, group].filter((word) => word !== '').join(' '),
      at: document.at,
    },
    { name: 'event', text: eventText(event), at: event.at },
    ...fieldLines(data.fields, ''),
    ...constantLines(data.write, ''),
  ];
}

/** The name of the rule that fills what a JSON Pointer into the data leads to: `/lines/0/sku` is `lines[]/sku`. */
export function ruleName(pointer: string): string {
  return pointer.replaceAll(/\/[0-9]+(?=\/|$)/g, '[]').replace(/^\//, '');
}

/** The rule of a field, or else of what is around it; undefined where no rule is near. */
export function ruleNear(lines: readonly RuleLine[], pointer: string): RuleLine | undefined {
  for (let name = ruleName(pointer); name !== ''; name = outerName(name)) {
    const line = lines.find((candidate) => candidate.name === name);
    if (line !== undefined) return line;
  }
  return undefined;
}

function outerName(name: string): string {
  if (name.endsWith('[]')) return name.slice(0, -2);
  const slash = name.lastIndexOf('/');
  return slash < 0 ? '' : name.slice(0, slash);
}

function fieldLines(fields: readonly FieldRule[], inside: string): readonly RuleLine[] {
  return fields.flatMap(({ name, rule }) => (rule === null ? [] : linesOf(rule, `${inside}${name}`)));
}

function linesOf(rule: Rule, name: string): readonly RuleLine[] {
  const own: RuleLine = { name, text: ruleText(rule), at: rule.at };
  switch (rule.kind) {
    case 'value':
    case 'either':
    case 'all':
      return [own];
    case 'object':
      return [own, ...fieldLines(rule.fields, `${name}/`), ...constantLines(rule.write, ` in ${name}`)];
    case 'list': {
      const entry = `${name}[]/`;
      const fields = [...rule.per, ...rule.fields];
      return [own, ...fieldLines(fields, entry), ...constantLines(rule.write, ` in ${name}[]`)];
    }
  }
}

function constantLines(rules: readonly WriteRule[], where: string): readonly RuleLine[] {
  return rules.map(({ target, value, at }) => ({ name: `write ${target.value.text}${where}`, text: value, at }));
}

function ruleText(rule: Rule): string {
  switch (rule.kind) {
    case 'value':
      return valueText(rule);
    case 'either':
      return braced([`either: [ ${rule.alternatives.map(valueText).join(', ')} ]`, ...directionText(rule)]);
    case 'all':
      return braced([`all: ${rule.reference.value.text}`, ...formText(rule), ...directionText(rule)]);
    case 'object':
      return braced([...(rule.in === null ? [] : [`in: ${rule.in.value.text}`]), ...directionText(rule)]);
    case 'list': {
      const keys = rule.per.map(({ name, rule: key }) => `${name}: ${key === null ? '' : ruleText(key)}`);
      return braced([
        ...(rule.in === null ? [] : [`in: ${rule.in.value.text}`]),
        `${rule.rest ? 'rest' : 'each'}: ${rule.each.value.text}`,
        ...(rule.with === null ? [] : [`with: ${rule.with.value.text}`]),
        ...(keys.length === 0 ? [] : [`per: ${braced(keys)}`]),
        ...directionText(rule),
      ]);
    }
  }
}

function valueText(rule: ValueRule): string {
  const references = rule.parts.map(({ value }) => value.text);
  const reference = references.length === 1 ? references.join('') : `[ ${references.join(', ')} ]`;
  const others = [...formText(rule), ...directionText(rule)];
  if (others.length === 0 && !rule.also) return reference;
  return braced([`${rule.also ? 'also' : 'at'}: ${reference}`, ...others]);
}

function formText({ as, codes }: Pick<ValueRule, 'as' | 'codes'>): readonly string[] {
  return [...(as === null ? [] : [`as: ${as.value}`]), ...(codes === null ? [] : [`codes: ${codes.value}`])];
}

function directionText({ only }: Pick<Rule, 'only'>): readonly string[] {
  return only === 'both' ? [] : [`only: ${only}`];
}

function braced(words: readonly string[]): string {
  return words.length === 0 ? '{ }' : `{ ${words.join(', ')} }`;
}

function eventText({ each, type, by, types, also }: EventSource): string {
  return braced([
    ...(each === null ? [] : [`each: ${each.value.text}`]),
    ...(type === null ? [] : [`type: ${type.value}`]),
    ...(by === null ? [] : [`by: ${ruleText(by)}`]),
    ...types.map(({ code, type: name }) => `${code}: ${name}`),
    ...(also.length === 0 ? [] : [`also: ${braced(also.map(({ type: name, when }) => `${name}: ${when.text}`))}`]),
  ]);
}
