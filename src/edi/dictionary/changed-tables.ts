import type { TableTexts } from './parse-tables.ts';

/**
 * The tables of a release that is like another one but for `changes`: whatever they describe (a set with its whole tree, a
 * segment, an element, the codes of an element) stands instead of what the other release says of it, or beside it. Each part
 * is put together when it is asked for.
 */
export function changedTables(base: TableTexts, changes: TableTexts): TableTexts {
  return {
    standard: changes.standard,
    release: changes.release,
    get sets() {
      return merge(base.sets, changes.sets);
    },
    get segments() {
      return merge(base.segments, changes.segments);
    },
    get elements() {
      return merge(base.elements, changes.elements);
    },
    get codes() {
      return merge(base.codes, changes.codes);
    },
  };
}

function merge(base: string, changes: string): string {
  const changed = new Set(entriesOf(changes).map(nameOf));
  const kept = entriesOf(base).filter((entry) => !changed.has(nameOf(entry)));
  return [...kept, changes].join('\n');
}

/** An entry is a line that is not indented, with the indented lines below it. */
export function entriesOf(text: string): readonly string[] {
  return text.split(/\n(?=[^\s#])/);
}

/** What an entry describes: its first word. */
export function nameOf(entry: string): string {
  return /^\S*/.exec(entry)?.[0] ?? '';
}
