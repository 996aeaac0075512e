import type { Syntax } from '../syntax.ts';
import { beginsIsa } from './bytes.ts';
import { X12_ENVELOPE } from './envelope.ts';
import { describeIsa, unreadableInterchange } from './interchange.ts';
import { ISA_VIEW, readIsa } from './isa.ts';
import { X12_LIMITS, type X12Limits } from './limits.ts';
import { X12Scanner } from './scan.ts';

/** X12 for the reader of files. */
export function x12Syntax(options: Partial<X12Limits> = {}): Syntax {
  const limits = { ...X12_LIMITS, ...options };
  return {
    begins: beginsIsa,
    tags: ['ISA'],
    headerView: ISA_VIEW,
    readHeader: readIsa,
    describe: describeIsa,
    describeUnreadable: unreadableInterchange,
    scanner: (table, delimiters, position, begins) => new X12Scanner(table, delimiters, position, limits, begins),
    envelope: X12_ENVELOPE,
    limits,
  };
}
