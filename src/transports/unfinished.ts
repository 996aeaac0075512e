/** What must be read of a file to tell whether it looks unfinished: so many bytes of its begin and its end. */
export const HEAD = 64;
export const TAIL = 256;

/**
 * True for a file that size and time call complete but its content does not: empty, or an interchange without its trailer
 * (IEA, UNZ) near the end. A slow writer pauses like that. Only a hint: the caller waits longer, not for ever.
 */
export function looksUnfinished(size: number, head: Buffer, tail: Buffer): boolean {
  if (size === 0) return true;
  const begin = head.toString('latin1').replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '');
  const trailer = begin.startsWith('ISA') ? 'IEA' : /^UN[AB]/.test(begin) ? 'UNZ' : null;
  return trailer !== null && !tail.toString('latin1').includes(trailer);
}
