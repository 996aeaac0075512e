import type { Command } from 'commander';
import { accepted, type Finding } from '../edi/finding.ts';
import type { Structure } from '../edi/structure-types.ts';
import type { CanonicalEvent, Json } from '../events/types.ts';
import type { CompiledMap } from '../mapping/types.ts';
import { configurationOf } from './context.ts';
import { createTranslator } from './document-translator.ts';
import { type Done, EXIT } from './exit.ts';
import { findingLines } from './findings-table.ts';
import { printLine, say } from './output.ts';
import { readDocuments } from './read-documents.ts';

export function addExplain(program: Command, done: Done): void {
  program
    .command('explain')
    .summary('every field with its map line and bytes')
    .description(
      'Every field of every event with the line of the map that read it and the bytes it stood in; one JSON a line.',
    )
    .argument('<file>', 'file, or - for standard input')
    .option('--partner <id>', 'the partner whose agreements, overlays and time zone apply')
    .option('--map <name@version>', 'use this map')
    .addHelpText(
      'after',
      '\nExample:\n  crossdock explain partners/demo-3pl/samples/945-short-shipped.edi --partner demo-3pl | head -3',
    )
    .action(async (file: string, options: { partner?: string; map?: string }, command: Command) => {
      const configuration = await configurationOf(command);
      const translator = createTranslator(configuration, options);
      const found: Finding[] = [];
      const reading = await readDocuments(file, configuration.dictionaries, {
        document: async (document) => {
          const { events, findings } = translator.translate(document, file);
          found.push(...findings);
          const map = translator.mapFor(document);
          if (map === null || document.structure === null) return;
          for (const line of explained(map, document.structure, events)) await printLine(JSON.stringify(line));
        },
      });
      const findings = [...reading.findings, ...found];
      for (const finding of findings) say(findingLines(finding));
      done(accepted(findings) ? EXIT.ok : EXIT.rejected);
    });
}

/** One line a field, in the shape that people and programs read; the value is the event's own. */
function* explained(map: CompiledMap, structure: Structure, events: readonly CanonicalEvent[]) {
  for (const line of map.lineage(structure)) {
    const event = events[line.event];
    if (event === undefined) continue;
    yield {
      event: event.id,
      field: line.field,
      value: valueAt(event.data, line.field) ?? line.value,
      raw: line.raw,
      map: line.map,
      overlay: line.overlay ? line.map.file : null,
      segment: line.segment.tag,
      position: line.segment.position,
      element: line.element,
      component: line.component,
      bytes: line.bytes,
    };
  }
}

/** The value a JSON Pointer leads to. Names in events need no escaping. */
function valueAt(data: Json, pointer: string): Json | undefined {
  let found: Json | undefined = data;
  for (const name of pointer.split('/').slice(1)) {
    if (Array.isArray(found)) found = found[Number(name)];
    else if (typeof found === 'object' && found !== null && !Array.isArray(found))
      found = Object.entries(found).find(([key]) => key === name)?.[1];
    else return undefined;
  }
  return found;
}
