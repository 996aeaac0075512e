import type { Software } from '../support/servers/binaries.ts';

/** Makes system calls of a program fail. */
export const STRACE: Software = { name: 'strace', programs: ['strace'], folders: [], package: 'strace' };

/** Gives a program another time than that of its machine. */
export const FAKETIME: Software = { name: 'libfaketime', programs: ['faketime'], folders: [], package: 'faketime' };
