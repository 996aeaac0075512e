import type { PartyId, Standard } from '../edi/envelope.ts';
import { type ConfigNode, problem, type TextNode } from '../util/config-tree.ts';
import type { Place, Problem } from '../util/problem.ts';
import { mapWith, textsAt } from './fields.ts';

/** An identifier with the place where it is written. */
export interface PlacedIdentifier {
  readonly standard: Standard;
  /** `qualifier/id`. */
  readonly value: string;
  readonly at: Place;
}

/** The form identifiers are compared in: `qualifier/id` without the padding of either. */
export function identifierOf(party: PartyId): string {
  return `${party.qualifier.trim()}/${party.id.trim()}`;
}

/** The form people write in a partner file: `ZZ/ACME` for X12, `4012345000009:14` for EDIFACT. */
export function identifierText(standard: Standard, party: PartyId): string {
  if (standard === 'x12') return identifierOf(party);
  const qualifier = party.qualifier.trim();
  return qualifier === '' ? party.id.trim() : `${party.id.trim()}:${qualifier}`;
}

/** Reads `identifiers:` or `us:`; one text or a list by standard. AS2 names are checked for shape only. */
export function parseIdentifiers(node: ConfigNode, name: string, problems: Problem[]): readonly PlacedIdentifier[] {
  const map = mapWith(node, name, { required: [], optional: ['x12', 'edifact', 'as2'] }, problems);
  if (map === null) return [];
  for (const text of textsAt(map, 'as2', problems)) {
    if (text.value.length <= 128) continue;
    problems.push(
      problem(text.at, 'PARTNER_IDENTIFIER', 'An AS2 name has at most 128 characters (RFC 4130).', 'Shorten it.'),
    );
  }
  return [
    ...textsAt(map, 'x12', problems).map((text) => x12Identifier(text, problems)),
    ...textsAt(map, 'edifact', problems).map((text) => edifactIdentifier(text, problems)),
  ].filter((identifier) => identifier !== null);
}

/** The identifiers of each standard, as a partner keeps them. */
export function byStandard(identifiers: readonly PlacedIdentifier[]): Partial<Record<Standard, readonly string[]>> {
  const result: Partial<Record<Standard, readonly string[]>> = {};
  for (const { standard, value } of identifiers) result[standard] = [...(result[standard] ?? []), value];
  return result;
}

/** ISA05/06 and ISA07/08: a qualifier of two characters, an id of at most fifteen. */
function x12Identifier(text: TextNode, problems: Problem[]): PlacedIdentifier | null {
  const match = /^([A-Z0-9]{2})\/(\S(?:.{0,13}\S)?)$/.exec(text.value);
  if (match !== null) return { standard: 'x12', value: text.value, at: text.at };
  problems.push(
    problem(
      text.at,
      'PARTNER_IDENTIFIER',
      `"${text.value}" is no X12 identifier.`,
      'Write the qualifier of two characters, a slash and the id of at most 15, as in ISA05 and ISA06: ZZ/ACME3PL.',
    ),
  );
  return null;
}

/** UNB S002 and S003: an id of at most 35 characters, and a qualifier of at most four behind a colon where there is one. */
function edifactIdentifier(text: TextNode, problems: Problem[]): PlacedIdentifier | null {
  const match = /^([^\s:](?:[^:]{0,33}[^\s:])?)(?::([A-Z0-9]{1,4}))?$/.exec(text.value);
  if (match !== null) {
    const value = identifierOf({ qualifier: match[2] ?? '', id: match[1] ?? '' });
    return { standard: 'edifact', value, at: text.at };
  }
  problems.push(
    problem(
      text.at,
      'PARTNER_IDENTIFIER',
      `"${text.value}" is no EDIFACT identifier.`,
      'Write the id of at most 35 characters and behind a colon its qualifier, in quotes, as in UNB: "4012345000009:14".',
    ),
  );
  return null;
}
