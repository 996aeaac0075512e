import type { Ready } from '../partners/types.ts';

const NEVER = ['.tmp', '.part', '.filepart', '~'];

/**
 * True for names that no whole file has: those that senders give to what they have not finished, hidden ones, and by
 * `ready` further endings or markers.
 */
export function unreadyNames(ready: Ready): (name: string) => boolean {
  const endings = [...NEVER, ...endingsOf(ready)].map((ending) => ending.toLowerCase());
  return (name) => {
    const small = name.toLowerCase();
    return name.startsWith('.') || endings.some((ending) => small.endsWith(ending));
  };
}

function endingsOf(ready: Ready): readonly string[] {
  switch (ready.by) {
    case 'stable':
    case 'immediate':
      return [];
    case 'rename':
      return ready.unready;
    case 'marker':
      return [ready.suffix];
  }
}
