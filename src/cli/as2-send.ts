import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { GatewayError } from '../errors.ts';
import type { As2Connection } from '../partners/as2-types.ts';
import type { TradingPartner } from '../partners/types.ts';
import { createSecrets } from '../settings/secrets.ts';
import { readAgreement } from '../transports/as2/agreement.ts';
import { createAs2Sender } from '../transports/as2/sender.ts';
import { createSentMessages } from '../transports/as2/sent-messages.ts';
import { createSpool } from '../transports/as2/spool.ts';
import { createHttpClient } from '../transports/http/client.ts';
import type { Outgoing } from '../transports/types.ts';
import { systemClock } from '../util/clock.ts';
import { createIds } from '../util/ids.ts';
import { didYouMean } from '../util/suggest.ts';
import { configurationOf, settingsOf } from './context.ts';
import { type Done, EXIT } from './exit.ts';
import { readInput } from './input.ts';
import { printLine, say } from './output.ts';

export function addSend(as2: Command, done: Done): void {
  as2
    .command('send')
    .summary('a file to a partner, now')
    .description(
      'Sends one file as a message, as agreed with the partner, and checks the MDN. Nothing of it is kept in the ledger. When the MDN comes later, the running gateway on the same data folder takes it.',
    )
    .argument('<file>', 'file to send')
    .requiredOption('--partner <id>', 'whom to send it to')
    .option('--connection <name>', 'which of its AS2 connections (default: the only one)')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExit code 1 when the partner does not have it.\nExample:\n  crossdock as2 send order.edi --partner acme-3pl',
    )
    .action(
      async (file: string, options: { partner: string; connection?: string; json?: boolean }, command: Command) => {
        const settings = settingsOf(command);
        const { partners } = await configurationOf(command);
        const { partner, connection } = connectionOf(partners, options.partner, options.connection);
        const clock = systemClock;
        const ids = createIds(clock);
        const client = createHttpClient({ allowPrivate: settings.allowPrivateTargets });
        const folder = join(settings.data, 'as2');
        const secrets = createSecrets({ environment: process.env, folder: settings.secrets });
        const sender = createAs2Sender({
          agreement: await readAgreement(partner, connection, secrets),
          client,
          sent: createSentMessages(folder),
          clock,
          ids,
          keep: () => createSpool(join(folder, 'spool')),
        });
        const receipt = await sender.send(await outgoing(file, ids('msg'))).finally(() => client.close());
        if (options.json === true) await printLine(JSON.stringify(receipt));
        else {
          const fate = receipt.confirmed ? 'The partner has it' : 'The MDN comes later';
          say(`${fate}: ${receipt.reference}${receipt.says === null ? '' : ` (${receipt.says})`}`);
        }
        done(EXIT.ok);
      },
    );
}

function connectionOf(
  partners: readonly TradingPartner[],
  id: string,
  name: string | undefined,
): { readonly partner: TradingPartner; readonly connection: As2Connection } {
  const partner = partners.find((one) => one.id === id);
  if (partner === undefined) {
    const known = partners.map((one) => one.id);
    throw new GatewayError('PARTNER_NOT_FOUND', `there is no partner "${id}". ${didYouMean(id, known)}`);
  }
  const all = partner.connections.filter((one) => one.kind === 'as2');
  const [connection, second] = name === undefined ? all : all.filter((one) => one.id === name);
  const names = all.map((one) => one.id).join(', ') || 'none';
  if (connection === undefined) {
    throw new GatewayError('NOT_FOUND', `${id} has no such connection over AS2. It has: ${names}.`);
  }
  if (second !== undefined) {
    throw new GatewayError(
      'REQUEST_INVALID',
      `${id} has several connections over AS2: ${names}. Say which with --connection.`,
    );
  }
  return { partner, connection };
}

async function outgoing(file: string, id: string): Promise<Outgoing> {
  if (file === '-') throw new GatewayError('REQUEST_INVALID', 'A message is sent from a file. Name one.');
  const hash = createHash('sha256');
  let start: Buffer = Buffer.alloc(0);
  for await (const chunk of readInput(file)) {
    if (start.length === 0) start = chunk.subarray(0, 16);
    hash.update(chunk);
  }
  return {
    id,
    name: basename(file),
    contentType: contentTypeOf(start.toString('latin1')),
    size: (await stat(file)).size,
    sha256: hash.digest('hex'),
    open: () => readInput(file),
  };
}

function contentTypeOf(start: string): string {
  if (start.startsWith('ISA')) return 'application/edi-x12';
  if (/^UN[AB]/.test(start)) return 'application/edifact';
  return /^\s*</.test(start) ? 'application/xml' : 'application/octet-stream';
}
