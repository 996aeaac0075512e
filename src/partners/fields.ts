import { type ConfigNode, entryOf, type MapNode, problem, type TextNode } from '../util/config-tree.ts';
import { parseDuration } from '../util/duration.ts';
import type { Problem } from '../util/problem.ts';
import { parseSize } from '../util/size.ts';
import { didYouMean } from '../util/suggest.ts';
import { holdsSecret } from './secrets.ts';

/** The keys a map may and must have. */
export interface Keys {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const LONGEST_PAUSE = 86_400_000;

/** The node as a map with these keys, null when it is none. Another kind of node, unknown and missing keys are problems. */
export function mapWith(node: ConfigNode, name: string, keys: Keys, problems: Problem[]): MapNode | null {
  if (node.kind !== 'map') {
    problems.push(
      problem(
        node.at,
        'PARTNER_VALUE',
        `"${name}" must be a map of keys and values.`,
        `Its keys are ${[...keys.required, ...keys.optional].join(', ')}.`,
      ),
    );
    return null;
  }
  const known = [...keys.required, ...keys.optional];
  for (const entry of node.entries) {
    if (known.includes(entry.key)) continue;
    problems.push(
      problem(entry.keyAt, 'PARTNER_KEY_UNKNOWN', `"${name}" has no key "${entry.key}".`, didYouMean(entry.key, known)),
    );
  }
  for (const key of keys.required) {
    if (entryOf(node, key) !== undefined) continue;
    problems.push(
      problem(node.at, 'PARTNER_KEY_MISSING', `"${name}" has no "${key}".`, `Add "${key}:" with its value.`),
    );
  }
  return node;
}

/** The text under a key, null when the key is absent. No value, a list or a map there is a problem. */
export function textAt(map: MapNode, key: string, problems: Problem[]): TextNode | null {
  const entry = entryOf(map, key);
  return entry === undefined ? null : asText(entry.value, key, problems);
}

/** The texts under a key that takes one text or a list of them; empty when the key is absent. */
export function textsAt(map: MapNode, key: string, problems: Problem[]): readonly TextNode[] {
  const entry = entryOf(map, key);
  if (entry === undefined) return [];
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  if (items.length === 0) {
    problems.push(problem(entry.keyAt, 'PARTNER_VALUE', `"${key}" is an empty list.`, 'List a value, or remove it.'));
  }
  return items.map((item) => asText(item, key, problems)).filter((text) => text !== null);
}

/** The maps of the list under a key; empty when the key is absent. */
export function listAt(map: MapNode, key: string, problems: Problem[]): readonly ConfigNode[] {
  const entry = entryOf(map, key);
  if (entry === undefined) return [];
  if (entry.value.kind === 'list') return entry.value.items;
  problems.push(
    problem(entry.value.at, 'PARTNER_VALUE', `"${key}" must be a list.`, 'Begin each of its lines with "- ".'),
  );
  return [];
}

/** The text under a key when it is one of the choices; another text is a problem. */
export function choiceAt<Choice extends string>(
  map: MapNode,
  key: string,
  choices: readonly Choice[],
  problems: Problem[],
): Choice | null {
  const text = textAt(map, key, problems);
  if (text === null) return null;
  const choice = choices.find((candidate) => candidate === text.value);
  if (choice !== undefined) return choice;
  problems.push(
    problem(
      text.at,
      'PARTNER_VALUE',
      `"${text.value}" is no value for "${key}".`,
      `Use one of: ${choices.join(', ')}.`,
    ),
  );
  return null;
}

const SECRET = /^secret:([a-z0-9][a-z0-9-]*)$/;

/** The name of the secret under a key (`acme-sftp` of `secret:acme-sftp`), null when the key is absent. */
export function secretAt(map: MapNode, key: string, problems: Problem[]): string | null {
  const text = textAt(map, key, problems);
  return text === null ? null : secretName(text, key, problems);
}

/** The name of the secret that a text means; a problem when it means none. */
export function secretName(text: TextNode, key: string, problems: Problem[]): string | null {
  const [, name] = SECRET.exec(text.value) ?? [];
  if (name !== undefined) return name;
  // What is written there may be the secret, which nothing repeats; under these keys inlineSecrets tells it.
  if (holdsSecret(key)) return null;
  const remedy = 'Write secret:<name>, and put the value into the environment or the folder of secrets.';
  problems.push(problem(text.at, 'SECRET_INLINE', `"${key}" does not name a secret.`, remedy));
  return null;
}

/** The bytes of the size under a key (`20MB`), null when the key is absent. */
export function sizeAt(map: MapNode, key: string, problems: Problem[]): number | null {
  const text = textAt(map, key, problems);
  const size = text === null ? null : parseSize(text.value);
  if (text !== null && size === null) {
    const remedy = 'Write a number and kB, MB or GB: 500kB, 20MB, 1GB.';
    problems.push(problem(text.at, 'PARTNER_VALUE', `"${text.value}" is no size.`, remedy));
  }
  return size;
}

/** The milliseconds of a pause under a key (`30s`), at most a day: longer ones would not fit a timer. */
export function pauseAt(map: MapNode, key: string, what: string, problems: Problem[]): number | null {
  const text = textAt(map, key, problems);
  if (text === null) return null;
  const pause = parseDuration(text.value);
  if (pause !== null && pause <= LONGEST_PAUSE) return pause;
  const remedy = 'Write a number and s, m or h, at most a day: 1s, 30s, 1m, 4h.';
  problems.push(problem(text.at, 'PARTNER_DURATION', `"${text.value}" is no ${what}.`, remedy));
  return null;
}

/** A whole number under a key, from `least` to `most`. */
export function numberAt(map: MapNode, key: string, least: number, most: number, problems: Problem[]): number | null {
  const text = textAt(map, key, problems);
  if (text === null) return null;
  const value = /^[0-9]{1,9}$/.test(text.value) ? Number(text.value) : Number.NaN;
  if (value >= least && value <= most) return value;
  const what = `"${text.value}" is no value for "${key}".`;
  problems.push(problem(text.at, 'PARTNER_VALUE', what, `Write a whole number from ${least} to ${most}.`));
  return null;
}

function asText(node: ConfigNode, key: string, problems: Problem[]): TextNode | null {
  if (node.kind === 'text' && node.value !== '') return node;
  const what = node.kind === 'text' ? `"${key}" has no value.` : `"${key}" must be one text, not a ${node.kind}.`;
  problems.push(problem(node.at, 'PARTNER_VALUE', what, 'Write the value behind the colon.'));
  return null;
}

/** A time under a key, in milliseconds: `30s`, `5m`, `2h`. Null when it is missing or wrong. */
export function durationAt(map: MapNode, key: string, problems: Problem[]): number | null {
  const text = textAt(map, key, problems);
  const duration = text === null ? null : parseDuration(text.value);
  if (text !== null && duration === null) {
    problems.push(problem(text.at, 'PARTNER_DURATION', `"${text.value}" is no time.`, 'Write 30s, 5m, 2h or 1d.'));
  }
  return duration;
}
