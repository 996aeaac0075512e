/** What an MDN says became of a message (RFC 4130 7.4.3 and 7.4.4). */
export type Disposition =
  | { readonly type: 'processed' }
  | { readonly type: 'processed/error'; readonly modifier: ErrorModifier }
  | { readonly type: 'processed/warning'; readonly modifier: 'duplicate-document' }
  | { readonly type: 'failed/failure'; readonly modifier: 'unsupported format' | 'unsupported MIC-algorithms' };

export const ERROR_MODIFIERS = [
  'authentication-failed',
  'decompression-failed',
  'decryption-failed',
  'insufficient-message-security',
  'integrity-check-failed',
  'unexpected-processing-error',
  'unknown-trading-partner',
] as const;
export type ErrorModifier = (typeof ERROR_MODIFIERS)[number];

/** The value of the Disposition field. */
export function writeDisposition(disposition: Disposition): string {
  const what = disposition.type === 'processed' ? 'processed' : `${disposition.type}: ${disposition.modifier}`;
  return `automatic-action/MDN-sent-automatically; ${what}`;
}

/** What a partner's MDN says, whatever its spelling. */
export interface ReadDisposition {
  /** `accepted`: the message is delivered, with a warning or without. `refused`: it is not. */
  readonly outcome: 'accepted' | 'refused';
  /** `error: decryption-failed`; empty when there is none. */
  readonly modifier: string;
}

/**
 * Reads a Disposition field: any case, blanks anywhere, modifiers known and unknown, and the old `processed; error: …`.
 * Null when it says neither processed nor failed.
 */
export function readDisposition(text: string): ReadDisposition | null {
  const [, type = '', rest = ''] = /^[^;]*;\s*(processed|failed|displayed|denied)\b\s*(.*)$/is.exec(text.trim()) ?? [];
  if (type === '') return null;
  const modifier = rest
    .replace(/^[\s/;,]+/, '')
    .replace(/\s*:\s*/, ': ')
    .trim();
  const kind = modifier.split(':', 1)[0]?.trim().toLowerCase() ?? '';
  const accepted = type.toLowerCase() === 'processed' && (modifier === '' || kind === 'warning');
  return { outcome: accepted ? 'accepted' : 'refused', modifier };
}
