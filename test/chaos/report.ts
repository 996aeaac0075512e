import { codeOf, type Row } from './row.ts';

/** What became of a row. */
export interface Outcome {
  readonly row: Row;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, or how it failed. */
  readonly says: string;
  readonly seconds: number;
  /** What was done, line by line. */
  readonly faults: readonly string[];
}

/** `F017 redis flushed under load: passed, 12.3 s`. */
export function headline({ row, result, seconds, says }: Outcome): string {
  const why = result === 'skipped' ? `, ${says}` : '';
  return `${codeOf(row)} ${row.title}: ${result}${why}${seconds > 0 ? `, ${seconds.toFixed(1)} s` : ''}`;
}

/** The last lines: counts, and the names of what says nothing. */
export function summary(outcomes: readonly Outcome[]): readonly string[] {
  const of = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result);
  const names = [...of('failed'), ...of('skipped')].map((outcome) => `  ${headline(outcome)}`);
  return [...names, `${of('passed').length} passed, ${of('failed').length} failed, ${of('skipped').length} skipped`];
}
