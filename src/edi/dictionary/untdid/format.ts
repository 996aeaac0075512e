/** What kind of characters an element holds, and how many. */
export interface Format {
  /** `a` no digits, `n` a number, `an` any text. */
  readonly kind: 'a' | 'n' | 'an';
  readonly min: number;
  readonly max: number;
}

const FORMAT = /^(an|a|n)(\.\.)?([0-9]{1,5})$/;

/** `an..35` (up to 35), `n6` (exactly 6); null for anything else. */
export function parseFormat(text: string): Format | null {
  const [, letters, upTo, digits] = FORMAT.exec(text) ?? [];
  const kind = letters === 'a' || letters === 'n' || letters === 'an' ? letters : null;
  const max = Number(digits ?? 0);
  if (kind === null || max === 0) return null;
  return { kind, min: upTo === undefined ? max : 1, max };
}
