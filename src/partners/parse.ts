import { CHARSETS } from '../edi/delimiters.ts';
import { isTreeStandard } from '../mapping/trees/standards.ts';
import { type ConfigNode, entryOf, type MapNode, parseConfig, problem } from '../util/config-tree.ts';
import type { Place, Problem } from '../util/problem.ts';
import { type PlacedAgreement, parseInbound } from './agreements.ts';
import { withAs2Names } from './as2-connection.ts';
import { parseConnections } from './connections.ts';
import { choiceAt, listAt, mapWith, textAt } from './fields.ts';
import { byStandard, type PlacedIdentifier, parseIdentifiers } from './identifiers.ts';
import { parseOutbound } from './outbound.ts';
import type { FileReference } from './paths.ts';
import { parseRetry } from './retry.ts';
import { inlineSecrets } from './secrets.ts';
import { parseSeverity } from './severity.ts';
import { checkTimezone } from './timezone.ts';
import type { InboundAgreement, OutboundAgreement, TradingPartner } from './types.ts';

/** One partner file, read. What other files decide (do the named files exist, is an identifier taken) is left to the caller. */
export interface ParsedPartner {
  readonly id: string;
  /** Null when the file has problems. */
  readonly partner: TradingPartner | null;
  readonly problems: readonly Problem[];
  /** The lines that could be read, also in a file with problems: their maps and overlays are checked all the same. */
  readonly inbound: readonly InboundAgreement[];
  readonly outbound: readonly OutboundAgreement[];
  /** Files that must exist in the partner's folder. */
  readonly files: readonly FileReference[];
  readonly theirs: readonly PlacedIdentifier[];
  readonly ours: readonly PlacedIdentifier[];
  /** Where each connection begins. */
  readonly connectionPlaces: ReadonlyMap<string, Place>;
}

const KEYS = {
  required: ['partner', 'name', 'timezone', 'identifiers', 'us'],
  optional: ['stage', 'charset', 'connections', 'inbound', 'outbound', 'severity', 'retry'],
};

/** Files of JSON, XML and CSV name nobody: a partner that sends and gets nothing else needs no identifiers. */
const WITHOUT_ENVELOPES = {
  required: KEYS.required.filter((key) => key !== 'identifiers' && key !== 'us'),
  optional: [...KEYS.optional, 'identifiers', 'us'],
};

function hasEnvelopes(root: ConfigNode): boolean {
  const lines = ['inbound', 'outbound'].flatMap((key) => {
    const list = entryOf(root, key)?.value;
    return list?.kind === 'list' ? list.items : [];
  });
  const standards = lines.map((line) => {
    const map = entryOf(line, 'map')?.value;
    return map?.kind === 'text' ? map.value.slice(0, map.value.indexOf('/')) : '';
  });
  return standards.length === 0 || !standards.every(isTreeStandard);
}

/** Reads the text of `partner.yaml`. `folder` is the partner's folder, its last part the partner's id; `file` is the name places carry. */
export function parsePartner(source: {
  readonly id: string;
  readonly folder: string;
  readonly file: string;
  readonly text: string;
}): ParsedPartner {
  const { id, folder, file, text } = source;
  const { root, problems } = parseConfig(file, text);
  const files: FileReference[] = [];
  const top: Place = { file, line: 1, column: 1 };
  if (root === null && problems.length === 0) {
    problems.push(problem(top, 'PARTNER_EMPTY', 'The file is empty.', `Add the keys ${KEYS.required.join(', ')}.`));
  }
  const map = root === null ? null : mapWith(root, 'partner', hasEnvelopes(root) ? KEYS : WITHOUT_ENVELOPES, problems);
  if (root === null || map === null) {
    return {
      id,
      partner: null,
      problems,
      inbound: [],
      outbound: [],
      files,
      theirs: [],
      ours: [],
      connectionPlaces: new Map(),
    };
  }
  problems.push(...inlineSecrets(root));
  checkId(map, id, problems);
  const name = textAt(map, 'name', problems)?.value ?? '';
  const zone = textAt(map, 'timezone', problems);
  if (zone !== null) checkTimezone(zone, problems);
  const stage = choiceAt(map, 'stage', ['test', 'live'] as const, problems) ?? 'live';
  const charset = choiceAt(map, 'charset', CHARSETS, problems);
  const severity = parseSeverity(map, 'partner', problems);
  const retry = parseRetry(map, problems);
  const theirs = identifiersAt(map, 'identifiers', problems);
  const ours = identifiersAt(map, 'us', problems);
  const connectionsNode = entryOf(map, 'connections')?.value;
  const connections = (connectionsNode === undefined ? [] : parseConnections(connectionsNode, files, problems)).map(
    (one) => (one.kind === 'as2' ? withAs2Names(one, map, problems) : one),
  );
  const inbound = listAt(map, 'inbound', problems)
    .map((line) => parseInbound(line, files, problems))
    .filter((line) => line !== null);
  const outbound = listAt(map, 'outbound', problems)
    .map((line) => parseOutbound(line, connectionsNode, files, problems))
    .filter((line) => line !== null);
  checkTwice(
    inbound.map(({ agreement: { document, release, map }, line }) => ({
      key: `${document} ${release ?? ''} ${mapName(map)}`,
      line,
    })),
    problems,
  );
  checkAlike(inbound, problems);
  checkTwice(outbound, problems);
  checkIdentified(map, [...inbound, ...outbound], problems);
  const partner: TradingPartner = {
    id,
    name,
    timezone: zone?.value ?? '',
    stage,
    identifiers: byStandard(theirs),
    us: byStandard(ours),
    connections,
    inbound: inbound.map(({ agreement }) => agreement),
    outbound: outbound.map(({ agreement }) => agreement),
    charset,
    severity,
    retry,
    folder,
  };
  const connectionPlaces = new Map(
    connectionsNode?.kind === 'map' ? connectionsNode.entries.map(({ key, keyAt }) => [key, keyAt]) : [],
  );
  return {
    id,
    partner: problems.length > 0 ? null : partner,
    problems,
    inbound: partner.inbound,
    outbound: partner.outbound,
    files,
    theirs,
    ours,
    connectionPlaces,
  };
}

function identifiersAt(map: MapNode, key: 'identifiers' | 'us', problems: Problem[]): readonly PlacedIdentifier[] {
  const entry = entryOf(map, key);
  return entry === undefined ? [] : parseIdentifiers(entry.value, key, problems);
}

/** Without identifiers of its standard on both sides a line fits no interchange, be it received or sent. The first is told. */
function checkIdentified(
  map: MapNode,
  lines: readonly { readonly agreement: InboundAgreement | OutboundAgreement; readonly line: MapNode }[],
  problems: Problem[],
): void {
  for (const key of ['identifiers', 'us']) {
    const identifiers = entryOf(map, key)?.value;
    if (identifiers === undefined) continue;
    const told = new Set<string>();
    for (const { agreement, line } of lines) {
      const { standard, document } = agreement;
      // Files without an envelope are known by the connection that brings them.
      if (isTreeStandard(standard) || told.has(standard) || entryOf(identifiers, standard) !== undefined) continue;
      told.add(standard);
      const what = `"${key}" has no ${standard} identifier, so no interchange fits ${document}.`;
      problems.push(problem(line.at, 'PARTNER_IDENTIFIER_MISSING', what, `Add "${standard}:" to "${key}".`));
    }
  }
}

function checkId(map: MapNode, id: string, problems: Problem[]): void {
  const text = textAt(map, 'partner', problems);
  const at = text?.at ?? map.at;
  if (!/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/.test(id)) {
    const remedy = 'Rename the folder to small letters, digits and hyphens, at most 64.';
    problems.push(problem(at, 'PARTNER_NAME', `"${id}" is no id for a partner.`, remedy));
  } else if (text !== null && text.value !== id) {
    const what = `The partner is called "${text.value}" and its folder "${id}".`;
    problems.push(problem(at, 'PARTNER_NAME', what, 'Give both the same name.'));
  }
}

/** Lines of one document and release are for its kinds; what is answered and how bad findings are is decided before the kind. */
function checkAlike(lines: readonly PlacedAgreement[], problems: Problem[]): void {
  const ofDocument = Map.groupBy(lines, ({ agreement: { document, release } }) => `${document} ${release ?? ''}`);
  for (const [first, ...others] of ofDocument.values()) {
    for (const { agreement, line } of others) {
      const differing = (['acknowledge', 'answer', 'severity'] as const).find(
        (key) => JSON.stringify(agreement[key]) !== JSON.stringify(first?.agreement[key]),
      );
      if (first === undefined || differing === undefined) continue;
      const key = differing === 'severity' ? 'severity' : 'acknowledge';
      const what = `Line ${first.line.at.line} agrees on the same document and release with another "${key}".`;
      const remedy = 'Write it alike in both: it counts before the map is chosen.';
      problems.push(problem(line.at, 'PARTNER_AGREEMENT_UNLIKE', what, remedy));
    }
  }
}

function mapName(pin: string): string {
  return pin.slice(0, pin.indexOf('@'));
}

function checkTwice(lines: readonly { readonly key: string; readonly line: MapNode }[], problems: Problem[]): void {
  const seen = new Map<string, Place>();
  for (const { key, line } of lines) {
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, line.at);
      continue;
    }
    const what = `Line ${first.line} already agrees on this document and release.`;
    problems.push(problem(line.at, 'PARTNER_AGREEMENT_TWICE', what, 'Keep one of the two.'));
  }
}
