/**
 * True for a name that one file in a folder may have: no path, nothing that hides or breaks lines, at most 255 bytes.
 * Names that other machines list are data; what is no plain name is never put into a path.
 */
export function isPlainName(name: string): boolean {
  if (name === '.' || name === '..' || name === '' || Buffer.byteLength(name) > 255) return false;
  return !/[/\\\u0000-\u001f\u007f\ufffd]/.test(name);
}
