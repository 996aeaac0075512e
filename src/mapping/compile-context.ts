import type { Dictionary, SetDefinition } from '../edi/dictionary/types.ts';
import { problem } from '../util/config-tree.ts';
import type { Place, Problem } from '../util/problem.ts';
import type { Cells } from './cells.ts';
import type { CodeTable } from './code-tables.ts';
import type { ScopeFault } from './scope.ts';
import type { MapStandard } from './trees/standards.ts';

/** What rules are compiled against. */
export interface CompileContext {
  /** Whose codes are looked up; the documents of a layout are written as those of the standard of its set. */
  readonly standard: MapStandard;
  readonly dictionary: Dictionary;
  readonly definition: SetDefinition;
  readonly tables: ReadonlyMap<string, CodeTable>;
  readonly cells: Cells;
  readonly problems: Problem[];
  readonly proof: Proof;
}

/**
 * What compiling shows of the data that a map will read. Rules give texts without blanks around them, numbers, words of closed lists and
 * moments, each checked against the shape of its field, and tell what is missing. So no event need be validated for that, unless
 * some rule may give something else.
 */
export interface Proof {
  /** False once a rule may give what the schema of its field refuses. */
  keepsSchema: boolean;
}

/** Notes a fault of a reference at its place. */
export function report(context: CompileContext, at: Place, fault: ScopeFault): void {
  context.problems.push(problem(at, fault.code, fault.fault, fault.remedy));
}
