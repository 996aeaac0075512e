import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError, messageOf } from '../errors.ts';

/** A file with its bytes. */
export interface NamedBytes {
  readonly file: string;
  readonly bytes: Buffer;
}

/** Documents among the samples of a partner. */
export const SAMPLES = '*.{edi,document.json,document.xml,document.csv}';

/** The files that paths name, those of folders included, each once. FILE_UNREADABLE names one that cannot be read. */
export function namedFiles(paths: readonly string[]): readonly NamedBytes[] {
  const files = paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    return found
      ? globSync(join(path, '**', '*.{edi,edifact,x12,txt,document.json,document.xml,document.csv}'))
          .filter(isDocument)
          .sort()
      : [path];
  });
  return [...new Set(files)].map((file) => ({ file, bytes: bytesOf(file) }));
}

function isDocument(file: string): boolean {
  return !file.endsWith('.findings.txt');
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new GatewayError('FILE_UNREADABLE', `${file} cannot be read: ${messageOf(error)}. Name a file or a folder.`, {
      cause: error,
    });
  }
}
