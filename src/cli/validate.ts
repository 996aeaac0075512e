import { type Command, InvalidArgumentError, Option } from 'commander';
import { accepted, type Finding } from '../edi/finding.ts';
import { type AcknowledgmentChoice, createAcknowledgmentPreview } from '../inbound/acknowledgment-preview.ts';
import { withParties } from '../partners/parties.ts';
import { configurationOf, dictionariesOf, settingsOf } from './context.ts';
import { createTranslator, partnerNamed } from './document-translator.ts';
import { type Done, EXIT } from './exit.ts';
import { findingLines } from './findings-table.ts';
import { printBytes, printLine, say } from './output.ts';
import { readDocumentChunks } from './read-documents.ts';
import { openInput, translateTrees } from './tree-file.ts';

interface ValidateOptions {
  readonly partner?: string;
  readonly json?: boolean;
  readonly ack?: AcknowledgmentChoice;
}

const HELP = `
Exit code 3 when a finding rejects.
--ack shows what would be sent for the envelopes and documents of the file, whatever a partner's maps find. X12: a TA1 when
ISA14 asks for it or the interchange is rejected, and a 997 (--ack=999: a 999) for each group but those of acknowledgments.
EDIFACT: a CONTRL for each interchange but those of CONTRL alone. --ack=receipt shows the CONTRL, or TA1, of the receipt alone.
With --partner a plain --ack shows what "acknowledge" of its lines says. Its "severity" decides what is rejected.
Its control numbers count from 1; real ones are taken when an acknowledgment is sent. Date and time are now, UTC.
Example:
  crossdock validate partners/demo-3pl/samples/945-short-shipped.edi --partner demo-3pl
  crossdock validate partners/demo-3pl/samples/945-wrong-segment-count.edi --ack 2>/dev/null`;

const NO_ANSWER = 'No acknowledgment is sent: nothing in the file is to be answered, or none was agreed on.';

export function addValidate(program: Command, done: Done): void {
  program
    .command('validate')
    .summary('findings of a file')
    .description(
      'Every finding of a file: envelope, counts, structure, elements; with --partner also what its maps cannot read.',
    )
    .argument('<file>', 'file, or - for standard input')
    .option('--partner <id>', 'the partner whose agreements apply')
    .option('--json', 'one JSON object')
    .addOption(
      new Option('--ack [type]', 'the acknowledgment we would send on standard output, findings on standard error')
        .preset('agreed')
        .argParser(acknowledgmentType),
    )
    .addHelpText('after', HELP)
    .action(async (file: string, options: ValidateOptions, command: Command) => {
      const { partner: id } = options;
      // Without a partner neither maps nor partners are needed, and reading them takes longer than most files.
      const configuration = id === undefined ? null : await configurationOf(command);
      const dictionaries = configuration?.dictionaries ?? dictionariesOf(settingsOf(command).data);
      const partner = configuration === null || id === undefined ? null : partnerNamed(configuration, id);
      const translator =
        configuration === null || id === undefined ? null : createTranslator(configuration, { partner: id });
      const preview = options.ack === undefined ? null : createAcknowledgmentPreview(options.ack, partner, new Date());
      const { tree, chunks } = await openInput(file, null);
      if (tree !== null) {
        const { findings } = translateTrees(tree, file, configuration ?? (await configurationOf(command)), {
          partner: id,
        });
        await tellFindings(findings, options.json === true, printLine);
        if (options.ack !== undefined) say(NO_ANSWER);
        done(accepted(findings) ? EXIT.ok : EXIT.rejected);
        return;
      }
      const read: Finding[] = [];
      const reading = await readDocumentChunks(chunks, dictionaries, {
        charset: partner?.charset ?? undefined,
        graded: (checked) => {
          if (partner === null || translator === null) return checked;
          return translator.graded(withParties(checked, partner));
        },
        checked: (checked) => preview?.take(checked),
        document: (document) => {
          const found = translator?.translate(document, file).findings ?? [];
          if (found.length === 0) return undefined;
          return async () => {
            read.push(...found);
          };
        },
      });
      const findings = [...reading.findings, ...read];
      await tellFindings(findings, options.json === true, preview === null ? printLine : say);
      if (preview !== null) {
        for (const text of preview.impossible) say(text);
        if (options.json !== true && preview.bytes.length === 0 && preview.impossible.length === 0) say(NO_ANSWER);
        await printBytes(preview.bytes);
      }
      done(accepted(findings) ? EXIT.ok : EXIT.rejected);
    });
}

async function tellFindings(
  findings: readonly Finding[],
  json: boolean,
  tell: (line: string) => Promise<void> | void,
): Promise<void> {
  const result = { accepted: accepted(findings), findings };
  if (json) {
    await tell(JSON.stringify(result));
    return;
  }
  for (const finding of findings) await tell(findingLines(finding));
  say(result.accepted ? `Accepted, ${findings.length} finding${findings.length === 1 ? '' : 's'}.` : 'Rejected.');
}

function acknowledgmentType(text: string): AcknowledgmentChoice {
  if (text === 'agreed' || text === '997' || text === '999' || text === 'receipt') return text;
  throw new InvalidArgumentError('Write --ack, --ack=997, --ack=999 or --ack=receipt, and the file before it.');
}
