import type { Finding } from '../../edi/finding.ts';
import type { FindingCode } from '../../edi/finding-codes.ts';
import { finding } from '../../edi/findings.ts';
import type { Json } from '../../events/types.ts';
import type { Place } from '../../util/problem.ts';
import type { Claim } from './claims.ts';
import { cellName, type DraftSegment } from './draft.ts';

/** Findings of writing name the field of the event and the line of the map; there is no document yet to point into. */
function writeFinding(
  code: FindingCode,
  pointer: string,
  value: Json | undefined,
  text: string,
  remedy: string,
): Finding {
  const shown = value === undefined ? undefined : shortText(value);
  return finding(code, { path: `data${pointer}`, position: { byte: 0 }, value: shown, text, remedy });
}

/** The map has no text for the value. */
export function unsayableFinding(pointer: string, value: Json, at: Place, reasons: readonly string[]): Finding {
  const text = `data${pointer} is ${shortText(value)} and cannot be written: ${[...new Set(reasons)].join('; ')}.`;
  const remedy = `Send a value that fits, or teach the map one (${placeText(at)}).`;
  return writeFinding('MAP_WRITE_VALUE', pointer, value, text, remedy);
}

/** Another rule has said something else in the same element. */
export function conflictFinding(
  pointer: string,
  value: Json,
  at: Place,
  segment: DraftSegment,
  key: number,
  others: readonly Claim[],
  claim: Claim,
): Finding {
  const name = cellName(segment.definition.tag, key);
  const other = others.find(({ accepts }) => !claim.texts.some(accepts)) ?? others[0];
  const because =
    other === undefined
      ? ''
      : ` ${nameOf(other)} wants ${other.texts.slice(0, 5).join(' or ') || 'another text'} (${placeText(other.at)}).`;
  const text = `data${pointer} is ${shortText(value)} and wants ${claim.texts.slice(0, 5).join(' or ') || 'another text'} in ${name};${because}`;
  const remedy = `Leave one of the two fields out of the event, or give them elements of their own in the map (${placeText(at)}).`;
  return writeFinding('MAP_WRITE_CONFLICT', pointer, value, text, remedy);
}

/** An entry of a list for the remaining segments is one that has a field of its own. */
export function namedFinding(pointer: string, tag: string, codes: readonly string[], at: Place): Finding {
  const text = `data${pointer} would be written as ${tag} with ${codes.slice(0, 5).join(' or ')}, and another field of the event says that one.`;
  return writeFinding(
    'MAP_WRITE_CONFLICT',
    pointer,
    undefined,
    text,
    `Say it in the field of its own (${placeText(at)}).`,
  );
}

/** Rules met in an element, and nothing tells which of the texts that they all accept to write. */
export function undecidedFinding(name: string, claim: Claim): Finding {
  const text = `Nothing tells what to write in ${name}: data${claim.field} leaves it open.`;
  const remedy = `Give the raw code in the event (rawCodes), or write a code for it into the table of the rule (${placeText(claim.at)}).`;
  return writeFinding('MAP_WRITE_VALUE', claim.field, undefined, text, remedy);
}

/** A segment would break a syntax note of the standard. `claim` is the value because of which it does. */
export function brokenNoteFinding(
  pointer: string,
  claim: Claim,
  tag: string,
  name: string,
  note: string,
  tooMany: boolean,
): Finding {
  const what = pointer === '' ? 'The type of the event' : `data${pointer}`;
  const fault = tooMany ? 'would be one too many' : 'would be empty';
  const text = `${what} cannot be written: ${tag} takes ${note}, and ${name} ${fault}.`;
  const remedy = tooMany
    ? `Leave one of the fields out of the event, or write them into segments of their own in the map (${placeText(claim.at)}).`
    : `Give the event the field of ${name} too, leave this one out, or write a constant for ${name} in the map (${placeText(claim.at)}).`;
  return writeFinding('MAP_WRITE_RULE', pointer, undefined, text, remedy);
}

/** The standard takes no more of such segments, or loops, in the place. `claim` is a value of the one that is too many. */
export function noRoomFinding(pointer: string, claim: Claim, name: string, most: number): Finding {
  const text = `data${pointer} cannot be written: the standard takes ${most} ${name} there, and this would be one more.`;
  const remedy = `Leave it out of the event, or write it into another segment in the map (${placeText(claim.at)}).`;
  return writeFinding('MAP_WRITE_RULE', pointer, undefined, text, remedy);
}

/** What was written would be read as something else. */
export function differenceFinding(
  pointer: string,
  wanted: Json | undefined,
  got: Json | undefined,
  pin: string,
): Finding {
  const text =
    got === undefined
      ? `data${pointer} is ${shortText(wanted)} and would be lost: the document that ${pin} makes is read back without it.`
      : wanted === undefined
        ? `data${pointer} is not in the event, but the document that ${pin} makes is read back with ${shortText(got)} there.`
        : `data${pointer} is ${shortText(wanted)}, but the document that ${pin} makes is read back with ${shortText(got)}.`;
  const remedy = 'Nothing was written. Change the value, or mend the rule of this field in the map.';
  return writeFinding('MAP_WRITE_DIFFERS', pointer, wanted, text, remedy);
}

/** A field that no rule of the map writes: told, because it does not reach the partner. */
export function unsaidFinding(pointer: string, pin: string): Finding {
  const text = `data${pointer} is not in the document: no rule of ${pin} writes it.`;
  return writeFinding(
    'MAP_WRITE_UNSAID',
    pointer,
    undefined,
    text,
    'Nothing to do, unless the partner needs it: then add a rule to the map.',
  );
}

/** The event is of a type, or shape, that the map does not write. */
export function eventFinding(text: string, remedy: string): Finding {
  return writeFinding('MAP_WRITE_EVENT', '', undefined, text, remedy);
}

function nameOf({ field, kind }: Claim): string {
  return kind === 'condition' && field === '' ? 'A condition' : kind === 'constant' ? 'A constant' : `data${field}`;
}

function placeText({ file, line }: Place): string {
  return `${file}:${line}`;
}

function shortText(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
