import type { SetDefinition } from '../edi/dictionary/types.ts';
import type { Standard } from '../edi/envelope.ts';
import type { Finding } from '../edi/finding.ts';
import type { PlainSegment } from '../edi/plain-segment.ts';
import type { Structure } from '../edi/structure-types.ts';
import type { JsonObject } from '../events/types.ts';
import type { DocumentKind } from './document-kind.ts';
import type { MapSource } from './rules.ts';
import type { TreeDocument } from './trees/layout.ts';
import type { LayoutSet } from './trees/layout-set.ts';
import { isTreeStandard, type MapStandard } from './trees/standards.ts';
import type { MapWriter } from './writing/compile-writer.ts';

/** Which documents a map reads. */
export interface MapDocument {
  readonly standard: MapStandard;
  /** Of JSON, XML and CSV the name of the map, which is what agreements call the document; release and group are empty. */
  readonly set: string;
  readonly release: string;
  readonly group: string;
  /** The layout of documents that no dictionary describes; null for X12 and EDIFACT. */
  readonly tree: TreeDocument | null;
}

/** A document of X12 or EDIFACT. */
export interface SegmentDocument extends MapDocument {
  readonly standard: Standard;
}

export function isSegmentDocument(document: MapDocument): document is SegmentDocument {
  return !isTreeStandard(document.standard);
}

/** One event as a map reads it: times that name no zone are still local (`2026-12-04T10:30:00`). */
export interface ReadEvent {
  readonly type: string;
  /** Place of the event in its document (`LX[1]/AT7[2]`), empty when the document makes one event. Part of the event's id. */
  readonly key: string;
  readonly data: JsonObject;
  /** True where no value can break the schema of the event, moments aside (see `Proof`). */
  readonly keepsSchema: boolean;
}

/** What reading one document gave. With a rejecting finding there are no events. */
export interface MapReading {
  readonly events: readonly ReadEvent[];
  readonly findings: readonly Finding[];
  /** Segments and elements that no rule read, as references in document order, each once. */
  readonly unread: readonly string[];
}

/** Where a field's value stood: for lineage. Bytes are of the file, end exclusive. */
export interface FieldLineage {
  /** Index in MapReading.events. */
  readonly event: number;
  /** JSON Pointer into data. */
  readonly field: string;
  readonly value: string | number;
  /** The text of the bytes. */
  readonly raw: string;
  readonly map: { readonly file: string; readonly line: number };
  /** True when the rule stands in an overlay. */
  readonly overlay: boolean;
  readonly segment: { readonly position: number; readonly tag: string };
  readonly element: number;
  readonly component: number | null;
  readonly bytes: readonly [number, number];
}

/** How much of a document its map knows. What the engine makes (envelope, counters, totals) does not count. */
export interface ReadTally {
  /** Elements that hold something. */
  readonly elements: number;
  /** Those of them that a rule reads, looks at, or writes. */
  readonly known: number;
}

/** A map ready to read and write documents. Pure: same structure or events, same result. */
export interface CompiledMap {
  readonly name: string;
  readonly version: string;
  /** `x12/856@1.0.0`, with `+overlay` when one was laid over it. */
  readonly pin: string;
  readonly document: MapDocument;
  /** Which documents of its set it is for; of JSON, XML and CSV all. */
  readonly kind: DocumentKind;
  /** The rules as they are written, parts and overlay laid in. */
  readonly source: MapSource;
  /** Every event type it can make. */
  readonly eventTypes: readonly string[];
  /** The set of its documents: of a dictionary, or what the layout makes. */
  readonly definition: SetDefinition;
  /** The layout as a set; null for X12 and EDIFACT, whose sets stand in dictionaries. */
  readonly layout: LayoutSet | null;
  read(structure: Structure): MapReading;
  /** A document that was written, as if it had been read; or why it cannot be. */
  structureOf(segments: readonly PlainSegment[]): Structure | { readonly why: string };
  /** What the agreement demands on top of the standard (`expect:`) and the document lacks. */
  expect(structure: Structure): readonly Finding[];
  /** What no rule read, of a reading of its own. */
  unread(structure: Structure): readonly string[];
  /** How much of the document the map knows, of a reading of its own. */
  tally(structure: Structure): ReadTally;
  /** Reads again and tells for each value where it stood. */
  lineage(structure: Structure): readonly FieldLineage[];
  /** The map as a writer of documents, made on first use. */
  readonly writer: MapWriter;
}
