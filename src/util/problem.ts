/** A place in a configuration file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A fault of configuration, found at load. `what` says what is wrong with the value, `remedy` what to do. */
export interface Problem extends Place {
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

/** The one line people and editors read: `file:line:column CODE what. What to do.` */
export function problemLine(problem: Problem): string {
  const { file, line, column, code, what, remedy } = problem;
  return `${file}:${line}:${column} ${code} ${what} ${remedy}`;
}

/** Sorted by place, each said once. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const byLine = new Map(problems.map((problem) => [problemLine(problem), problem]));
  return [...byLine.values()].sort(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
