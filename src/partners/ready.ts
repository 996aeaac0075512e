import { entryOf, type MapNode, problem, type TextNode } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { mapWith, textAt, textsAt } from './fields.ts';
import type { Ready } from './types.ts';

const STABLE: Ready = { by: 'stable' };
const USUAL_UNREADY = ['.tmp', '.part', '.filepart'];
const REMEDY = 'Use stable, immediate, rename, { rename: [.tmp, .part] } or { marker: .done }.';

/** Reads `ready:` of a connection; `stable` when it is absent. */
export function parseReady(map: MapNode, problems: Problem[]): Ready {
  const entry = entryOf(map, 'ready');
  if (entry === undefined) return STABLE;
  if (entry.value.kind !== 'map') {
    const text = textAt(map, 'ready', problems)?.value;
    if (text === 'rename') return { by: 'rename', unready: USUAL_UNREADY };
    if (text === 'immediate') return { by: 'immediate' };
    if (text !== undefined && text !== 'stable') {
      problems.push(problem(entry.value.at, 'PARTNER_READY', `"${text}" is no way to tell a file is ready.`, REMEDY));
    }
    return STABLE;
  }
  const ways = mapWith(entry.value, 'ready', { required: [], optional: ['rename', 'marker'] }, problems);
  if (ways === null) return STABLE;
  const unready = textsAt(ways, 'rename', problems);
  const marker = textAt(ways, 'marker', problems);
  if (ways.entries.length !== 1) {
    problems.push(problem(ways.at, 'PARTNER_READY', '"ready" must name exactly one way.', REMEDY));
  }
  for (const suffix of marker === null ? unready : [...unready, marker]) checkSuffix(suffix, problems);
  if (marker !== null) return { by: 'marker', suffix: marker.value };
  return unready.length > 0 ? { by: 'rename', unready: unready.map((suffix) => suffix.value) } : STABLE;
}

function checkSuffix(text: TextNode, problems: Problem[]): void {
  if (/^[^/*?\0]{1,32}$/.test(text.value)) return;
  problems.push(
    problem(
      text.at,
      'PARTNER_READY',
      `"${text.value}" is no ending of a file name.`,
      'Write the ending as it is, such as .tmp, without * ? or /.',
    ),
  );
}
