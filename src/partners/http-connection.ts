import { entryOf, type MapNode, problem, type TextNode } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { parseSize } from '../util/size.ts';
import { type Keys, textAt, textsAt } from './fields.ts';
import type { HttpConnection, PartnerKey } from './types.ts';

export const HTTP_KEYS: Keys = { required: [], optional: ['keys', 'signed', 'largest', 'url', 'token'] };

const PARTNER_KEY = /^([a-z0-9]{8}):sha256:([A-Za-z0-9+/]{43})=?$/;
const SECRET = /^secret:([a-z0-9][a-z0-9-]*)$/;
/** Largest body taken where the connection says nothing, in bytes. */
const DEFAULT_LARGEST = 100 * 1024 ** 2;

/** Reads an `http:` connection: `keys` let the partner post documents to us, `url` is where ours go. */
export function parseHttp(id: string, map: MapNode, problems: Problem[]): HttpConnection {
  if (entryOf(map, 'keys') === undefined && entryOf(map, 'url') === undefined) {
    const remedy = 'Add "keys" with a line of "crossdock key create" so that the partner may post to us, or "url".';
    problems.push(problem(map.at, 'PARTNER_KEY_MISSING', '"http" has neither "keys" nor "url".', remedy));
  }
  return {
    kind: 'http',
    id,
    keys: textsAt(map, 'keys', problems).flatMap((text) => keyOf(text, problems)),
    signed: secretAt(map, 'signed', problems),
    largest: sizeAt(map, 'largest', problems),
  };
}

function keyOf(text: TextNode, problems: Problem[]): readonly PartnerKey[] {
  const [, id, sha256] = PARTNER_KEY.exec(text.value) ?? [];
  if (id !== undefined && sha256 !== undefined) return [{ id, sha256 }];
  // What is wrong here may be the key itself, which must not be repeated.
  const what = 'This is no line for a key: an id of eight characters, ":sha256:" and the hash.';
  problems.push(problem(text.at, 'PARTNER_API_KEY', what, 'Take the line that "crossdock key create" prints.'));
  return [];
}

function secretAt(map: MapNode, key: string, problems: Problem[]): string | null {
  const text = textAt(map, key, problems);
  if (text === null) return null;
  const [, name] = SECRET.exec(text.value) ?? [];
  if (name !== undefined) return name;
  const remedy = 'Write secret:<name>, and put the value into the environment or the folder of secrets.';
  problems.push(problem(text.at, 'SECRET_INLINE', `"${key}" does not name a secret.`, remedy));
  return null;
}

function sizeAt(map: MapNode, key: string, problems: Problem[]): number {
  const text = textAt(map, key, problems);
  if (text === null) return DEFAULT_LARGEST;
  const size = parseSize(text.value);
  if (size !== null) return size;
  problems.push(
    problem(
      text.at,
      'PARTNER_VALUE',
      `"${text.value}" is no size.`,
      'Write a number and kB, MB or GB: 500kB, 20MB, 1GB.',
    ),
  );
  return DEFAULT_LARGEST;
}
