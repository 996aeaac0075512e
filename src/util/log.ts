/** Where a part of the program says what happened; a pino logger is one. Sentences begin with a capital and end with a period. */
export interface Log {
  info(details: object, sentence: string): void;
  /** Something is amiss and nothing is lost. */
  warn(details: object, sentence: string): void;
  /** Somebody must act. */
  error(details: object, sentence: string): void;
}
