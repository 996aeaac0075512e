import { isTreeStandard, type MapStandard } from '../mapping/trees/standards.ts';
import { type ConfigNode, type MapNode, problem, type TextNode } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { checkAcknowledge, parseAcknowledge } from './acknowledge.ts';
import { mapWith, textAt } from './fields.ts';
import { type FileReference, pathWithin } from './paths.ts';
import { retryAt } from './retry.ts';
import { parseSeverity } from './severity.ts';
import type { Agreement, InboundAgreement } from './types.ts';

/** An agreement with the node of its line, for what is checked between lines. */
export interface PlacedAgreement {
  readonly agreement: InboundAgreement;
  readonly line: MapNode;
}

const INBOUND_KEYS = {
  required: ['document', 'map'],
  optional: ['release', 'overlay', 'acknowledge', 'severity', 'retry'],
};
const NAMED = { form: /^[a-z0-9-]+$/, remedy: 'Write the name of the map, such as tracking for json/tracking.' };
const DOCUMENT: Readonly<Record<MapStandard, { readonly form: RegExp; readonly remedy: string }>> = {
  x12: { form: /^[0-9]{3}$/, remedy: 'Write the three digits of ST01, such as 945.' },
  edifact: { form: /^[A-Z]{6}$/, remedy: 'Write the six capitals of the message type, such as DESADV.' },
  json: NAMED,
  xml: NAMED,
  csv: NAMED,
};
const SEMVER = '(?:0|[1-9][0-9]*)';
const PIN = new RegExp(`^([a-z0-9]+)(?:/[a-z0-9-]+)+@${SEMVER}\\.${SEMVER}\\.${SEMVER}$`);

/** Reads one line of `inbound:`; `files` gains its overlay. */
export function parseInbound(node: ConfigNode, files: FileReference[], problems: Problem[]): PlacedAgreement | null {
  const line = mapWith(node, 'inbound', INBOUND_KEYS, problems);
  if (line === null) return null;
  const basis = parseBasis(line, files, problems);
  const agreed = parseAcknowledge(line, problems);
  const severity = parseSeverity(line, 'line', problems);
  const retry = retryAt(line, 'retry', problems);
  if (basis === null) return null;
  checkAcknowledge(line, agreed, basis.standard, problems);
  return { agreement: { ...basis, ...agreed, severity, retry }, line };
}

/** What a line of either direction says of its document and map. */
export function parseBasis(line: MapNode, files: FileReference[], problems: Problem[]): Agreement | null {
  const document = textAt(line, 'document', problems);
  const release = textAt(line, 'release', problems);
  const map = textAt(line, 'map', problems);
  const overlay = textAt(line, 'overlay', problems);
  const file = overlay === null ? null : pathWithin(overlay, problems);
  if (file !== null) files.push(file);
  if (release !== null && !/^(?:[0-9]{6}|[A-Z][0-9]{2}[A-Z]|[0-9]{3,4})$/.test(release.value)) {
    problems.push(
      problem(
        release.at,
        'PARTNER_RELEASE',
        `"${release.value}" is no release.`,
        'Write six digits for X12, such as 004010, or the directory for EDIFACT, such as D96A.',
      ),
    );
  }
  const standard = map === null ? null : standardOf(map, problems);
  if (document === null || map === null || standard === null) return null;
  const { form, remedy } = DOCUMENT[standard];
  if (!form.test(document.value)) {
    const what = `"${document.value}" is no document of the standard of "${map.value}".`;
    problems.push(problem(document.at, 'PARTNER_DOCUMENT', what, remedy));
  }
  return {
    at: map.at,
    document: document.value,
    standard,
    release: release?.value ?? null,
    map: map.value,
    overlay: file?.path ?? null,
  };
}

function standardOf(map: TextNode, problems: Problem[]): MapStandard | null {
  const standard = PIN.exec(map.value)?.[1];
  if (standard === 'x12' || standard === 'edifact') return standard;
  if (standard !== undefined && isTreeStandard(standard)) return standard;
  const [what, remedy] =
    standard === undefined
      ? [`"${map.value}" does not pin a map.`, 'Write its name and exact version, such as x12/945@1.0.0.']
      : [
          `Maps of "${standard}" are not read by this version.`,
          'Pin a map whose name begins with x12/, edifact/, json/, xml/ or csv/.',
        ];
  problems.push(problem(map.at, 'PARTNER_MAP_PIN', what, remedy));
  return null;
}
