import { type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { mergeMaps } from './expand.ts';

const OVERLAY_KEYS = ['base', 'because', 'event', 'data', 'write', 'expect', 'codes'];

/** An overlay taken apart: what to lay over the map, and over its code tables. */
export interface Overlay {
  readonly file: string;
  readonly rules: MapNode;
  readonly codes: ConfigNode | null;
}

/**
 * Reads an overlay file: one level over exactly the pinned map, with a reason. Null (and problems) when it cannot be laid
 * over `pin`.
 */
export function parseOverlay(root: ConfigNode, pin: string, problems: Problem[]): Overlay | null {
  if (root.kind !== 'map') {
    problems.push(problem(root.at, 'OVERLAY_SHAPE', 'An overlay is a list of keys.', `Begin with "base: ${pin}".`));
    return null;
  }
  const before = problems.length;
  for (const { key, keyAt } of root.entries) {
    if (OVERLAY_KEYS.includes(key)) continue;
    problems.push(problem(keyAt, 'OVERLAY_WORD', `"${key}" is no key of an overlay.`, didYouMean(key, OVERLAY_KEYS)));
  }
  const base = entryOf(root, 'base')?.value;
  if (base?.kind !== 'text' || base.value !== pin) {
    const shown = base?.kind === 'text' ? `"${base.value}"` : 'nothing';
    const what = `The overlay was written for ${shown}, the agreement pins "${pin}".`;
    problems.push(
      problem(base?.at ?? root.at, 'OVERLAY_BASE', what, `Check it against that version and write "base: ${pin}".`),
    );
  }
  const because = entryOf(root, 'because')?.value;
  if (because?.kind !== 'text' || because.value.trim() === '') {
    const remedy = 'Write "because:" with the reason in the partner\'s guide.';
    problems.push(problem(because?.at ?? root.at, 'OVERLAY_BECAUSE', 'The overlay gives no reason.', remedy));
  }
  const rules = root.entries.filter(({ key }) => ['event', 'data', 'write', 'expect'].includes(key));
  const codes = entryOf(root, 'codes')?.value ?? null;
  if (rules.length === 0 && codes === null) {
    problems.push(
      problem(
        root.at,
        'OVERLAY_SHAPE',
        'The overlay changes nothing.',
        'Write data, event, write, expect or codes, or delete the file.',
      ),
    );
  }
  if (problems.length > before) return null;
  return { file: root.at.file, rules: { kind: 'map', at: root.at, entries: rules }, codes };
}

/** The map with the overlay's rules over its own. */
export function layOver(map: MapNode, overlay: Overlay): MapNode {
  return { ...mergeMaps(map, overlay.rules), at: map.at };
}
