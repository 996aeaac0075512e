import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Software } from './binaries.ts';

/** The independent program that messages are exchanged with. */
export const OPENSSL: Software = {
  name: 'OpenSSL',
  programs: ['openssl'],
  folders: ['/opt/homebrew/bin'],
  package: 'openssl',
};

/** Runs openssl; its standard output. Throws with what it said when it fails. */
export async function openssl(words: readonly string[], input: Buffer = Buffer.alloc(0)): Promise<Buffer> {
  const running = promisify(execFile)('openssl', [...words], { encoding: 'buffer', maxBuffer: 1 << 28 });
  running.child.stdin?.on('error', () => {});
  running.child.stdin?.end(input);
  return (await running).stdout;
}
