import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import { messageOf } from '../errors.ts';
import { sharedDocuments } from '../mapping/document-kind.ts';
import { loadMaps, type MapLibrary } from '../mapping/library.ts';
import { isTreeStandard } from '../mapping/trees/standards.ts';
import type { CompiledMap } from '../mapping/types.ts';
import { problem } from '../util/config-tree.ts';
import { type Problem, sortProblems } from '../util/problem.ts';
import { readFolder } from '../util/read-folder.ts';
import { didYouMean } from '../util/suggest.ts';
import { certificateProblems } from './certificates.ts';
import { loadPartners } from './load.ts';
import type { InboundAgreement, OutboundAgreement, TradingPartner } from './types.ts';

/** Maps and partners of one moment, checked against each other. Never changed: a reload makes another. */
export interface Configuration {
  readonly dictionaries: Dictionaries;
  readonly maps: MapLibrary;
  readonly partners: readonly TradingPartner[];
  /** Every problem of maps, code tables, partners and overlays; while there is one, nothing may run on this. */
  readonly problems: readonly Problem[];
  /** The map of an agreement with its overlay; null only where there are problems. */
  mapOf(agreement: InboundAgreement | OutboundAgreement): CompiledMap | null;
}

/** Where configuration lies; absolute paths. */
export interface ConfigurationFolders {
  readonly maps: string;
  readonly partners: string;
}

/** Reads, compiles and checks everything. Never throws for what the files hold. */
export async function loadConfiguration(
  folders: ConfigurationFolders,
  dictionaries: Dictionaries,
): Promise<Configuration> {
  const mapsShown = shownPath(folders.maps);
  const files = await readFolder(folders.maps, mapsShown, ['.yaml', '.lock']);
  const maps = loadMaps(files, mapsShown, dictionaries);
  const { partners, agreements, problems } = loadPartners(shownPath(folders.partners));
  const certificates = await Promise.all(partners.map(certificateProblems));
  const found: Problem[] = [...maps.problems, ...problems, ...certificates.flat()];
  const compiled = new Map<InboundAgreement | OutboundAgreement, CompiledMap>();
  for (const { folder, agreement } of agreements) {
    const map = await mapFor(folder, agreement, maps, found);
    if (map !== null) compiled.set(agreement, map);
  }
  found.push(...sharedDocumentProblems(agreements, compiled));
  return {
    dictionaries,
    maps,
    partners,
    problems: sortProblems(found),
    mapOf: (agreement) => compiled.get(agreement) ?? null,
  };
}

/** Of several lines for one document and release, each must be for documents of its own. */
function sharedDocumentProblems(
  agreements: ReturnType<typeof loadPartners>['agreements'],
  compiled: ReadonlyMap<InboundAgreement | OutboundAgreement, CompiledMap>,
): readonly Problem[] {
  const inbound = agreements.filter(({ agreement }) => !('on' in agreement) && !isTreeStandard(agreement.standard));
  const ofDocument = Map.groupBy(
    inbound,
    ({ folder, agreement: { document, release } }) => `${folder} ${document} ${release ?? ''}`,
  );
  const problems: Problem[] = [];
  for (const lines of ofDocument.values()) {
    for (const [index, { agreement }] of lines.entries()) {
      const map = compiled.get(agreement);
      for (const { agreement: earlier } of lines.slice(0, index)) {
        const other = compiled.get(earlier);
        // The same map twice was told where the partner's file was read.
        if (map === undefined || other === undefined || map.name === other.name) continue;
        const shared = sharedDocuments(map.kind, other.kind);
        if (shared === null) continue;
        const what = `${map.name} and ${other.name} of line ${earlier.at.line} read the same documents, ${shared}.`;
        const remedy = 'Keep one of the two lines, or pin maps whose "event:" tells the documents apart.';
        problems.push(problem(agreement.at, 'PARTNER_AGREEMENT_TWICE', what, remedy));
      }
    }
  }
  return problems;
}

/** A path as people read it: below the current folder, else whole. */
export function shownPath(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside === '' || inside.startsWith('..') ? path : inside;
}

async function mapFor(
  folder: string,
  agreement: InboundAgreement | OutboundAgreement,
  maps: MapLibrary,
  problems: Problem[],
): Promise<CompiledMap | null> {
  const { at, map: pin, document, overlay } = agreement;
  if (!maps.pins.includes(pin)) {
    problems.push(problem(at, 'MAP_PIN', `There is no map "${pin}".`, didYouMean(pin, maps.pins)));
    return null;
  }
  const map = maps.find(pin);
  if (map === undefined) return null;
  if (map.document.set !== document) {
    const what = `${pin} is for ${map.document.set}, this line is for ${document}.`;
    problems.push(problem(at, 'PARTNER_MAP_PIN', what, 'Pin the map of the document.'));
    return null;
  }
  if ('on' in agreement && !map.writer.types.includes(agreement.on)) {
    const what = `${pin} does not write ${agreement.on}.`;
    problems.push(problem(at, 'PARTNER_MAP_PIN', what, `It writes ${map.writer.types.join(', ')}.`));
    return null;
  }
  const outbound = 'on' in agreement;
  if (overlay === null) {
    if (outbound) problems.push(...map.writer.gaps);
    return map;
  }
  const path = join(folder, overlay);
  try {
    const text = await readFile(path, 'utf8');
    const laid = maps.overlaid(pin, { path, text }, at);
    problems.push(...laid.problems, ...(outbound ? (laid.map?.writer.gaps ?? []) : []));
    return laid.map;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    // A missing file was told where the partner's file names it.
    if (!missing) {
      const what = `${path} cannot be read: ${messageOf(error)}.`;
      problems.push(problem(at, 'OVERLAY_UNREADABLE', what, 'Let this user read it, or mend its name.'));
    }
    return null;
  }
}
