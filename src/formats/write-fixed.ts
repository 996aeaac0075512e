import type { Encoder } from '../edi/encoder.ts';
import type { FixedField, FixedLayout, FixedRecord } from './fixed-layout.ts';
import { cellTexts, checkText } from './write-record.ts';
import { type FormatWriting, formatEncoder, type PlainNode, Refusals, type WriteEncoding } from './writing.ts';

export interface FixedWriteOptions {
  /** CRLF when absent. */
  readonly lineBreak?: '\n' | '\r\n';
  /** `utf-8` when absent. Places count characters, not bytes. */
  readonly encoding?: WriteEncoding;
}

/** Line ends and other controls; a mark of the byte order begins a file and is no text. */
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f\ufeff]/;

/**
 * Writes the records of a fixed-width file, one a line, each as long as its layout says. Values are filled up with blanks: on
 * the left where a reader trims the start alone (numbers), else on the right; a value that is not trimmed fills its field.
 * Where fields share places they must agree. What is written is read as the same records with the same layout.
 */
export function writeFixedWidth(
  records: Iterable<PlainNode>,
  layout: FixedLayout,
  { lineBreak = '\r\n', encoding = 'utf-8' }: FixedWriteOptions = {},
): FormatWriting {
  const refusals = new Refusals();
  const encoder = formatEncoder(encoding);
  const byName = new Map(layout.records.map((record) => [record.name, record]));
  const lines: string[] = [];
  let count = 0;
  for (const node of records) {
    const { name = '' } = node;
    const path = `fixed/record[${++count}]`;
    const record = byName.get(name);
    if (record === undefined) {
      refusals.add(
        'name',
        path,
        name,
        `is no record of this layout, which has ${[...byName.keys()].join(', ')}. Correct it.`,
      );
    } else lines.push(lineOf(node, record, layout, path, encoder, refusals) + lineBreak);
  }
  return refusals.result(() => encoder.encode(lines.join('')));
}

function lineOf(
  node: PlainNode,
  { tag, fields }: FixedRecord,
  layout: FixedLayout,
  path: string,
  encoder: Encoder,
  refusals: Refusals,
): string {
  const line = new Line(refusals);
  const place = layout.tag;
  if (place !== undefined) line.put({ name: 'tag', ...place }, tag ?? '', `${path}/tag`);
  const texts = cellTexts(
    node,
    fields.map(({ name }) => name),
    path,
    refusals,
  );
  for (const [index, field] of fields.entries()) {
    const text = texts[index] ?? '';
    checkText(text, CONTROL, `${path}/${field.name}`, encoder, refusals);
    line.put(field, text, `${path}/${field.name}`);
  }
  const written = line.text();
  if (written.trim() === '')
    refusals.add('value', path, written, 'is a blank line, which is no record. Write a value.');
  return written;
}

/** The characters of a line, put in place by place. */
class Line {
  readonly #characters: string[] = [];
  readonly #refusals: Refusals;

  constructor(refusals: Refusals) {
    this.#refusals = refusals;
  }

  put({ from, length, trim = 'both' }: FixedField, text: string, path: string): void {
    const value = [...text];
    if (value.length > length || (trim === 'none' && value.length < length && text !== '')) {
      const need = trim === 'none' ? `${length} characters exactly` : `${length} characters at most`;
      this.#refusals.add(
        'width',
        path,
        text,
        `has ${value.length} characters in a field of ${need}. Change the value.`,
      );
      return;
    }
    if (trimmed(text, trim) !== text) {
      this.#refusals.add(
        'value',
        path,
        text,
        'has blanks at its ends that a reader takes for padding. Take them away.',
      );
    }
    const padding: string[] = Array(length - value.length).fill(' ');
    const cells = trim === 'start' ? [...padding, ...value] : [...value, ...padding];
    const differs = cells.findIndex(
      (character, index) => (this.#characters[from - 1 + index] ?? character) !== character,
    );
    if (differs !== -1) {
      const why = `does not agree with what stands at place ${from + differs} already. Give fields of the same place one value.`;
      this.#refusals.add('value', path, text, why);
    }
    for (const [index, character] of cells.entries()) this.#characters[from - 1 + index] = character;
  }

  text(): string {
    return Array.from(this.#characters, (character) => character ?? ' ').join('');
  }
}

function trimmed(text: string, trim: FixedField['trim']): string {
  const start = trim === 'both' || trim === 'start' ? text.replace(/^ +/, '') : text;
  return trim === 'both' || trim === 'end' ? start.replace(/ +$/, '') : start;
}
