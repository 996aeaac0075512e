import type { Software } from '../support/servers/binaries.ts';

/** Makes system calls of a program fail. */
export const STRACE: Software = { name: 'strace', programs: ['strace'], folders: [], package: 'strace' };
