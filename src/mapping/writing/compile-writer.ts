import type { Finding } from '../../edi/finding.ts';
import { accepted } from '../../edi/finding.ts';
import type { PlainSegment } from '../../edi/plain-segment.ts';
import type { Structure } from '../../edi/structure-types.ts';
import { eventType } from '../../events/event-types.ts';
import { localTimeOf } from '../../events/local-time.ts';
import { planOf } from '../../events/plan.ts';
import { type Shape, shapeOf } from '../../events/shape.ts';
import type { JsonObject } from '../../events/types.ts';
import { type Problem, sortProblems } from '../../util/problem.ts';
import type { CompileContext } from '../compile-context.ts';
import { tableTypes } from '../compile-event.ts';
import type { MapSource } from '../rules.ts';
import { type Block, enter, isFault, rootBlock } from '../scope.ts';
import type { CompiledMap, MapReading } from '../types.ts';
import { differences } from './compare.ts';
import { codedMeanings, type Domain, objectDomain } from './domain.ts';
import type { DraftInstance } from './draft.ts';
import { compileTypeWriter } from './event-type.ts';
import { compileObjectSteps, compileOpening } from './fields-writer.ts';
import { rootFrame, type WriteFrame } from './frames.ts';
import { writeGaps } from './gaps.ts';
import { overfull } from './room.ts';
import type { WriteRun } from './run.ts';
import { serialize } from './serialize.ts';
import { brokenNotes } from './syntax-notes.ts';
import { compileTotals } from './totals.ts';
import type { EventToWrite, MapWriting, WriteContext, WrittenDocument } from './types.ts';
import { differenceFinding, eventFinding, unsaidFinding } from './write-findings.ts';
import { saidNumbers } from './written-places.ts';

/** A map as a writer. Pure: same events, same documents. */
export interface MapWriter {
  /**
   * Writes events, in order, into as few documents as their headers allow, and reads each document back: what would be read
   * otherwise than it was said is a rejecting finding, and nothing is written. `verify: false` leaves that out, for the tests
   * of the laws.
   */
  write(events: readonly EventToWrite[], context: WriteContext, verify?: boolean): MapWriting;
  /** What the standard demands and no rule fills: a map with gaps is for reading alone. */
  readonly gaps: readonly Problem[];
  /** Every type of event that it writes. */
  readonly types: readonly string[];
  /** Those of them that a code of the map stands for: the others it writes where the event has the raw code alone. */
  readonly codedTypes: readonly string[];
  /** What the data of its events can say. */
  readonly domain: Extract<Domain, { kind: 'object' }>;
}

/** One event, written into a document of its own. */
interface Draft {
  readonly root: WriteFrame;
  /** The loop of the header that holds the event, where the map makes several events of a document. */
  readonly own: DraftInstance | null;
  readonly run: WriteRun;
}

/** Compiles a map, which is known to be good, for writing. */
export function compileWriter(
  source: MapSource,
  pin: string,
  context: CompileContext,
  structureOf: CompiledMap['structureOf'],
  read: (structure: Structure) => MapReading,
): MapWriter {
  const root = rootBlock(context.definition.root);
  const path =
    source.event.each === null ? [] : enter(root, source.event.each.value.fromTop, source.event.each.value.steps);
  const steps: readonly Block[] = isFault(path) ? [] : path;
  const block = steps.at(-1) ?? root;
  const open = steps.length === 0 ? null : compileOpening(root, steps, source.event.each?.at ?? source.event.at);
  const types = writtenTypes(source, context, block);
  const shape = shapeOfTypes(types);
  const typeWriter = compileTypeWriter(source.event, block, context);
  const data = compileObjectSteps(source.data, shape, block, context);
  const totals = compileTotals(source.data.write, block, context);
  const numbered = saidNumbers(source, context);

  const draftOf = (event: EventToWrite, { timezone }: WriteContext): Draft => {
    const frame = rootFrame(context.definition.root);
    const shared = { findings: [], unsaid: [], later: [], totals: [], lines: [] };
    const within = (entry: JsonObject): WriteRun => ({
      ...shared,
      local: (moment, place) => localTimeOf(moment, event.data, entry, place, timezone),
      within,
    });
    const run = within(event.data);
    const entry = open === null ? frame : open(run, frame);
    const own = open === null ? null : (frame.instance.children[0] ?? null);
    data.hints(run, entry, event.data, '');
    typeWriter?.(run, entry, event.type, '');
    data.values(run, entry, event.data, '');
    for (const step of run.later) step();
    return { root: frame, own, run };
  };

  const finish = (draft: Draft, findings: Finding[]): readonly PlainSegment[] => {
    const { standard } = context.definition;
    for (const step of draft.run.totals) step();
    totals?.(draft.run, draft.root, () => serialize(draft.root.instance, standard, numbered, []));
    findings.push(...brokenNotes(draft.root.instance), ...overfull(draft.root.instance));
    return serialize(draft.root.instance, standard, numbered, findings);
  };

  /** The header of a document as text: equal headers go into one document. */
  const headerOf = ({ root: { instance }, own }: Draft): string => {
    if (own === null) return '';
    const children = instance.children.filter((child) => child !== own);
    return JSON.stringify(serialize({ ...instance, children }, context.definition.standard, numbered, []));
  };

  let domain: MapWriter['domain'] | undefined;
  return {
    get gaps() {
      return sortProblems(writeGaps(source, context));
    },
    types,
    get codedTypes() {
      return source.event.by === null || source.event.types.length > 0
        ? types
        : codedMeanings(source.event.by, block, context).filter((type) => types.includes(type));
    },
    get domain() {
      domain ??= objectDomain(source.data, shape, block, context);
      return domain;
    },
    write(events, writeContext, verify = true) {
      const findings: Finding[] = [];
      const drafts: { readonly draft: Draft; readonly header: string; readonly events: number[] }[] = [];
      for (const [index, event] of events.entries()) {
        if (!types.includes(event.type)) {
          findings.push(eventFinding(`${pin} does not write ${event.type}.`, `It writes ${types.join(', ')}.`));
          continue;
        }
        const draft = draftOf(event, writeContext);
        findings.push(...draft.run.findings, ...draft.run.unsaid.map((pointer) => unsaidFinding(pointer, pin)));
        const header = headerOf(draft);
        const last = drafts.at(-1);
        if (last !== undefined && draft.own !== null && last.header === header) {
          last.draft.root.instance.children.push(draft.own);
          last.draft.run.totals.push(...draft.run.totals);
          last.events.push(index);
        } else drafts.push({ draft, header, events: [index] });
      }
      if (!accepted(findings)) return { documents: [], findings };
      const documents = drafts.map(
        ({ draft, events: said }): WrittenDocument => ({ segments: finish(draft, findings), events: said }),
      );
      if (verify && accepted(findings)) {
        for (const document of documents) findings.push(...readBack(document, events, writeContext));
      }
      return { documents: accepted(findings) ? documents : [], findings };
    },
  };

  function readBack(
    document: WrittenDocument,
    events: readonly EventToWrite[],
    { timezone }: WriteContext,
  ): readonly Finding[] {
    const structure = structureOf(document.segments);
    if ('why' in structure) return [eventFinding(structure.why, 'Change the value that holds the character.')];
    const reading = read(structure);
    const primary = reading.events.filter(({ type }) => types.includes(type));
    const said = document.events.map((index) => events[index]).filter((event) => event !== undefined);
    if (primary.length !== said.length) {
      const why = reading.findings.map(({ text }) => text).join(' ');
      return [
        eventFinding(
          `The document that ${pin} makes is read back as ${primary.length} events, not ${said.length}. ${why}`.trim(),
          'Nothing was written. Mend the map.',
        ),
      ];
    }
    return said.flatMap((event, index) => {
      const back = primary[index];
      if (back === undefined) return [];
      const type = back.type === event.type ? [] : [differenceFinding('', event.type, back.type, pin)];
      const found = differences(source.data, shape, event.data, withOffsets(event.type, back.data, timezone));
      return [...type, ...found.map(({ pointer, wanted, got }) => differenceFinding(pointer, wanted, got, pin))];
    });
  }
}

/** The one shape that all types of a map share; the map was compiled for reading, which saw to that. */
function shapeOfTypes([type = '']: readonly string[]): Extract<Shape, { kind: 'object' }> {
  const shape = shapeOf(type);
  return shape?.kind === 'object' ? shape : { kind: 'object', fields: new Map() };
}

function withOffsets(type: string, data: JsonObject, timezone: string | null): JsonObject {
  const entry = eventType(type);
  return entry === undefined ? data : planOf(entry.body).walk(data, timezone).data;
}

/** Every type that the map writes; those that only say an event again are made by reading. */
function writtenTypes({ event }: MapSource, context: CompileContext, block: Block): readonly string[] {
  if (event.by === null) return event.type === null ? [] : [event.type.value];
  if (event.types.length > 0) return [...new Set(event.types.map(({ type }) => type))];
  return tableTypes({ ...event, also: [] }, block, context).map(({ type }) => type);
}
