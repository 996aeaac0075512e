import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SampleSize } from '../mapping/sampling/sample-event.ts';
import { configurationOf } from './context.ts';
import { type Done, EXIT } from './exit.ts';
import { mapNamed } from './map-named.ts';
import { printBytes, printLine } from './output.ts';
import { sampleDocument } from './sample-document.ts';

interface SampleOptions {
  readonly seed: number;
  readonly minimal?: boolean;
  readonly maximal?: boolean;
  readonly event?: boolean;
}

const HELP = `
The same seed gives the same document, as long as the map is the same. All values are made up. The document is valid: it
passes crossdock validate, and the map reads it. Sender and receiver are nobody's.
Example:
  crossdock map sample x12/940 --seed 7
  crossdock map sample x12/940 --maximal | crossdock translate - --map x12/940@1.0.0`;

export function addMapSample(group: Command, done: Done): void {
  group
    .command('sample')
    .summary('a valid document that a map reads')
    .description('Writes a document with envelope and made-up values, out of what a map can say.')
    .argument('<name>', 'the map, as in x12/940 or x12/940@1.0.0')
    .option('--seed <number>', 'another seed, another document', wholeNumber, 1)
    .addOption(new Option('--minimal', 'only what must be there').conflicts('maximal'))
    .option('--maximal', 'everything that goes together')
    .option('--event', 'the event in place of the document')
    .addHelpText('after', HELP)
    .action(async (name: string, options: SampleOptions, command: Command) => {
      const { maps, dictionaries } = await configurationOf(command);
      const { event, bytes } = sampleDocument(mapNamed(maps, name), dictionaries, sizeOf(options), options.seed);
      if (options.event === true) await printLine(JSON.stringify(event));
      else await printBytes(bytes);
      done(EXIT.ok);
    });
}

function sizeOf({ minimal, maximal }: SampleOptions): SampleSize {
  return minimal === true ? 'minimal' : maximal === true ? 'maximal' : 'usual';
}

function wholeNumber(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number of at most 9 digits.');
  return Number(text);
}
