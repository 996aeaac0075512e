import type { TableTexts } from './parse-tables.ts';

/**
 * The tables of a release that is like another one but for `changes`: whatever they describe (a set with its whole tree, a
 * segment, an element, the codes of an element) stands instead of what the other release says of it, or beside it.
 */
export function changedTables(base: TableTexts, changes: TableTexts): TableTexts {
  const merged = (part: 'sets' | 'segments' | 'elements' | 'codes'): string => merge(base[part], changes[part]);
  const { standard, release } = changes;
  return {
    standard,
    release,
    sets: merged('sets'),
    segments: merged('segments'),
    elements: merged('elements'),
    codes: merged('codes'),
  };
}

function merge(base: string, changes: string): string {
  const changed = new Set(entriesOf(changes).map(nameOf));
  const kept = entriesOf(base).filter((entry) => !changed.has(nameOf(entry)));
  return [...kept, changes].join('\n');
}

/** An entry is a line that is not indented, with the indented lines below it. */
function entriesOf(text: string): readonly string[] {
  return text.split(/\n(?=[^\s#])/);
}

function nameOf(entry: string): string {
  return /^\S*/.exec(entry)?.[0] ?? '';
}
