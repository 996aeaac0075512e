import type { MapStandard } from '../mapping/trees/standards.ts';
import { type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import { parseDuration } from '../util/duration.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { parseBasis } from './agreements.ts';
import { mapWith, textAt } from './fields.ts';
import type { FileReference } from './paths.ts';
import { retryAt } from './retry.ts';
import { parseStyle } from './style.ts';
import type { ExpectedAnswer, OutboundAgreement } from './types.ts';

const KEYS = {
  required: ['document', 'on', 'map', 'via'],
  optional: ['release', 'overlay', 'expect', 'retry', 'style'],
};

/** What can answer a document of each standard. */
const ANSWERS: Readonly<Record<MapStandard, readonly ExpectedAnswer[]>> = {
  x12: ['997', '999', 'TA1', 'MDN'],
  edifact: ['CONTRL', 'MDN'],
  json: ['MDN'],
  xml: ['MDN'],
  csv: ['MDN'],
};

/** A line of `outbound:` with what makes it unique. */
export interface PlacedOutbound {
  readonly key: string;
  readonly line: MapNode;
  readonly agreement: OutboundAgreement;
}

/** Reads one line of `outbound:`; `connections` is the node they are declared in. Null when it cannot be told what it is. */
export function parseOutbound(
  node: ConfigNode,
  connections: ConfigNode | undefined,
  files: FileReference[],
  problems: Problem[],
): PlacedOutbound | null {
  const line = mapWith(node, 'outbound', KEYS, problems);
  if (line === null) return null;
  const basis = parseBasis(line, files, problems);
  const on = textAt(line, 'on', problems);
  if (on !== null && !/^logistics\.[a-z0-9-]+\.[a-z0-9-]+\.v[1-9][0-9]*$/.test(on.value)) {
    problems.push(
      problem(
        on.at,
        'PARTNER_EVENT_TYPE',
        `"${on.value}" is no event type.`,
        'Write it whole, such as logistics.warehouse-order.released.v1.',
      ),
    );
  }
  const via = parseVia(line, connections, problems);
  const expect = parseExpect(line, basis?.standard ?? null, problems);
  const retry = retryAt(line, 'retry', problems);
  const style = parseStyle(line, basis?.standard ?? null, problems);
  if (basis === null || on === null) return null;
  const agreement = { ...basis, on: on.value, via, expect, retry, style };
  return { key: `${basis.document} ${basis.release ?? ''} ${on.value}`, line, agreement };
}

function parseVia(line: MapNode, connections: ConfigNode | undefined, problems: Problem[]): string {
  const via = textAt(line, 'via', problems);
  if (via === null) return '';
  const connection = entryOf(connections, via.value)?.value;
  if (connection === undefined) {
    const names = connections?.kind === 'map' ? connections.entries.map(({ key }) => key) : [];
    const remedy = names.length === 0 ? 'Add it under "connections".' : didYouMean(via.value, names);
    problems.push(problem(via.at, 'PARTNER_VIA', `There is no connection "${via.value}".`, remedy));
    return via.value;
  }
  const files = (entryOf(connection, 'folder') ?? entryOf(connection, 'sftp'))?.value;
  const cannotSend = files !== undefined && entryOf(files, 'dropOff') === undefined;
  if (cannotSend || entryOf(connection, 'poll') !== undefined) {
    const what = `The connection "${via.value}" cannot send.`;
    problems.push(problem(via.at, 'PARTNER_VIA', what, 'Give it a "dropOff", or name another connection.'));
  }
  return via.value;
}

/** `997 within 4h` */
function parseExpect(line: MapNode, standard: MapStandard | null, problems: Problem[]): OutboundAgreement['expect'] {
  const expect = textAt(line, 'expect', problems);
  if (expect === null) return null;
  const [, word = '', duration = ''] = /^(\S+) within (\S+)$/.exec(expect.value) ?? [];
  const known = [...new Set(standard === null ? [...ANSWERS.x12, ...ANSWERS.edifact] : ANSWERS[standard])];
  const answer = known.find((one) => one === word);
  const within = parseDuration(duration);
  if (answer !== undefined && within !== null) return { answer, within };
  problems.push(
    problem(
      expect.at,
      'PARTNER_EXPECT',
      `"${expect.value}" says no answer${standard === null ? '' : ` to ${standard} documents`} and time to wait for it.`,
      `Write ${known.join(', ')}, the word within, and a duration: ${known[0]} within 4h.`,
    ),
  );
  return null;
}
