import type { Dictionaries, SetDefinition } from '../edi/dictionary/types.ts';
import type { Finding } from '../edi/finding.ts';
import { structureOf } from '../edi/structure.ts';
import type { Structure } from '../edi/structure-types.ts';
import { problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { createCells } from './cells.ts';
import type { CodeTable } from './code-tables.ts';
import type { ObjectReader } from './compile-block.ts';
import { compileObject } from './compile-block.ts';
import type { CompileContext } from './compile-context.ts';
import { type CompiledEvent, commonShape, compileEvent } from './compile-event.ts';
import { type Frame, loopFrame, type ReadContext, type Recorder } from './frame.ts';
import { ReadFault } from './outcome.ts';
import { eventTypeFinding } from './read-findings.ts';
import { recordLineage, recordUnread } from './recorders.ts';
import type { MapSource } from './rules.ts';
import { rootBlock } from './scope.ts';
import type { CompiledMap, MapReading, ReadEvent } from './types.ts';

/** What a map is compiled with beside its own text. */
export interface CompileOptions {
  readonly dictionaries: Dictionaries;
  readonly tables: ReadonlyMap<string, CodeTable>;
  /** File of the overlay that was laid over it, or null. */
  readonly overlay: string | null;
}

/** Compiles a map once, to closures. Every problem is noted; null when there is any. */
export function compileMap(source: MapSource, options: CompileOptions, problems: Problem[]): CompiledMap | null {
  const before = problems.length;
  const found = findDefinition(source, options.dictionaries, problems);
  if (found === null) return null;
  const { definition } = found;
  const context: CompileContext = {
    standard: source.document.standard,
    dictionary: found.dictionary,
    definition,
    tables: options.tables,
    cells: createCells(problems),
    problems,
  };
  const event = compileEvent(source.event, rootBlock(definition.root), context);
  const shape = event === null ? null : commonShape(source.event, event.types, context);
  if (event === null || shape === null) return null;
  const data = compileObject(source.data, shape, event.block, context);
  if (problems.length > before) return null;
  return assemble(source, options, definition, event, data);
}

function findDefinition(source: MapSource, dictionaries: Dictionaries, problems: Problem[]) {
  const { standard, release, set, group, at } = source.document;
  const found = dictionaries.find(standard, release);
  if (found === undefined || !found.exact) {
    problems.push(
      problem(
        at,
        'MAP_RELEASE',
        `There are no tables for ${standard} ${release}.`,
        'Write the release of installed tables, as in 004010.',
      ),
    );
    return null;
  }
  const definition = found.dictionary.set(set);
  if (definition === undefined) {
    const what = `The tables of ${standard} ${release} have no set "${set}".`;
    problems.push(problem(at, 'MAP_SET', what, didYouMean(set, found.dictionary.sets)));
    return null;
  }
  if (group !== definition.group) {
    problems.push(
      problem(
        at,
        'MAP_SET',
        `A ${set} travels in a group ${definition.group}, not ${group}.`,
        `Write "group: ${definition.group}".`,
      ),
    );
  }
  return { dictionary: found.dictionary, definition };
}

function assemble(
  source: MapSource,
  options: CompileOptions,
  definition: SetDefinition,
  event: CompiledEvent,
  data: ObjectReader,
): CompiledMap {
  const { at: _at, ...document } = source.document;
  const overlaid = options.overlay === null ? '' : '+overlay';
  const run = (structure: Structure, recorder: Recorder | null): MapReading => {
    const laid =
      structure.definition === definition ? structure : structureOf(definition, structure.segments, () => {});
    return readEvents(laid, event, data, source, recorder);
  };
  return {
    name: source.name,
    version: source.version,
    pin: `${source.name}@${source.version}${overlaid}`,
    document,
    eventTypes: event.types,
    read: (structure) => run(structure, null),
    unread: (structure) => recordUnread(structure.segments, source, (recorder) => run(structure, recorder)),
    lineage: (structure) => recordLineage(structure.segments, options.overlay, (recorder) => run(structure, recorder)),
  };
}

function readEvents(
  structure: Structure,
  event: CompiledEvent,
  data: ObjectReader,
  source: MapSource,
  recorder: Recorder | null,
): MapReading {
  const findings: Finding[] = [];
  const context: ReadContext = { segments: structure.segments, findings, recorder };
  const root = loopFrame(structure.root, null, null);
  const events: ReadEvent[] = [];
  const frames = event.frames(context, root);
  if (frames.length === 0) findings.push(eventTypeFinding(structure.segments, 0, null, source.event.at));
  for (const [index, frame] of frames.entries()) {
    const type = event.typeOf(context, frame);
    if (type === null || type instanceof ReadFault) {
      findings.push(eventTypeFinding(structure.segments, frame.segment, type, source.event.at));
      continue;
    }
    recorder?.enter(events.length);
    const read = data(context, frame);
    recorder?.leave();
    const key = frames.length === 1 && source.event.each === null ? '' : frameKey(frame, index);
    if (read === undefined) continue;
    events.push({ type, key, data: read });
    for (const again of event.alsoOf(context, frame)) events.push({ type: again, key, data: read });
  }
  return findings.some(({ severity }) => severity === 'rejected') ? { events: [], findings } : { events, findings };
}

function frameKey(frame: Frame, index: number): string {
  return `${frame.instance.node.name}[${index + 1}]`;
}
