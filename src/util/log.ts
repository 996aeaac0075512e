/** Where a part of the program says what happened; a pino logger is one. Sentences begin with a capital and end with a period. */
export interface Log {
  info(details: object, sentence: string): void;
  /** Something is amiss and nothing is lost. */
  warn(details: object, sentence: string): void;
  /** Somebody must act. */
  error(details: object, sentence: string): void;
}

/** The same log, with the connection in the details of each line. */
export function logOf(log: Log, connection: string): Log {
  return {
    info: (details, sentence) => log.info({ connection, ...details }, sentence),
    warn: (details, sentence) => log.warn({ connection, ...details }, sentence),
    error: (details, sentence) => log.error({ connection, ...details }, sentence),
  };
}
