import type { Command } from 'commander';
import { addCertificate } from './as2-certificate.ts';
import { addSend } from './as2-send.ts';
import type { Done } from './exit.ts';

export function addAs2(program: Command, done: Done): void {
  const as2 = program
    .command('as2')
    .description('Messages over AS2, and the certificates they are signed and encrypted with.')
    .exitOverride();
  addSend(as2, done);
  addCertificate(as2, done);
  for (const command of as2.commands) command.exitOverride();
}
