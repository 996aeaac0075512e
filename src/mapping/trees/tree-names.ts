import type { BranchPlan, LayoutSet } from './layout-set.ts';

/** Tags of the set of a layout, with an element's position, its number, or a condition behind them. */
const TOKEN = /\b(ZQ[0-9A-Z]{2})(?:\((\d{2}|[1-9]\d{3})(!?=)([^()]*)\))?(\d{4}|\d{2})?(?![0-9A-Z])/g;
const NUMBER = /\b(?:data )?element ([1-9]\d{3})\b/g;

/** Says a text of the engine as a layout says it: `ZQ0302` as `lines/quantity`. */
export type SayNames = (text: string) => string;

/** The names of a layout in the place of tags and numbers of its set. */
export function sayNames({ byTag, root }: LayoutSet): SayNames {
  const numbers = new Map<string, string>();
  for (const plan of byTag.values()) {
    for (const { position, element } of plan.segment.elements) numbers.set(element.number, leafPath(plan, position));
  }
  return (text) =>
    text
      .replace(TOKEN, (token, tag: string, condition?: string, sign?: string, codes?: string, element?: string) => {
        const plan = byTag.get(tag);
        if (plan === undefined) return token;
        const where = condition === undefined ? '' : `(${leafName(plan, condition)}${sign}${codes})`;
        const path = `${plan === root ? '' : plan.path}${where}`;
        if (element === undefined) return path === '' ? 'the document' : path;
        return joined(path, leafName(plan, element));
      })
      .replace(NUMBER, (whole, number: string) => {
        const name = numbers.get(number);
        return name === undefined ? whole : name;
      });
}

/** The path of an element, by its position. */
export function leafPath(plan: BranchPlan, position: number): string {
  return joined(plan.path, leafName(plan, String(position).padStart(2, '0')));
}

/** The name of a value by its position in two digits, or its number. */
function leafName({ leaves, segment }: BranchPlan, element: string): string {
  const index = segment.elements.findIndex(({ position, element: { number } }) =>
    element.length === 2 ? position === Number(element) : number === element,
  );
  return leaves[index]?.name ?? element;
}

function joined(path: string, name: string): string {
  if (name === '.') return path;
  return path === '' ? name : `${path}/${name}`;
}
