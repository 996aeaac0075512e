import type { Log } from '../../src/util/log.ts';

/** A log that keeps what it is told. */
export interface RecordingLog extends Log {
  readonly lines: readonly { readonly level: keyof Log; readonly details: object; readonly sentence: string }[];
}

export function createRecordingLog(): RecordingLog {
  const lines: { level: keyof Log; details: object; sentence: string }[] = [];
  return {
    lines,
    info: (details, sentence) => lines.push({ level: 'info', details, sentence }),
    warn: (details, sentence) => lines.push({ level: 'warn', details, sentence }),
    error: (details, sentence) => lines.push({ level: 'error', details, sentence }),
  };
}
