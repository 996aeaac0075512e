import { type Command, InvalidArgumentError } from 'commander';
import type { Gateway, Role } from '../main.ts';
import { shownPath } from '../partners/configuration.ts';
import { configurationOf, settingsOf } from './context.ts';
import type { Done } from './exit.ts';
import { EXIT } from './exit.ts';
import { printLine, say } from './output.ts';

/** Milliseconds that what runs may take to finish; whoever asked us to stop will not wait much longer. */
const GRACE = 25_000;
/** As main.ts has them, which is loaded only to start. */
const ROLE_NAMES: readonly Role[] = ['receive', 'work', 'serve'];

export function addStart(program: Command, done: Done): void {
  program
    .command('start')
    .summary('runs the gateway')
    .description(
      'Runs the gateway until it is told to stop (Ctrl-C or SIGTERM). When ready, one JSON line says where it listens.',
    )
    .option(
      '--roles <list>',
      'what this process does, of several on one database: receive, work, serve',
      parseRoles,
      ROLE_NAMES,
    )
    .option('--hints', 'say what to try next (default: when a person is at the terminal)')
    .addHelpText(
      'after',
      '\nSettings: crossdock.yaml, and environment variables that win over it (CROSSDOCK_DATA, CROSSDOCK_OPERATIONS, …).\nExample:\n  CROSSDOCK_OPERATIONS=127.0.0.1:9080 crossdock start',
    )
    .action(async (options: { roles: readonly Role[]; hints?: boolean }, command: Command) => {
      // Loaded here so that no other command waits for the server and its libraries.
      const { startGateway } = await import('../main.ts');
      const settings = settingsOf(command);
      const gateway = await startGateway(settings, await configurationOf(command), options.roles);
      await printLine(JSON.stringify({ ready: true, operations: gateway.operations, partner: gateway.partner }));
      if (options.hints ?? process.stderr.isTTY) for (const line of hints(gateway)) say(line);
      await stopSignal();
      if (!(await finishes(gateway.stop()))) {
        say(`Not everything finished within ${GRACE / 1000} seconds; it goes on at the next start.`);
        process.exit(EXIT.ok);
      }
      done(EXIT.ok);
    });
}

/** What a person at the terminal can try next. */
function hints(gateway: Gateway): readonly string[] {
  const demo = gateway.dropFolders.find((folder) => folder.includes('demo-3pl'));
  return [
    '',
    'Crossdock is running. In another terminal:',
    ...(demo === undefined ? [] : [`  cp partners/demo-3pl/samples/945-short-shipped.edi ${shownPath(demo)}/`]),
    `  curl -s ${gateway.operations}/v1/events`,
    '  bin/crossdock events --follow',
    '  bin/crossdock ledger check',
    'Ctrl-C stops it. README.md goes on from here.',
    '',
  ];
}

function parseRoles(text: string): readonly Role[] {
  return text.split(',').map((name) => {
    const role = ROLE_NAMES.find((known) => known === name.trim());
    if (role !== undefined) return role;
    throw new InvalidArgumentError(`"${name}" is no role. Use one or more of ${ROLE_NAMES.join(', ')}, with commas.`);
  });
}

/** Whether it ends in time. */
async function finishes(work: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), GRACE);
  const inTime = await Promise.race([work.then(() => true), promise]);
  clearTimeout(timer);
  return inTime;
}

/** Resolves at the first SIGINT or SIGTERM; the second ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    // One listener for all signals of a kind: a second one that comes before the first is handled would be lost with its listener.
    const stopOr = (code: number) => (): void => {
      if (told) process.exit(code);
      told = true;
      resolve();
    };
    process.on('SIGINT', stopOr(130));
    process.on('SIGTERM', stopOr(143));
  });
}
