import { READ_LIMITS, type ReadLimits } from '../limits.ts';
import type { Syntax } from '../syntax.ts';
import { EDIFACT_ENVELOPE } from './envelope.ts';
import { beginsUnb, HEADER_VIEW, readHeader } from './header.ts';
import { describeUnb, unreadableUnb } from './interchange.ts';
import { EdifactScanner } from './scan.ts';

/** Batch EDIFACT, syntax versions 1 to 4, for the reader of files. */
export function edifactSyntax(options: Partial<ReadLimits> = {}): Syntax {
  const limits = { ...READ_LIMITS, ...options };
  return {
    begins: beginsUnb,
    tags: ['UNA', 'UNB'],
    headerView: HEADER_VIEW,
    readHeader,
    describe: describeUnb,
    describeUnreadable: unreadableUnb,
    scanner: (table, delimiters, position, begins) => new EdifactScanner(table, delimiters, position, limits, begins),
    envelope: EDIFACT_ENVELOPE,
    limits,
  };
}
