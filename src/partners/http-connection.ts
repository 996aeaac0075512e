import { entryOf, type MapNode, problem, type TextNode } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { type Keys, secretAt, sizeAt, textsAt } from './fields.ts';
import type { HttpConnection, PartnerKey } from './types.ts';

export const HTTP_KEYS: Keys = { required: [], optional: ['keys', 'signed', 'largest', 'url', 'token'] };

const PARTNER_KEY = /^([a-z0-9]{8}):sha256:([A-Za-z0-9+/]{43})=?$/;
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
    largest: sizeAt(map, 'largest', problems) ?? DEFAULT_LARGEST,
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
