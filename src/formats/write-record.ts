import type { Encoder } from '../edi/encoder.ts';
import { type PlainNode, type Refusals, shownCharacter } from './writing.ts';

/** The texts of a record by the names of its cells or fields; those that it has not are empty. */
export function cellTexts(
  { kind, children = [] }: PlainNode,
  names: readonly string[],
  path: string,
  refusals: Refusals,
): readonly string[] {
  if (kind !== 'record') refusals.add('kind', path, kind, 'is no kind of line of a table. Write records.');
  const texts = new Map<string, string>();
  for (const { kind: cellKind, name = '', text = '' } of children) {
    const place = `${path}/${name}`;
    if (cellKind !== 'text') refusals.add('kind', place, cellKind, 'is no kind of cell. Write texts.');
    if (!names.includes(name)) {
      refusals.add(
        'name',
        place,
        text,
        `stands in no place of this record, which has ${names.join(', ')}. Correct the name.`,
      );
    }
    if (texts.has(name)) refusals.add('repeated', place, text, 'is there for the second time. Write it once.');
    texts.set(name, text);
  }
  return names.map((name) => texts.get(name) ?? '');
}

/** Refuses characters that a text may not hold or that the encoding has not. */
export function checkText(text: string, forbidden: RegExp, path: string, encoder: Encoder, refusals: Refusals): void {
  const found = forbidden.exec(text)?.[0];
  if (found !== undefined || !text.isWellFormed()) {
    const what = found === undefined ? 'half of a character' : shownCharacter(found);
    refusals.add('character', path, text, `holds ${what}, which no such file may hold. Take it out of the value.`);
    return;
  }
  const foreign = [...text].find((character) => !encoder.has(character.codePointAt(0) ?? 0));
  if (foreign === undefined) return;
  const why = `holds ${shownCharacter(foreign)}, which the encoding has not. Choose another encoding, or change the value.`;
  refusals.add('encoding', path, text, why);
}
