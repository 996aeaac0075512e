import { GatewayError } from '../../../errors.ts';
import type { Problem } from '../../../util/problem.ts';
import { parseDirectoryCodes } from './code-lists.ts';
import { parseDirectoryComposites } from './composites.ts';
import { parseDirectoryElements } from './elements.ts';
import type { Format } from './format.ts';
import { type MessageTable, parseMessageTable } from './messages.ts';
import type { DataPosition } from './positions.ts';
import { parseDirectorySegments } from './segments.ts';
import type { DirectoryFile } from './text.ts';

/** The tables of one UN directory, as its files say. */
export interface Directory {
  /** `D96A`. */
  readonly release: string;
  /** Sorted by their types. */
  readonly messages: readonly MessageTable[];
  readonly segments: ReadonlyMap<string, readonly DataPosition[]>;
  readonly composites: ReadonlyMap<string, readonly DataPosition[]>;
  readonly elements: ReadonlyMap<string, Format>;
  readonly codes: ReadonlyMap<string, readonly string[]>;
}

/** The tables that a directory needs. */
type TableKind = 'messages' | 'segments' | 'composites' | 'elements' | 'codes';

/** Names of the files, without their folders: up to D.96B they begin with TR, later with ED. */
const KINDS: readonly { readonly kind: TableKind; readonly name: RegExp }[] = [
  { kind: 'messages', name: /^([A-Z]{6})_([DS])\.([0-9]{2}[A-C])$/i },
  { kind: 'segments', name: /^(?:TR|ED)SD\.([0-9]{2}[A-C])$/i },
  { kind: 'composites', name: /^(?:TR|ED)CD\.([0-9]{2}[A-C])$/i },
  { kind: 'elements', name: /^(?:TR|ED)ED\.([0-9]{2}[A-C])$/i },
  { kind: 'codes', name: /^UNCL(?:-[12])?\.([0-9]{2}[A-C])$/i },
];
/** Archives that hold such files: messages, segments, composites, elements, code lists. */
const ARCHIVE = /^(?:(?:TR|ED)[MSCE]D|UNCL)\.ZIP$/i;

/** The name of a path, without its folders. */
function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1);
}

/** True for a file that holds a table; indexes, prose and interactive messages are none. */
export function isTableFile(path: string): boolean {
  return KINDS.some(({ name }) => name.test(nameOf(path)));
}

/** True for an archive inside the directory's own that holds tables. */
export function isTableArchive(path: string): boolean {
  return ARCHIVE.test(nameOf(path));
}

/**
 * Reads the table files of one directory. Faults of the directory are told, and what is not at fault is read. Throws
 * FILE_UNREADABLE when a kind of table is absent, so that this is no directory.
 */
export function parseDirectory(
  shown: string,
  files: readonly DirectoryFile[],
): { readonly directory: Directory; readonly faults: readonly Problem[] } {
  const faults: Problem[] = [];
  const of = (kind: TableKind): readonly DirectoryFile[] => {
    const name = KINDS.find((one) => one.kind === kind)?.name;
    const found = files.filter(({ path }) => name?.test(nameOf(path)));
    if (found.length > 0) return found;
    const remedy = 'Give the zip of a whole UN/EDIFACT directory from D.93B on, as the UN publishes it.';
    throw new GatewayError('FILE_UNREADABLE', `${shown} is no UN directory: it holds no ${kind}. ${remedy}`);
  };
  const segmentFiles = of('segments');
  const directory: Directory = {
    release: `D${nameOf(segmentFiles[0]?.path ?? '')
      .slice(-3)
      .toUpperCase()}`,
    messages: messagesOf(of('messages'), faults),
    segments: merge(segmentFiles.map((file) => parseDirectorySegments(file, faults))),
    composites: merge(of('composites').map((file) => parseDirectoryComposites(file, faults))),
    elements: merge(of('elements').map((file) => parseDirectoryElements(file, faults))),
    codes: merge(of('codes').map((file) => parseDirectoryCodes(file))),
  };
  return { directory, faults };
}

function messagesOf(files: readonly DirectoryFile[], faults: Problem[]): readonly MessageTable[] {
  const tables = files.flatMap((file) => {
    const table = parseMessageTable(file, nameOf(file.path).slice(0, 6).toUpperCase(), faults);
    return table === null ? [] : [table];
  });
  return tables.sort((a, b) => (a.type < b.type ? -1 : 1));
}

function merge<Value>(maps: readonly ReadonlyMap<string, Value>[]): ReadonlyMap<string, Value> {
  return new Map(maps.flatMap((map) => [...map]));
}
