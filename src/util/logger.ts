import pino from 'pino';
import type { Log } from './log.ts';

/** JSON lines on standard error: standard output is for data. Values under names that hold secrets are never written. */
export function createLogger(level: string): Log {
  const redact = ['password', 'secret', 'key', 'token', '*.password', '*.secret', '*.key', '*.token'];
  return pino(
    { level, base: null, redact, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
