import type { Finding } from '../../edi/finding.ts';
import { decode } from '../../edi/segments.ts';
import type { Structure } from '../../edi/structure-types.ts';
import type { MapSource } from '../rules.ts';
import type { CompiledMap, FieldLineage, MapReading } from '../types.ts';
import type { MapWriter } from '../writing/compile-writer.ts';
import type { MapWriting } from '../writing/types.ts';
import type { LayoutSet } from './layout-set.ts';
import { leafPath, type SayNames, sayNames } from './tree-names.ts';
import { isTreeStructure, type Range, type TreePlaces } from './tree-structure.ts';

/** A map over the set of a layout, which tells everything in the names of the layout and the bytes of the file. */
export function asTreeMap(map: CompiledMap, source: MapSource, set: LayoutSet): CompiledMap {
  const say = sayNames(set);
  const read = (structure: Structure): MapReading => {
    const reading = map.read(structure);
    const findings = reading.findings.map((finding) => namedFinding(finding, structure, set, say));
    const events = reading.events.map((event) => ({ ...event, key: placeOf(event.key, set) }));
    return { events, findings, unread: unreadOf(reading.unread, structure, say) };
  };
  const { name, version, pin, document, kind, eventTypes, definition, layout, structureOf, tally } = map;
  return {
    name,
    version,
    pin,
    document,
    kind,
    source,
    eventTypes,
    definition,
    layout,
    structureOf,
    tally,
    read,
    expect: (structure) => map.expect(structure).map((finding) => namedFinding(finding, structure, set, say)),
    unread: (structure) => unreadOf(map.unread(structure), structure, say),
    lineage: (structure) => map.lineage(structure).map((line) => placedLine(line, structure, set)),
    get writer(): MapWriter {
      const { writer } = map;
      return {
        types: writer.types,
        get codedTypes() {
          return writer.codedTypes;
        },
        get domain() {
          return writer.domain;
        },
        get gaps() {
          return writer.gaps.map((gap) => ({ ...gap, what: say(gap.what), remedy: say(gap.remedy) }));
        },
        write: (events, context, verify): MapWriting => {
          const writing = writer.write(events, context, verify);
          return { ...writing, findings: writing.findings.map((finding) => said(finding, say)) };
        },
      };
    },
  };
}

function said(finding: Finding, say: SayNames): Finding {
  const { expected } = finding;
  return {
    ...finding,
    text: say(finding.text),
    remedy: say(finding.remedy),
    ...(expected === undefined ? {} : { expected: say(expected) }),
  };
}

/** A finding with the path and the bytes of the document; acknowledgments of EDI do not answer it. */
function namedFinding(
  { ack: _ack, ...finding }: Finding,
  structure: Structure,
  set: LayoutSet,
  say: SayNames,
): Finding {
  const named = said(finding, say);
  if (!isTreeStructure(structure)) return named;
  const { segment = 1, element } = finding.position;
  const path = pathOf(structure.places, segment - 1, element ?? null, structure, set);
  const [byte] = rangeOf(structure.places, segment - 1, element ?? null);
  return { ...named, path, position: { byte } };
}

/** `json/tracking/events[2]/status`: the kind of document, then the place in it. */
function pathOf(
  { paths }: TreePlaces,
  segment: number,
  element: number | null,
  { segments, definition }: Structure,
  { byTag }: LayoutSet,
): string {
  const plan = byTag.get(segments.tag(segment));
  const name = plan === undefined || element === null ? '' : (plan.leaves[element - 1]?.name ?? '');
  return [definition.type, paths[segment] ?? '', name === '.' ? '' : name].filter((step) => step !== '').join('/');
}

function rangeOf({ whole, elements }: TreePlaces, segment: number, element: number | null): Range {
  const own = element === null ? undefined : elements[segment]?.[element - 1];
  return own ?? whole[segment] ?? [0, 0];
}

function unreadOf(unread: readonly string[], structure: Structure, say: SayNames): readonly string[] {
  return [...new Set([...unread.map(say), ...(isTreeStructure(structure) ? structure.places.unknown : [])])];
}

/** The place of an event in its document: `stops[1]/stop[2]`. */
function placeOf(key: string, { byTag }: LayoutSet): string {
  return key
    .split('/')
    .map((step) => step.replace(/^[^[]*/, (tag) => byTag.get(tag)?.branch.name ?? tag))
    .join('/');
}

/** Lineage of a value, with the name of what holds it in place of the segment, and the file's own bytes. */
function placedLine(line: FieldLineage, structure: Structure, { byTag }: LayoutSet): FieldLineage {
  const plan = byTag.get(line.segment.tag);
  const tag = plan === undefined ? line.segment.tag : leafPath(plan, line.element);
  const named = { ...line, segment: { ...line.segment, tag } };
  if (!isTreeStructure(structure)) return named;
  const { places } = structure;
  const segment = line.segment.position - 1;
  const [start] = rangeOf(places, segment, line.element);
  const [, end] = rangeOf(places, segment, lastElement(line, structure));
  return { ...named, raw: decode(places.bytes, start, end), bytes: [start, end] };
}

/** The last of the elements that say the value together. */
function lastElement({ segment: { position }, element, bytes }: FieldLineage, { segments }: Structure): number {
  const count = segments.elementCount(position - 1);
  for (let last = element; last <= count; last++) if (segments.partEnd(position - 1, last) === bytes[1]) return last;
  return element;
}
