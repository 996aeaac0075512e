import { isUtf8 } from 'node:buffer';
import type { Ready } from '../../partners/types.ts';
import { matchesPattern } from '../pattern.ts';
import { unreadyNames } from '../unready-names.ts';

/**
 * Names of a folder are bytes, not always UTF-8. Within this driver a name is a `raw` text with one character a byte, from
 * which the path is made again byte by byte.
 */
export function pathOf(folder: string, raw: string): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(raw, 'latin1')]);
}

/** The name for people: as UTF-8 where it is that, else as Latin-1. */
export function shownName(raw: string): string {
  const bytes = Buffer.from(raw, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : raw;
}

/** Which names of a folder are meant: by pattern, hidden and temporary names and markers left out. */
export function nameFilter(pattern: string, ready: Ready): (raw: string) => boolean {
  const unready = unreadyNames(ready);
  return (raw) => {
    if (raw.startsWith('.')) return false;
    const name = shownName(raw);
    return !unready(name) && matchesPattern(name, pattern);
  };
}
