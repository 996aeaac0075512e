import { createChecker } from '../edi/check/index.ts';
import type { Dictionaries, Dictionary } from '../edi/dictionary/types.ts';
import { accepted, type Finding } from '../edi/finding.ts';
import { readAll } from '../edi/read.ts';
import { GatewayError } from '../errors.ts';
import { type Fault, isFault, spoiled } from '../mapping/sampling/faults.ts';
import { type SampleSize, sampleEvent } from '../mapping/sampling/sample-event.ts';
import { isTreeFault, spoiledTree, type TreeFault } from '../mapping/sampling/tree-faults.ts';
import { type CompiledMap, type FieldLineage, isSegmentDocument, type SegmentDocument } from '../mapping/types.ts';
import type { EventToWrite } from '../mapping/writing/types.ts';
import { writeEnvelope } from '../outbound/envelope.ts';
import { render } from '../outbound/render.ts';
import { renderTree } from '../outbound/render-tree.ts';
import { PLAIN_ENVELOPE, plainContext } from './plain-rendering.ts';

/** A document that nobody sent: valid, read by its map, the same for the same seed. */
export interface SampleDocument {
  readonly event: EventToWrite;
  /** The whole interchange. */
  readonly bytes: Buffer;
}

/** MAP_NOT_WRITABLE when the map writes no document without a fault. */
export function sampleDocument(
  map: CompiledMap,
  dictionaries: Dictionaries,
  size: SampleSize,
  seed: number,
): SampleDocument {
  const event = sampleEvent(map.writer, size, seed, (tried) => blamed(tried, map, dictionaries));
  const bytes = event === null ? null : render([event], plainContext(map, dictionaries)).bytes;
  if (event !== null && bytes !== null) return { event, bytes };
  const [gap] = map.writer.gaps;
  const why = gap === undefined ? 'No values were found that its document takes.' : `${gap.what} ${gap.remedy}`;
  throw new GatewayError('MAP_NOT_WRITABLE', `${map.pin} writes no valid document. ${why}`);
}

/** The document with a fault; REQUEST_INVALID where it has nothing that could have it. */
export function spoiledDocument(
  { bytes }: SampleDocument,
  fault: Fault | TreeFault,
  map: CompiledMap,
  dictionaries: Dictionaries,
): Buffer {
  const spoilt = isSegmentDocument(map.document)
    ? spoiledInterchange(bytes, fault, map.document, dictionaries)
    : isTreeFault(fault)
      ? spoiledTree(bytes, fault, map)
      : null;
  if (spoilt !== null) return spoilt;
  const what = `this document of ${map.pin} has nothing that could have the fault "${fault}".`;
  throw new GatewayError('REQUEST_INVALID', `${what} Try --maximal, another seed, or another fault.`);
}

function spoiledInterchange(
  bytes: Buffer,
  fault: Fault | TreeFault,
  { standard, release, set }: SegmentDocument,
  dictionaries: Dictionaries,
): Buffer | null {
  const dictionary = dictionaries.find(standard, release, set)?.dictionary;
  const definition = dictionary?.set(set);
  if (dictionary === undefined || definition === undefined || !isFault(fault)) return null;
  const text = spoiled(bytes.toString('latin1'), fault, definition, dictionary);
  return text === null ? null : Buffer.from(text, 'latin1');
}

/** For each fault of the document that an event becomes the fields to blame: those that stand in the segment at fault. */
function blamed(event: EventToWrite, map: CompiledMap, dictionaries: Dictionaries): readonly (readonly string[])[] {
  const { documents, findings } = map.writer.write([event], { timezone: null });
  const bad = findings.filter(({ severity }) => severity !== 'note');
  if (bad.length > 0) return bad.map(({ path }) => (path.startsWith('data/') ? [path] : []));
  if (!isSegmentDocument(map.document)) {
    const { findings: refused } = renderTree(map, documents, []);
    return refused.map(() => []);
  }
  const { standard, set, release } = map.document;
  const written = writeEnvelope(map.document, documents, PLAIN_ENVELOPE);
  if (!written.ok) return written.refusals.map(() => []);
  const dictionary = dictionaries.find(standard, release, set)?.dictionary;
  const checker = createChecker(dictionaries);
  return readAll(written.bytes).flatMap((item): readonly (readonly string[])[] => {
    const checked = checker.check(item);
    if (checked === null) return [];
    const structure = checked.kind === 'document' ? checked.structure : null;
    const told = checked.findings.filter(({ severity }) => severity !== 'note');
    if (told.length > 0 && structure !== null) {
      const lineage = map.lineage(structure);
      return told.map((finding) => fieldsAt(finding, lineage, dictionary));
    }
    const read = structure === null ? [] : map.read(structure).findings;
    return [...told, ...(accepted(read) ? [] : read)].map(() => []);
  });
}

/**
 * The fields of the element at fault; of one that is missing those that stand beside it in a syntax note of its segment; else
 * all of the segment.
 */
function fieldsAt(
  { position, value }: Finding,
  lineage: readonly FieldLineage[],
  dictionary: Dictionary | undefined,
): readonly string[] {
  const { segment: number, tag = '', element: missing = 0 } = position;
  const near = lineage.filter(({ segment }) => segment.position === number);
  const notes = (dictionary?.segment(tag)?.notes ?? []).filter(({ positions }) => positions.includes(missing));
  const guilty = value === undefined ? notes.flatMap(({ positions }) => positions) : [missing];
  const exact = near.filter(({ element }) => guilty.includes(element));
  return (exact.length > 0 ? exact : near).map(({ field }) => `data${field}`);
}
