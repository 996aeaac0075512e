import { type Paths, pathsOf } from '../edi/check/paths.ts';
import type { Dictionaries, Dictionary, SetDefinition } from '../edi/dictionary/types.ts';
import type { Standard } from '../edi/envelope.ts';
import type { Finding } from '../edi/finding.ts';
import type { PlainSegment } from '../edi/plain-segment.ts';
import { structureOf } from '../edi/structure.ts';
import type { Structure } from '../edi/structure-types.ts';
import { problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { Scratch } from '../util/scratch.ts';
import { didYouMean } from '../util/suggest.ts';
import { createCells } from './cells.ts';
import type { CodeTable } from './code-tables.ts';
import { compileObject } from './compile-block.ts';
import type { CompileContext, Proof } from './compile-context.ts';
import { type CompiledEvent, commonShape, compileEvent } from './compile-event.ts';
import { Coverage, writtenTargets } from './coverage.ts';
import { createEventPlaces } from './event-place.ts';
import { compileExpectations, type ExpectationCheck } from './expectations/compile.ts';
import { loopFrame, type ReadContext, type Recorder } from './frame.ts';
import { type Levels, levelsOf } from './levels.ts';
import { recordLineage } from './lineage.ts';
import type { ObjectReader } from './object-reader.ts';
import { ReadFault } from './outcome.ts';
import { emptyFinding, eventTypeFinding, noEventFinding, withPaths } from './read-findings.ts';
import type { DocumentSource, EventSource, MapSource } from './rules.ts';
import { rootBlock } from './scope.ts';
import { asTreeMap } from './trees/as-tree.ts';
import type { TreeDocument } from './trees/layout.ts';
import { type LayoutSet, layoutSet } from './trees/layout-set.ts';
import { lowered } from './trees/lower.ts';
import { structureOfPlain } from './trees/rows.ts';
import { isTreeStandard } from './trees/standards.ts';
import { sayNames } from './trees/tree-names.ts';
import type { CompiledMap, MapReading, ReadEvent, ReadTally } from './types.ts';
import { compileWriter, type MapWriter } from './writing/compile-writer.ts';
import { structureOfSegments } from './writing/read-back.ts';

/** What a map is compiled with beside its own text. */
export interface CompileOptions {
  readonly dictionaries: Dictionaries;
  readonly tables: ReadonlyMap<string, CodeTable>;
  /** File of the overlay that was laid over it, or null. */
  readonly overlay: string | null;
}

/** Compiles a map once, to closures. Every problem is noted; null when there is any. */
export function compileMap(source: MapSource, options: CompileOptions, problems: Problem[]): CompiledMap | null {
  const { standard, tree, set } = source.document;
  if (isTreeStandard(standard) || tree !== null)
    return tree === null ? null : compileTreeMap(source, tree, set, options, problems);
  const found = findDefinition({ ...source.document, standard }, options.dictionaries, problems);
  return found === null ? null : compileOver(source, found, null, options, problems);
}

/** The same for JSON, XML and CSV, over the set that the layout of the map makes; told in the names of the layout. */
function compileTreeMap(
  source: MapSource,
  tree: TreeDocument,
  name: string,
  options: CompileOptions,
  problems: Problem[],
): CompiledMap | null {
  const layout = layoutSet(name, tree);
  const found: Problem[] = [];
  const rules = lowered(source, layout, found);
  const map = found.length > 0 ? null : compileOver(rules, layout, layout, options, found);
  const say = sayNames(layout);
  problems.push(...found.map((each) => ({ ...each, what: say(each.what), remedy: say(each.remedy) })));
  return map === null ? null : asTreeMap(map, source, layout);
}

function compileOver(
  source: MapSource,
  found: { readonly dictionary: Dictionary; readonly definition: SetDefinition },
  layout: LayoutSet | null,
  options: CompileOptions,
  problems: Problem[],
): CompiledMap | null {
  const before = problems.length;
  const { definition } = found;
  const context: CompileContext = {
    standard: source.document.standard,
    dictionary: found.dictionary,
    definition,
    tables: options.tables,
    cells: createCells(problems),
    problems,
    proof: { keepsSchema: true },
  };
  const event = compileEvent(source.event, rootBlock(definition.root), context);
  if (event === null) return null;
  const shape = commonShape(source.event, event.types, context);
  if (shape === null) return null;
  const data = compileObject(source.data, shape, event.block, context);
  const expectations = compileExpectations(source.expect, context);
  if (problems.length > before) return null;
  return assemble(source, options, context, layout, event, data, expectations);
}

function findDefinition(
  { standard, release, set, group, at }: DocumentSource & { readonly standard: Standard },
  dictionaries: Dictionaries,
  problems: Problem[],
) {
  const having = dictionaries.find(standard, release, set);
  const found = having?.exact === true ? having : dictionaries.find(standard, release);
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
  context: CompileContext,
  layout: LayoutSet | null,
  event: CompiledEvent,
  data: ObjectReader,
  expectations: ExpectationCheck | null,
): CompiledMap {
  const { dictionary, definition } = context;
  const { at: _at, ...document } = source.document;
  const overlaid = options.overlay === null ? '' : '+overlay';
  const written = writtenTargets(source.data, dictionary);
  const unreadOf = (coverage: Coverage): readonly string[] => coverage.unread(written, dictionary);
  const laid = (structure: Structure): Structure =>
    structure.definition === definition ? structure : structureOf(definition, structure.segments, () => {});
  const run = (structure: Structure, recorder: Recorder | null): MapReading =>
    readEvents(laid(structure), event, data, source, context.proof, unreadOf, recorder);
  const pin = `${source.name}@${source.version}${overlaid}`;
  const ofSegments = (segments: readonly PlainSegment[]): ReturnType<CompiledMap['structureOf']> =>
    layout === null ? structureOfSegments(definition, segments) : structureOfPlain(layout, segments);
  let writer: MapWriter | null = null;
  return {
    name: source.name,
    version: source.version,
    pin,
    document,
    kind: layout === null ? event.kind : [],
    source,
    eventTypes: event.types,
    definition,
    layout,
    structureOf: ofSegments,
    read: (structure) => run(structure, null),
    expect: (structure) => (expectations === null ? [] : expected(laid(structure), expectations)),
    unread: (structure) => run(structure, null).unread,
    tally: (structure) => {
      let tally: ReadTally = { elements: 0, known: 0 };
      const count = (coverage: Coverage): readonly string[] => {
        tally = coverage.tally(written);
        return [];
      };
      readEvents(laid(structure), event, data, source, context.proof, count, null);
      return tally;
    },
    lineage: (structure) => recordLineage(structure.segments, options.overlay, (recorder) => run(structure, recorder)),
    get writer() {
      writer ??= compileWriter(source, pin, context, ofSegments, (structure) => run(structure, null));
      return writer;
    },
  };
}

/** A document is read in one go, and never inside the reading of another. */
const coverageRoom = new Scratch();
const tagBitsRoom = new Scratch();

/** What reading one document needs. */
function readContextOf({ segments }: Structure, { outer }: Levels, recorder: Recorder | null): ReadContext {
  const tags = segments.tagKeys;
  const coverage = new Coverage(segments, tags, coverageRoom.filled(2 * tags.length, 0));
  const tagBits = tagBitsRoom.filled(tags.length, 0);
  return { segments, tags, tagBits, children: new Map(), findings: [], outer, coverage, recorder };
}

function readEvents(
  structure: Structure,
  event: CompiledEvent,
  data: ObjectReader,
  source: MapSource,
  proof: Proof,
  unreadOf: (coverage: Coverage) => readonly string[],
  recorder: Recorder | null,
): MapReading {
  const levels = levelsOf(structure);
  const context = readContextOf(structure, levels, recorder);
  const { findings, coverage } = context;
  const root = loopFrame(context, levels.root, null, null);
  // A blank that is released may stand at the end of a text.
  const keepsSchema = proof.keepsSchema && structure.segments.delimiters.release === null;
  const events: ReadEvent[] = [];
  const frames = event.frames.all(context, root);
  const placeOf = source.event.each === null ? () => '' : createEventPlaces(structure.segments);
  if (frames.length === 0) {
    findings.push(noEventFinding(structure.segments, 0, source.event.each?.value.text ?? '', source.event.at));
  }
  for (const frame of frames) {
    const type = event.typeOf(context, frame);
    if (type instanceof ReadFault) {
      findings.push(eventTypeFinding(structure.segments, type, source.event.at));
      continue;
    }
    if (type === null) {
      findings.push(noEventFinding(structure.segments, frame.segment, codeText(source.event.by), source.event.at));
      continue;
    }
    recorder?.enter(events.length);
    const read = data.read(context, frame);
    recorder?.leave();
    if (read === undefined) {
      findings.push(emptyFinding(structure.segments, frame.segment, source.data.at));
      continue;
    }
    const key = placeOf(frame);
    events.push({ type, key, data: read, keepsSchema });
    for (const again of event.alsoOf(context, frame)) events.push({ type: again, key, data: read, keepsSchema });
  }
  const unread = unreadOf(coverage);
  if (findings.length === 0) return { events, findings, unread };
  const rejected = findings.some(({ severity }) => severity === 'rejected');
  return { events: rejected ? [] : events, findings: withPaths(findings, structure), unread };
}

function expected(structure: Structure, expectations: ExpectationCheck): readonly Finding[] {
  const levels = levelsOf(structure);
  const context = readContextOf(structure, levels, null);
  let paths: Paths | undefined;
  const told = { segments: structure.segments, paths: () => (paths ??= pathsOf(structure)) };
  expectations(context, loopFrame(context, levels.root, null, null), told);
  return context.findings;
}

/** The references of a `by` as a sentence names them: `AT701 or AT703`. */
function codeText(by: EventSource['by']): string {
  if (by === null) return 'type';
  const rules = by.kind === 'value' ? [by] : by.alternatives;
  return rules.map(({ parts }) => parts.map(({ value }) => value.text).join(' and ')).join(' or ');
}
