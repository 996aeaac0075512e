import { messageOf } from '../../errors.ts';

/**
 * What went wrong with one call: `missing` nothing is there, `denied` we may not, `failed` the server would not, as when a
 * name is taken; `lost` the connection is gone or stood still for too long.
 */
export type SftpFaultKind = 'missing' | 'denied' | 'failed' | 'lost';

/** A call that failed. The message names no secret. */
export class SftpFault extends Error {
  readonly kind: SftpFaultKind;

  constructor(kind: SftpFaultKind, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'SftpFault';
    this.kind = kind;
  }
}

/** Status codes of the protocol; all else with a number is a plain refusal. */
const KINDS: Readonly<Record<number, SftpFaultKind>> = {
  2: 'missing',
  3: 'denied',
  6: 'lost',
  7: 'lost',
  10: 'missing',
};

/** The fault of an error that the library gave for a call on a path. Without a status of the server, nobody answered. */
export function faultOf(error: unknown, doing: string): SftpFault {
  if (error instanceof SftpFault) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const said = messageOf(error);
  const kind = typeof code === 'number' ? (KINDS[code] ?? 'failed') : 'lost';
  return new SftpFault(kind, `${doing}: ${said}`, { cause: error });
}

/** True for a fault of one of these kinds. */
export function isFault(error: unknown, ...kinds: readonly SftpFaultKind[]): boolean {
  return error instanceof SftpFault && kinds.includes(error.kind);
}
