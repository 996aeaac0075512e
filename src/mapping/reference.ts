/**
 * The text of a reference, taken apart without any dictionary.
 *
 *     [/][LOOP(cond)/]*[SEG][(cond)]element[-component][..last]         a value
 *     [/]LOOP(cond)[/LOOP(cond)]*                                       a block, for in, each, rest; `.` the block itself
 *
 * `cond` is `n=code|code` or `n!=code|code`, several joined by `&`; `HL(S)` is short for the level code. Tag and number may run together
 * (`B1001`): how they split is for the set's own segments to say.
 */
export interface Condition {
  /** `01` or `1153`; null for the short form of a level code. */
  readonly element: string | null;
  readonly codes: readonly string[];
  /** Written with `!=`: none of the codes, or nothing at all. */
  readonly not: boolean;
}

export interface Step {
  /** Tag of the loop's trigger or of a segment. */
  readonly tag: string;
  readonly conditions: readonly Condition[];
}

export interface BlockReference {
  readonly text: string;
  /** Begins with `/`: from the top of the document. */
  readonly fromTop: boolean;
  readonly steps: readonly Step[];
}

export interface ValueReference {
  readonly text: string;
  readonly fromTop: boolean;
  readonly steps: readonly Step[];
  /** Tag alone when a condition parts it from the number, else tag and number run together; empty for a bare number. */
  readonly word: string;
  readonly conditions: readonly Condition[];
  /** Number of the element when it stands apart (`03`, `1154`); null when it is still in `word`. */
  readonly element: string | null;
  /** Counted from 1. */
  readonly component: number | null;
  /** Last element of a span; the last component, one or two digits, where the span begins at a component. */
  readonly until: string | null;
}

/** What is wrong with the text of a reference. */
export interface ReferenceFault {
  readonly fault: string;
}

const MAX_LENGTH = 200;

export function parseBlockReference(text: string): BlockReference | ReferenceFault {
  if (text === '.') return { text, fromTop: false, steps: [] };
  const parts = splitSteps(text);
  if ('fault' in parts) return parts;
  const steps: Step[] = [];
  for (const part of parts.steps) {
    const step = parseStep(part);
    if ('fault' in step) return step;
    steps.push(step);
  }
  return { text, fromTop: parts.fromTop, steps };
}

export function parseValueReference(text: string): ValueReference | ReferenceFault {
  const parts = splitSteps(text);
  if ('fault' in parts) return parts;
  const last = parts.steps.at(-1) ?? '';
  const steps: Step[] = [];
  for (const part of parts.steps.slice(0, -1)) {
    const step = parseStep(part);
    if ('fault' in step) return step;
    steps.push(step);
  }
  const target = /^([A-Z][A-Z0-9]*)?(\([^()]*\))?([0-9]{2,4})?(?:-([1-9][0-9]?))?(?:\.\.([0-9]{1,4}))?$/.exec(last);
  if (target === null) return { fault: `"${last}" is not a reference` };
  const [, word = '', condition, element, component, until] = target;
  const conditions = condition === undefined ? [] : parseConditions(condition.slice(1, -1));
  if ('fault' in conditions) return conditions;
  if (word === '' && element === undefined) return { fault: `"${last}" names no element` };
  if (word === '' && conditions.length > 0) return { fault: `"${last}" has a condition but no segment` };
  if (element === undefined && conditions.length > 0)
    return { fault: `"${last}" names no element after the condition` };
  if (until?.length === 1 && component === undefined)
    return { fault: `"${last}" ends at "${until}", which is no element` };
  if (element === undefined && !/[0-9]{2}$/.test(word)) return { fault: `"${last}" names a segment but no element` };
  return {
    text,
    fromTop: parts.fromTop,
    steps,
    word,
    conditions,
    element: element ?? null,
    component: component === undefined ? null : Number(component),
    until: until ?? null,
  };
}

function splitSteps(text: string): { fromTop: boolean; steps: readonly string[] } | ReferenceFault {
  if (text === '') return { fault: 'The reference is empty' };
  if (text.length > MAX_LENGTH) return { fault: `The reference is longer than ${MAX_LENGTH} characters` };
  const fromTop = text.startsWith('/');
  const steps = (fromTop ? text.slice(1) : text).split(/\/(?![^(]*\))/);
  if (steps.some((step) => step === '')) return { fault: `"${text}" has an empty step between slashes` };
  return { fromTop, steps };
}

function parseStep(text: string): Step | ReferenceFault {
  const match = /^([A-Z][A-Z0-9]{1,2})(?:\(([^()]*)\))?$/.exec(text);
  if (match === null) return { fault: `"${text}" is not a loop or segment such as HL(O), N1(01=ST) or LX` };
  const [, tag = '', condition] = match;
  const conditions = condition === undefined ? [] : parseConditions(condition);
  return 'fault' in conditions ? conditions : { tag, conditions };
}

function parseConditions(text: string): readonly Condition[] | ReferenceFault {
  const conditions: Condition[] = [];
  for (const part of text.split('&')) {
    const match = /^(?:([0-9]{2,4})(!?)=)?([^=&|()]+(?:\|[^=&|()]+)*)$/.exec(part);
    if (match === null) return { fault: `"(${text})" is not a condition such as (01=BM), (01=WH|SF) or (01=G&02=L)` };
    conditions.push({ element: match[1] ?? null, codes: (match[3] ?? '').split('|'), not: match[2] === '!' });
  }
  return conditions;
}
