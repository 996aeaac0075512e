import { type Command, InvalidArgumentError, Option } from 'commander';
import { createChecker } from '../edi/check/index.ts';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import type { FindingCode } from '../edi/finding-codes.ts';
import { readAll } from '../edi/read.ts';
import { createAcknowledgmentPreview } from '../inbound/acknowledgment-preview.ts';
import { FAULT_NAMES, FAULTS, type Fault, isFault } from '../mapping/sampling/faults.ts';
import type { SampleSize } from '../mapping/sampling/sample-event.ts';
import { isTreeFault, TREE_FAULT_NAMES, TREE_FAULTS, type TreeFault } from '../mapping/sampling/tree-faults.ts';
import { type CompiledMap, isSegmentDocument } from '../mapping/types.ts';
import { configurationOf } from './context.ts';
import { type Done, EXIT } from './exit.ts';
import { mapNamed } from './map-named.ts';
import { printBytes, printLine, say } from './output.ts';
import { sampleDocument, spoiledDocument } from './sample-document.ts';

/** Some names stand for a fault of either kind of document. */
const CHOICES: readonly string[] = [...new Set<string>([...FAULT_NAMES, ...TREE_FAULT_NAMES])];

interface SampleOptions {
  readonly seed: number;
  readonly minimal?: boolean;
  readonly maximal?: boolean;
  readonly event?: boolean;
  readonly invalid?: Fault | TreeFault;
  readonly ack?: boolean;
}

const HELP = `
The same seed gives the same document, as long as the map is the same. All values are made up. The document is valid: it
passes crossdock validate, and the map reads it. Sender and receiver are nobody's.
With --invalid it has one fault, and standard error tells the finding that it deserves (with --ack the answer does).
X12 and EDIFACT:
${FAULT_NAMES.map((name) => `  ${name.padEnd(27)} ${FAULTS[name].title}`).join('\n')}
JSON, XML and CSV:
${TREE_FAULT_NAMES.map((name) => `  ${name.padEnd(27)} ${TREE_FAULTS[name].title}`).join('\n')}
--ack shows the acknowledgment that the document deserves after it.
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
    .addOption(new Option('--event', 'the event in place of the document').conflicts(['invalid', 'ack']))
    .addOption(new Option('--invalid <fault>', 'a document with this fault').choices(CHOICES))
    .option('--ack', 'also the acknowledgment that it deserves')
    .addHelpText('after', HELP)
    .action(async (name: string, options: SampleOptions, command: Command) => {
      const { maps, dictionaries } = await configurationOf(command);
      const map = mapNamed(maps, name);
      const sample = sampleDocument(map, dictionaries, sizeOf(options), options.seed);
      const { invalid } = options;
      const bytes = invalid === undefined ? sample.bytes : spoiledDocument(sample, invalid, map, dictionaries);
      if (options.event === true) await printLine(JSON.stringify(sample.event));
      else await printBytes(bytes);
      if (invalid !== undefined && options.ack !== true) say(`It deserves ${deserved(invalid, map)}.`);
      if (options.ack === true) await printBytes(acknowledgmentOf(bytes, dictionaries));
      done(EXIT.ok);
    });
}

function deserved(fault: Fault | TreeFault, { document }: CompiledMap): FindingCode | null {
  if (isTreeFault(fault) && !isSegmentDocument(document)) return TREE_FAULTS[fault].code;
  return isFault(fault) ? FAULTS[fault].code : null;
}

function sizeOf({ minimal, maximal }: SampleOptions): SampleSize {
  return minimal === true ? 'minimal' : maximal === true ? 'maximal' : 'usual';
}

/** What would be answered to the document, at a moment that is always the same. */
function acknowledgmentOf(bytes: Buffer, dictionaries: Dictionaries): Buffer {
  const preview = createAcknowledgmentPreview('agreed', null, new Date('2026-12-05T06:05:00Z'));
  const checker = createChecker(dictionaries);
  for (const item of readAll(bytes)) {
    const checked = checker.check(item);
    if (checked !== null) preview.take(checked);
  }
  return preview.bytes;
}

function wholeNumber(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number of at most 9 digits.');
  return Number(text);
}
