import { problem } from '../../util/config-tree.ts';
import type { Place, Problem } from '../../util/problem.ts';
import { didYouMean } from '../../util/suggest.ts';
import type { Expectation } from '../expectations/types.ts';
import type { BlockReference, Condition, Step, ValueReference } from '../reference.ts';
import type { FieldRule, Located, MapSource, Rule, ValueRule, WriteRule } from '../rules.ts';
import type { BranchPlan, LayoutSet } from './layout-set.ts';
import { parseTreeReference } from './tree-reference.ts';

/** Branches around a rule, the document first. Names are looked up in the last and then outwards, as in every map. */
type Scope = readonly BranchPlan[];

/**
 * The rules of a map over its layout with references as the set of the layout has them: names become tags and numbers of
 * elements; the text of each reference stays as it is written. What the layout does not have is a problem.
 */
export function lowered(source: MapSource, { root }: LayoutSet, problems: Problem[]): MapSource {
  const top: Scope = [root];

  const block = (reference: Located<BlockReference>, scope: Scope): { to: Located<BlockReference>; scope: Scope } => {
    const found = enterBranches(reference.value.steps, reference.value.fromTop, scope);
    if ('fault' in found) {
      report(reference.at, reference.value.text, found, problems);
      return { to: reference, scope };
    }
    return { to: { at: reference.at, value: { ...reference.value, steps: found.steps } }, scope: found.scope };
  };

  const value = (reference: Located<ValueReference>, scope: Scope): Located<ValueReference> => {
    const found = findValue(reference.value, scope);
    if (!('fault' in found)) return { at: reference.at, value: found };
    report(reference.at, reference.value.text, found, problems);
    return reference;
  };

  const single = (rule: ValueRule, scope: Scope): ValueRule => ({
    ...rule,
    parts: rule.parts.map((part) => value(part, scope)),
  });

  const fields = (rules: readonly FieldRule[], scope: Scope): readonly FieldRule[] =>
    rules.map((field) => (field.rule === null ? field : { ...field, rule: one(field.rule, scope) }));

  const writes = (rules: readonly WriteRule[], scope: Scope): readonly WriteRule[] =>
    rules.map((rule) => ({ ...rule, target: value(rule.target, scope), value: total(rule, scope) }));

  /** `count lines`, `sum lines/quantity`. */
  const total = (rule: WriteRule, scope: Scope): string => {
    const [, verb = '', name = ''] = /^(count|sum) (\S.*)$/.exec(rule.value) ?? [];
    if (verb === '') return rule.value;
    const { at } = rule.target;
    const parsed = parseTreeReference(name);
    if ('fault' in parsed) {
      problems.push(problem(at, 'MAP_REFERENCE', `${parsed.fault}.`, 'Name what is counted or added up.'));
      return rule.value;
    }
    if (verb === 'count') {
      const last = block({ at, value: parsed.block }, scope).to.value.steps.at(-1);
      return `count ${last?.tag ?? ''}`;
    }
    const { word, element } = value({ at, value: parsed.value }, scope).value;
    return `sum ${word}${element}`;
  };

  const one = (rule: Rule, scope: Scope): Rule => {
    switch (rule.kind) {
      case 'value':
        return single(rule, scope);
      case 'either':
        return { ...rule, alternatives: rule.alternatives.map((each) => single(each, scope)) };
      case 'all':
        return { ...rule, reference: value(rule.reference, scope) };
      case 'object': {
        const inner = rule.in === null ? null : block(rule.in, scope);
        const inside = inner?.scope ?? scope;
        return {
          ...rule,
          in: inner?.to ?? null,
          fields: fields(rule.fields, inside),
          write: writes(rule.write, inside),
        };
      }
      case 'list': {
        const outer = rule.in === null ? null : block(rule.in, scope);
        const base = outer?.scope ?? scope;
        const each = block(rule.each, base);
        const inside = rule.per.length > 0 ? base : each.scope;
        return {
          ...rule,
          in: outer?.to ?? null,
          each: each.to,
          with: null,
          per: fields(rule.per, each.scope),
          fields: fields(rule.fields, inside),
          write: writes(rule.write, inside),
        };
      }
    }
  };

  const expectation = (each: Expectation): Expectation => {
    const around = each.each === null ? null : block(each.each, top);
    const scope = around?.scope ?? top;
    const base = { ...each, each: around?.to ?? null };
    return base.kind === 'element'
      ? { ...base, reference: value(base.reference, scope) }
      : { ...base, of: block(base.of, scope).to };
  };

  const { event } = source;
  const start = event.each === null ? null : block(event.each, top);
  const scope = start?.scope ?? top;
  const by = event.by === null ? null : one(event.by, scope);
  return {
    ...source,
    event: {
      ...event,
      each: start?.to ?? null,
      by: by?.kind === 'value' || by?.kind === 'either' ? by : null,
      also: event.also.map((again) => ({
        ...again,
        when: block({ at: again.at, value: again.when }, scope).to.value,
      })),
    },
    data: { ...source.data, fields: fields(source.data.fields, scope), write: writes(source.data.write, scope) },
    expect: source.expect.map(expectation),
  };
}

/** A name that leads nowhere, and the names that are there. */
interface NameFault {
  readonly fault: string;
  readonly near: readonly string[];
  /** What to do, where no other name is meant. */
  readonly remedy?: string;
}

interface Entered {
  readonly steps: readonly Step[];
  readonly scope: Scope;
}

function enterBranches(steps: readonly Step[], fromTop: boolean, scope: Scope): Entered | NameFault {
  let firstFault: NameFault | null = null;
  for (let end = fromTop ? 1 : scope.length; end > 0; end--) {
    const found = descend(steps, scope.slice(0, end));
    if (!('fault' in found)) return found;
    firstFault ??= found;
  }
  return firstFault ?? { fault: '', near: [] };
}

function descend(steps: readonly Step[], scope: Scope): Entered | NameFault {
  const lowerSteps: Step[] = [];
  let around = scope;
  for (const { tag: name, conditions } of steps) {
    const here = around.at(-1);
    const child = here?.children.find(({ branch }) => branch.name === name);
    if (here === undefined || child === undefined) return nothingNamed(name, here, 'holds values');
    const tests: Condition[] = [];
    for (const condition of conditions) {
      const element = numberOf(child, condition.element ?? '');
      if (element === null) return nothingNamed(condition.element ?? '', child, 'is a value');
      tests.push({ ...condition, element });
    }
    lowerSteps.push({ tag: child.tag, conditions: tests });
    around = [...around, child];
  }
  return { steps: lowerSteps, scope: around };
}

function findValue(reference: ValueReference, scope: Scope): ValueReference | NameFault {
  const name = reference.element ?? '';
  let firstFault: NameFault | null = null;
  for (let end = reference.fromTop ? 1 : scope.length; end > 0; end--) {
    const entered = descend(reference.steps, scope.slice(0, end));
    const found = 'fault' in entered ? entered : valueIn(reference, name, entered);
    if (!('fault' in found)) return found;
    firstFault ??= found;
  }
  return firstFault ?? { fault: '', near: [] };
}

function valueIn(reference: ValueReference, name: string, { steps, scope }: Entered): ValueReference | NameFault {
  const owner = scope.at(-1);
  if (owner === undefined) return { fault: '', near: [] };
  const element = numberOf(owner, name);
  if (element !== null) {
    const last = steps.at(-1);
    return { ...reference, steps: steps.slice(0, -1), word: owner.tag, conditions: last?.conditions ?? [], element };
  }
  // A branch with a value of its own: the text of an element with attributes, an item of a list of texts.
  const child = owner.children.find(({ branch }) => branch.name === name);
  const own = child === undefined ? null : numberOf(child, '.');
  if (child !== undefined && own !== null)
    return { ...reference, steps, word: child.tag, conditions: [], element: own };
  if (child !== undefined) {
    const remedy = 'Write "in:" or "each:" with it, or name a value in it.';
    return { fault: `${child.path} holds values and is none itself.`, near: [], remedy };
  }
  return nothingNamed(name, owner, 'is a value');
}

/** The number of the element that a value of a branch is. */
function numberOf({ leaves, segment }: BranchPlan, name: string): string | null {
  const index = leaves.findIndex((leaf) => leaf.name === name);
  return segment.elements[index]?.element.number ?? null;
}

function nothingNamed(name: string, here: BranchPlan | undefined, what: string): NameFault {
  const place = here === undefined || here.path === '' ? 'At the top' : `In ${here.path}`;
  const near = (here?.branch.inside ?? []).map((each) => each.name);
  return { fault: `${place} there is nothing named "${name}" that ${what}.`, near };
}

function report(at: Place, text: string, { fault, near, remedy }: NameFault, problems: Problem[]): void {
  const wanted = text.split('/').at(-1) ?? text;
  const otherwise = near.length === 0 ? 'Add it to the layout.' : didYouMean(wanted, near);
  problems.push(problem(at, 'MAP_NAME_UNKNOWN', fault, remedy ?? otherwise));
}
