import { createChecker } from '../edi/check/index.ts';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import { accepted, type Finding } from '../edi/finding.ts';
import { finding } from '../edi/findings.ts';
import { readAll } from '../edi/read.ts';
import { type CompiledMap, isSegmentDocument } from '../mapping/types.ts';
import type { EventToWrite } from '../mapping/writing/types.ts';
import { type Envelope, writeEnvelope } from './envelope.ts';
import { renderTree } from './render-tree.ts';

/** What a rendering is made with beside its events. */
export interface RenderContext {
  readonly map: CompiledMap;
  readonly dictionaries: Dictionaries;
  /** IANA zone of the partner; null is UTC. */
  readonly timezone: string | null;
  readonly envelope: Envelope;
}

/** An interchange, or why there is none. */
export interface Rendering {
  /** Null when a finding rejects. */
  readonly bytes: Buffer | null;
  /** How many documents it holds. */
  readonly documents: number;
  readonly findings: readonly Finding[];
}

/**
 * Events to an interchange: written by the map and read back, put into an envelope, and checked as the partner's own check
 * would. Nothing is given out that a syntax check rejects. JSON, XML and CSV have no envelope.
 */
export function render(events: readonly EventToWrite[], context: RenderContext): Rendering {
  const { map, envelope } = context;
  const { documents, findings } = map.writer.write(events, { timezone: context.timezone });
  if (documents.length === 0) return { bytes: null, documents: 0, findings };
  if (!isSegmentDocument(map.document)) return renderTree(map, documents, findings);
  const written = writeEnvelope(map.document, documents, envelope);
  if (!written.ok) {
    const refused = written.refusals.map(({ tag, text }) =>
      finding('DOCUMENT_UNWRITABLE', { path: tag, position: { byte: 0 }, text }),
    );
    return { bytes: null, documents: 0, findings: [...findings, ...refused] };
  }
  const faults = faultsOf(written.bytes, context.dictionaries);
  const all = [...findings, ...faults];
  return { bytes: accepted(all) ? written.bytes : null, documents: documents.length, findings: all };
}

/** What the check of a document says that we made: then it is not a partner's turn. */
function faultsOf(bytes: Buffer, dictionaries: Dictionaries): readonly Finding[] {
  const checker = createChecker(dictionaries);
  const found = readAll(bytes).flatMap((item) => checker.check(item)?.findings ?? []);
  return [...found, ...checker.end(bytes.length)].map((each) => ({ ...each, remedy: OURS }));
}

const OURS = 'The event does not say it, or the map writes it wrongly: fill it in, or mend the map.';
