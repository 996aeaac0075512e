import { problem, type TextNode } from '../util/config-tree.ts';
import type { Place, Problem } from '../util/problem.ts';

/** A file that a partner's configuration names; it must exist. The path is relative to the partner's folder. */
export interface FileReference {
  readonly path: string;
  readonly at: Place;
}

/** A path within the partner's folder, null (and a problem) when it is absolute or climbs out. */
export function pathWithin(text: TextNode, problems: Problem[]): FileReference | null {
  if (!text.value.startsWith('/') && !climbs(text.value)) return { path: text.value, at: text.at };
  problems.push(
    problem(
      text.at,
      'PARTNER_PATH',
      `"${text.value}" leaves the partner's folder.`,
      'Put the file into the folder of the partner and name it from there.',
    ),
  );
  return null;
}

/** A folder for files: absolute, or relative and then under the data folder. Null (and a problem) when it climbs out. */
export function dropFolder(text: TextNode, problems: Problem[]): string | null {
  const folder = text.value.length > 1 ? text.value.replace(/\/+$/, '') : text.value;
  if (folder.startsWith('/') || !climbs(folder)) return folder;
  problems.push(
    problem(
      text.at,
      'PARTNER_PATH',
      `"${text.value}" leaves the data folder.`,
      'Name a folder under the data folder, or write the whole path from /.',
    ),
  );
  return null;
}

/** Folder and file pattern of a `pickUp`: `*` and `?` in the last part only. */
export function pickUpOf(text: TextNode, problems: Problem[]): { folder: string; pattern: string } | null {
  const slash = text.value.lastIndexOf('/');
  const pattern = text.value.slice(slash + 1);
  const folder = slash === 0 ? '/' : text.value.slice(0, Math.max(slash, 0));
  const remedy = 'Write a folder and a pattern with * and ? for the file names, such as drop/acme/out/*.edi.';
  if (folder === '' || pattern === '' || /[*?]/.test(folder)) {
    problems.push(
      problem(text.at, 'PARTNER_PATTERN', `"${text.value}" is no folder with a file pattern behind it.`, remedy),
    );
    return null;
  }
  if (/[[\]{}]/.test(pattern)) {
    problems.push(
      problem(text.at, 'PARTNER_PATTERN', `The pattern "${pattern}" uses brackets, which mean nothing here.`, remedy),
    );
    return null;
  }
  const checked = dropFolder({ ...text, value: folder }, problems);
  return checked === null ? null : { folder: checked, pattern };
}

function climbs(path: string): boolean {
  return path.split(/[/\\]/).includes('..') || path.includes('\0');
}
