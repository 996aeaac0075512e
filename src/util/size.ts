const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** Bytes of a size as people write it: `500kB`, `20MB`, `1GB` (of 1,024). Null for anything else, and for zero. */
export function parseSize(text: string): number | null {
  const match = /^([1-9][0-9]{0,8}) ?(B|kB|MB|GB)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  return unit === undefined ? null : Number(match?.[1]) * unit;
}
