import type { BlockReference, Condition, ReferenceFault, Step, ValueReference } from '../reference.ts';
import type { ReferenceSyntax } from '../reference-syntax.ts';

/**
 * References into documents that are trees: `Stops/Stop(type=PU)/City`, `@id`, `.` for the value of the block itself, `/` from
 * the top. What the names mean is for the layout to say.
 */
export const TREE_REFERENCES: ReferenceSyntax = {
  value: parseTreeValue,
  block: parseTreeBlock,
  valueRemedy: 'Write names with slashes between them, as in stops/stop(type=PU)/city.',
  blockRemedy: 'Name what holds the values, as in stops/stop or stop(type=PU).',
  blockWanted: 'The name of an object, element or row is wanted here',
};

const MAX_LENGTH = 400;
const STEP = /^(@?[^()/&|=!,]*[^()/&|=!,\s])(?:\(([^()]*)\))?$/;
const CONDITION = /^([^()&|=!,]*[^()&|=!,\s])(!?)=([^=&|()]+(?:\|[^=&|()]+)*)$/;

function parseTreeValue(text: string): ValueReference | ReferenceFault {
  const parsed = parseTreeBlock(text);
  if ('fault' in parsed) return parsed;
  const last = text === '.' ? { tag: '.', conditions: [] } : parsed.steps.at(-1);
  const bare = last !== undefined && last.conditions.length === 0;
  return {
    text,
    fromTop: parsed.fromTop,
    steps: bare ? parsed.steps.slice(0, -1) : parsed.steps,
    word: '',
    conditions: [],
    element: bare ? last.tag : '.',
    component: null,
    until: null,
  };
}

function parseTreeBlock(text: string): BlockReference | ReferenceFault {
  if (text === '' || text === '/') return { fault: 'The reference is empty' };
  if (text.length > MAX_LENGTH) return { fault: `The reference is longer than ${MAX_LENGTH} characters` };
  // The block itself.
  if (text === '.') return { text, fromTop: false, steps: [] };
  const fromTop = text.startsWith('/');
  const steps: Step[] = [];
  for (const part of (fromTop ? text.slice(1) : text).split(/\/(?![^(]*\))/)) {
    const [, tag, condition] = STEP.exec(part) ?? [];
    const conditions = condition === undefined ? [] : parseConditions(condition);
    if (tag === undefined || conditions === null)
      return { fault: `"${part}" is no name, such as city, @id or stop(type=PU)` };
    steps.push({ tag, conditions });
  }
  return { text, fromTop, steps };
}

function parseConditions(text: string): readonly Condition[] | null {
  const conditions = text.split('&').map((part): Condition | null => {
    const [, element, not, codes] = CONDITION.exec(part) ?? [];
    return element === undefined || codes === undefined ? null : { element, codes: codes.split('|'), not: not === '!' };
  });
  return conditions.every((each) => each !== null) ? conditions : null;
}

/** What `count` and `sum` name: a block and a value of the same text. */
export function parseTreeReference(
  text: string,
): { readonly block: BlockReference; readonly value: ValueReference } | ReferenceFault {
  const [block, value] = [parseTreeBlock(text), parseTreeValue(text)];
  if ('fault' in block) return block;
  return 'fault' in value ? value : { block, value };
}
