import { isUtf8 } from 'node:buffer';
import type { Ready } from '../../partners/types.ts';
import { matchesPattern } from './pattern.ts';

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

const NEVER = ['.tmp', '.part', '.filepart', '~'];

/** Which names of a folder are meant: by pattern, hidden and temporary names and markers left out. */
export function nameFilter(pattern: string, ready: Ready): (raw: string) => boolean {
  const endings = [...NEVER, ...unreadyEndings(ready)].map((ending) => ending.toLowerCase());
  return (raw) => {
    if (raw.startsWith('.')) return false;
    const name = shownName(raw);
    const small = name.toLowerCase();
    return !endings.some((ending) => small.endsWith(ending)) && matchesPattern(name, pattern);
  };
}

function unreadyEndings(ready: Ready): readonly string[] {
  switch (ready.by) {
    case 'stable':
      return [];
    case 'rename':
      return ready.unready;
    case 'marker':
      return [ready.suffix];
  }
}
