import { beginsWith } from '../bytes.ts';

/** True when an ISA may begin here: the tag and a byte that can be a separator. Wants four bytes. */
export function beginsIsa(bytes: Uint8Array, at: number): boolean {
  return beginsWith(bytes, at, 'ISA');
}
