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
}

/** Notes a fault of a reference at its place. */
export function report(context: CompileContext, at: Place, fault: ScopeFault): void {
  context.problems.push(problem(at, fault.code, fault.fault, fault.remedy));
}
