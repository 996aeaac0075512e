import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { GatewayError, messageOf } from '../errors.ts';
import { addAs2 } from './as2.ts';
import { addAudit } from './audit.ts';
import { addCheck } from './check.ts';
import { addDictionary } from './dictionary.ts';
import { addEvents } from './events.ts';
import { addExceptions } from './exceptions.ts';
import { EXIT } from './exit.ts';
import { addExplain } from './explain.ts';
import { addInspect } from './inspect.ts';
import { addKey } from './key.ts';
import { addLedger } from './ledger.ts';
import { addMap } from './map.ts';
import { addPartner } from './partner.ts';
import { addRender } from './render.ts';
import { addReplay } from './replay.ts';
import { addStart } from './start.ts';
import { addTrace } from './trace.ts';
import { addTranslate } from './translate.ts';
import { addValidate } from './validate.ts';

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** Runs one command and answers the exit code: 0 ok, 1 failure, 2 usage, 3 findings reject, 4 ledger not balanced. */
async function run(words: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const done = (result: number): void => {
    code = result;
  };
  const program = new Command('crossdock')
    .description(
      'EDI partner gateway: documents of partners become one stream of canonical events, and events become documents.',
    )
    .version(version)
    .option('--config <folder>', 'folder of crossdock.yaml, maps/ and partners/ (default: the nearest one upwards)')
    .showHelpAfterError('(crossdock --help lists the commands)')
    .showSuggestionAfterError(true)
    .exitOverride();
  for (const add of [
    addStart,
    addCheck,
    addInspect,
    addValidate,
    addTranslate,
    addRender,
    addExplain,
    addEvents,
    addTrace,
    addLedger,
    addExceptions,
    addReplay,
    addAudit,
    addKey,
    addPartner,
    addDictionary,
    addMap,
    addAs2,
  ]) {
    add(program, done);
  }
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return code;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const code = error instanceof GatewayError ? `${error.code} ` : '';
  process.stderr.write(`crossdock: ${code}${messageOf(error)}\n`);
  process.exitCode = EXIT.failure;
}
