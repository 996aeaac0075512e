/** Exit codes of every command. */
export const EXIT = { ok: 0, failure: 1, usage: 2, rejected: 3, unbalanced: 4 } as const;

/** Takes the exit code of a command. */
export type Done = (code: number) => void;
