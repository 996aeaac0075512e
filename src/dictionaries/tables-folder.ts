import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLines, tableProblem } from '../edi/dictionary/lines.ts';
import type { BasicPart, TableText } from '../edi/dictionary/parse-tables.ts';
import type { TableSource } from '../edi/dictionary/table-source.ts';
import type { Standard } from '../edi/envelope.ts';
import { GatewayError, messageOf } from '../errors.ts';
import type { Problem } from '../util/problem.ts';

/**
 * Tables of one release as files of a folder:
 *
 *     release.txt        the standard and the release: `x12 005010`
 *     elements.txt  codes.txt  segments.txt
 *     sets/856.txt  …    one set each, named by its type
 *
 * All but release.txt may be absent; `#` begins a comment in each. The notation is that of edi/dictionary/parse-tables.ts.
 */
export const RELEASE_FILE = 'release.txt';
/** The folder of the sets. */
export const SETS_FOLDER = 'sets';
const ENDING = '.txt';

/** A release becomes the name of a folder. */
const RELEASE = /^[A-Z0-9]{1,12}$/;
const TYPE = /^[A-Z0-9]{1,8}$/;

/** File of a part, relative to the folder. */
export function partFile(name: BasicPart): string {
  return `${name}${ENDING}`;
}

/** File of a set, relative to the folder. */
export function setFile(type: string): string {
  return `${SETS_FOLDER}/${type}${ENDING}`;
}

/** The tables of a folder, read as they are needed; `shown` names the folder in messages. FILE_UNREADABLE without a folder. */
export function openTables(
  folder: string,
  shown: string,
): { readonly source: TableSource | null; readonly problems: readonly Problem[] } {
  const read = (file: string): TableText => ({ file: `${shown}/${file}`, text: textOf(folder, file) });
  const { names, problems } = setNames(folder, shown);
  const release = releaseOf(read(RELEASE_FILE));
  if ('problem' in release) return { source: null, problems: [release.problem, ...problems] };
  const source: TableSource = {
    ...release,
    sets: names,
    part: (name) => read(partFile(name)),
    set: (type) => read(setFile(type)),
  };
  return { source, problems };
}

function releaseOf(text: TableText): { standard: Standard; release: string } | { problem: Problem } {
  const [line] = readLines(text.file, text.text);
  const word = line?.first ?? { text: '', at: { file: text.file, line: 1, column: 1 } };
  const remedy = 'Write one line with the standard and the release: "x12 005010" or "edifact D01B".';
  const standard = word.text;
  const release = line?.rest[0]?.text;
  if (standard !== 'x12' && standard !== 'edifact') {
    return { problem: tableProblem(word, `"${standard}" is no standard.`, remedy) };
  }
  if (release === undefined || !RELEASE.test(release)) {
    return { problem: tableProblem(line?.rest[0] ?? word, `"${release ?? ''}" is no release.`, remedy) };
  }
  return { standard, release };
}

function setNames(folder: string, shown: string): { names: readonly string[]; problems: readonly Problem[] } {
  const files = namesIn(join(folder, SETS_FOLDER)).filter((name) => name.endsWith(ENDING));
  const names = files.map((file) => file.slice(0, -ENDING.length));
  const problems = names
    .filter((name) => !TYPE.test(name))
    .map((name) => {
      const at = { file: `${shown}/${setFile(name)}`, line: 1, column: 1 };
      return tableProblem({ text: name, at }, `"${name}" is no type of a set.`, 'Name the file like 856.txt.');
    });
  return { names: names.filter((name) => TYPE.test(name)), problems };
}

/** Sorted names of a folder; none when it is absent. */
export function namesIn(folder: string): readonly string[] {
  return absentIs([], () => readdirSync(folder).sort());
}

function textOf(folder: string, file: string): string {
  return absentIs('', () => readFileSync(join(folder, file), 'utf8'));
}

function absentIs<Value>(fallback: Value, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return fallback;
    throw new GatewayError('FILE_UNREADABLE', `tables cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}
