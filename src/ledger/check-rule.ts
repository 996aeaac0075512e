import type { RawBuilder } from 'kysely';

/** Something that breaks a rule of the books. */
export interface Fault {
  readonly subject: string;
  /** Figures for the sentence. */
  readonly is: string | number | null;
  readonly should: string | number | null;
}

/** One equation that must hold, as the question for the rows that break it. */
export interface Rule {
  readonly equation: string;
  readonly faults: RawBuilder<Fault>;
  readonly text: (fault: Fault) => string;
}
