import type { Finding } from '../edi/finding.ts';
import { accepted } from '../edi/finding.ts';
import { HEAD_BYTES, identifyFormat } from '../formats/identify.ts';
import { receivedDocumentEvent } from '../inbound/received-document.ts';
import { type Translation, translate } from '../mapping/translate.ts';
import { readTreeDocuments, recognises, type TreeDocumentRead } from '../mapping/trees/documents.ts';
import { isTreeStandard, type TreeStandard } from '../mapping/trees/standards.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { Configuration } from '../partners/configuration.ts';
import { treeAgreement } from '../partners/tree-agreement.ts';
import { partnerNamed, type TranslatorOptions } from './document-translator.ts';
import { peek, readInput } from './input.ts';
import { newestMaps } from './map-named.ts';

/** A file of JSON, XML or CSV, whole. */
export interface TreeInput {
  readonly standard: TreeStandard;
  readonly bytes: Buffer;
}

/** The file where it is JSON, XML or CSV by its first bytes, or by the map that is named; and its chunks in any case. */
export async function openInput(
  file: string,
  configuration: Configuration | null,
  { map: pin }: Pick<TranslatorOptions, 'map'> = {},
): Promise<{ readonly tree: TreeInput | null; readonly chunks: AsyncIterable<Buffer> }> {
  const { head, chunks } = await peek(readInput(file), HEAD_BYTES);
  const pinned = pin === undefined ? undefined : configuration?.maps.find(pin)?.document.standard;
  const format = pinned === undefined ? identifyFormat(head) : pinned;
  if (!isTreeStandard(format)) return { tree: null, chunks };
  const taken: Buffer[] = [];
  for await (const chunk of chunks) taken.push(chunk);
  return { tree: { standard: format, bytes: Buffer.concat(taken) }, chunks: emptyChunks() };
}

/** One document of such a file, translated. */
export interface TranslatedTree extends Translation {
  readonly name: string;
  readonly read: TreeDocumentRead;
}

/** The documents of a file of JSON, XML or CSV, and the map that read them; null when none knows it. */
export interface TranslatedTrees {
  readonly map: CompiledMap | null;
  readonly documents: readonly TranslatedTree[];
  /** Of the file and of its documents, what translating found included. */
  readonly findings: readonly Finding[];
  /** Told where no map reads the file. */
  readonly received: Translation['events'];
}

/** Translates such a file as the gateway would, without a ledger. */
export function translateTrees(
  { standard, bytes }: TreeInput,
  file: string,
  configuration: Configuration,
  options: TranslatorOptions,
): TranslatedTrees {
  const partner = options.partner === undefined ? undefined : partnerNamed(configuration, options.partner);
  const base = {
    partnerId: partner?.id ?? 'none',
    timezone: partner?.timezone ?? null,
    fileId: file,
    receivedAt: Date.now(),
    documentTime: null,
  };
  const map =
    options.map === undefined
      ? partner === undefined
        ? (newestReader(configuration, standard, bytes) ?? null)
        : (treeAgreement(partner, configuration, standard, bytes)?.map ?? null)
      : (configuration.maps.find(options.map) ?? null);
  if (map === null) {
    const unread = { standard, set: standard, release: '', group: '', sender: '', receiver: '', sha256: '' };
    const whole = { ...unread, controlNumbers: { interchange: '', group: '', document: '' }, segments: 0 };
    const { events } = receivedDocumentEvent(
      { ...whole, start: 0, end: bytes.length, contentHash: '' },
      { ...base, documentId: file },
    );
    return { map, documents: [], findings: [], received: events };
  }
  const { documents, findings } = readTreeDocuments(bytes, map);
  const translated = documents.map((read): TranslatedTree => {
    const { document, structure, contentHash } = read;
    const context = { ...base, documentId: `${file}#${document.controlNumber}`, contentHash };
    const translation = translate(document, structure, map, context);
    const all = [...read.findings, ...map.expect(structure), ...translation.findings];
    const events = accepted(all) ? translation.events : [];
    return { ...translation, events, findings: all, name: `${document.type} ${document.controlNumber}`, read };
  });
  return {
    map,
    documents: translated,
    findings: [...findings, ...translated.flatMap((each) => each.findings)],
    received: [],
  };
}

function newestReader({ maps }: Configuration, standard: TreeStandard, bytes: Buffer): CompiledMap | undefined {
  return newestMaps(maps).find((map) => map.document.standard === standard && recognises(bytes, map));
}

async function* emptyChunks(): AsyncGenerator<Buffer, void> {}
