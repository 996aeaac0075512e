import { createHash, randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { configurationOf } from './context.ts';
import { partnerNamed } from './document-translator.ts';
import { type Done, EXIT } from './exit.ts';
import { printLine, say } from './output.ts';

const ID_DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 8;

const HELP = `
The key is shown once and kept nowhere: give it to the partner over a way that nobody else reads. Its line goes into the
partner's file, where it is no secret. To replace a key, list the new line beside the old one, and remove the old one when the
partner has changed over.
Example:
  crossdock key create --partner demo-3pl`;

export function addKey(program: Command, done: Done): void {
  const key = program.command('key').description('Keys with which partners post documents to us.');
  key
    .command('create')
    .description('Makes a key for a partner: the key on standard output, the line for its file beside it.')
    .requiredOption('--partner <id>', 'whose key it is')
    .option('--json', 'one JSON object with both')
    .addHelpText('after', HELP)
    .action(async ({ partner: id, json }: { partner: string; json?: boolean }, command: Command) => {
      const partner = partnerNamed(await configurationOf(command), id);
      const created = createKey(randomBytes);
      if (json === true) await printLine(JSON.stringify(created));
      else {
        await printLine(created.key);
        say(`This key is shown once. Add its line to ${partner.id}/partner.yaml:`);
        say(`  connections:\n    api:\n      http:\n        keys: [ ${created.line} ]`);
        say(
          `Then ${partner.name} may post: curl --data-binary @FILE -H "Authorization: Bearer KEY" …/partner/v1/documents`,
        );
      }
      done(EXIT.ok);
    });
}

/** A new key of 256 random bits, and what the partner's file holds of it. */
function createKey(random: (size: number) => Buffer): { readonly key: string; readonly line: string } {
  const id = [...random(ID_LENGTH)].map((byte) => ID_DIGITS.charAt(byte % ID_DIGITS.length)).join('');
  const key = `cdk_${id}.${random(32).toString('base64url')}`;
  const hash = createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
  return { key, line: `${id}:sha256:${hash}` };
}
