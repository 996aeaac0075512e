import { GatewayError } from '../../errors.ts';
import { type Problem, problemLine } from '../../util/problem.ts';
import type { Standard } from '../envelope.ts';
import { entriesOf, nameOf } from './changed-tables.ts';
import { tableProblem } from './lines.ts';
import {
  type BasicPart,
  type BasicTables,
  parseBasicTables,
  parseSetTable,
  type TableText,
  type TableTexts,
} from './parse-tables.ts';
import type { Dictionary, SegmentDefinition, SetDefinition } from './types.ts';

/** Tables of one release that lie somewhere, each part read when it is asked for; every set is a text of its own. */
export interface TableSource {
  readonly standard: Standard;
  readonly release: string;
  /** Types of the sets. */
  readonly sets: readonly string[];
  part(name: BasicPart): TableText;
  set(type: string): TableText;
}

/** Tables whose sets are one text, as a source. */
export function sourceOf(texts: TableTexts): TableSource {
  const { standard, release } = texts;
  const sets = new Map(entriesOf(texts.sets).map((entry) => [nameOf(entry), entry]));
  sets.delete('');
  const text = (name: string, content: string): TableText => ({
    file: `${standard}-${release}/${name}`,
    text: content,
  });
  return {
    standard,
    release,
    sets: [...sets.keys()],
    part: (name) => text(name, texts[name]),
    set: (type) => text(`sets/${type}`, sets.get(type) ?? ''),
  };
}

/** A dictionary that reads a part of its source when it is first needed. Faulty tables throw CONFIG_INVALID. */
export function createLazyDictionary(source: TableSource): Dictionary {
  const { standard, release, sets } = source;
  const types = new Set(sets);
  const known = new Map<string, SetDefinition>();
  let read: BasicTables | null = null;
  const basics = (): BasicTables => {
    read ??= sound((problems) => parseBasicTables(source.part, problems));
    return read;
  };
  return {
    standard,
    release,
    sets,
    set(type) {
      if (!types.has(type)) return undefined;
      const definition = known.get(type) ?? sound((problems) => parseOneSet(source, type, basics().segments, problems));
      if (definition !== undefined) known.set(type, definition);
      return definition;
    },
    segment: (tag) => basics().segments.get(tag),
    element: (number) => basics().elements.get(number),
  };
}

/** Every problem of the tables, each part read. */
export function checkTables(source: TableSource): readonly Problem[] {
  const problems: Problem[] = [];
  const { segments } = parseBasicTables(source.part, problems);
  for (const type of source.sets) parseOneSet(source, type, segments, problems);
  return problems;
}

function parseOneSet(
  source: TableSource,
  type: string,
  segments: ReadonlyMap<string, SegmentDefinition>,
  problems: Problem[],
): SetDefinition | undefined {
  const text = source.set(type);
  const sets = parseSetTable(source.standard, source.release, text, segments, problems);
  const definition = sets.get(type);
  if (definition === undefined || sets.size > 1) {
    const word = { text: type, at: { file: text.file, line: 1, column: 1 } };
    problems.push(tableProblem(word, `The file should hold the set ${type} alone.`, 'Name it after its one set.'));
  }
  return definition;
}

function sound<Value>(read: (problems: Problem[]) => Value): Value {
  const problems: Problem[] = [];
  const value = read(problems);
  if (problems.length === 0) return value;
  const remedy = 'Import the tables again:';
  throw new GatewayError(
    'CONFIG_INVALID',
    `installed tables have problems. ${remedy}\n${problems.map(problemLine).join('\n')}`,
  );
}
