import type { Encoder } from '../edi/encoder.ts';
import { FORMAT_LIMITS } from './limits.ts';
import {
  type FormatWriting,
  formatEncoder,
  type PlainAttribute,
  type PlainNode,
  Refusals,
  shownCharacter,
  type WriteEncoding,
} from './writing.ts';

export interface XmlWriteOptions {
  /** `utf-8` when absent. Characters that the encoding has not are written by their number. */
  readonly encoding?: WriteEncoding;
  /** What each level is indented by; with it every element has its line, unless text stands beside it. None when absent. */
  readonly indent?: string;
}

const LABELS: Readonly<Record<WriteEncoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'iso-8859-1': 'ISO-8859-1',
  'windows-1252': 'windows-1252',
};

const START =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd';
/** Names of XML 1.0 with at most one colon, for a prefix. */
const NAME = new RegExp(
  `^(?!:)(?!.*:$)(?!.*:.*:)[${START}][${START}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]*$`,
  'u',
);
/** What XML 1.0 forbids, also by its number. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const BLANK = /^[ \t\r\n]*$/;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Writes an XML document: a declaration, then the tree of elements, attributes and texts. Never a comment, CDATA, processing
 * instruction or document type. What is written is read as the same tree; what could not be is refused.
 */
export function writeXml(root: PlainNode, { encoding = 'utf-8', indent = '' }: XmlWriteOptions = {}): FormatWriting {
  const encoder = formatEncoder(encoding);
  const refusals = new Refusals();
  const writer = new XmlWriter(encoder, indent, refusals);
  if (root.kind === 'element') writer.element(root, `xml/${root.name ?? ''}`, indent === '' ? null : '\n');
  else refusals.add('kind', 'xml', root.kind, 'is the kind of the root. Write an element.');
  const head = `<?xml version="1.0" encoding="${LABELS[encoding]}"?>\n`;
  return refusals.result(() => encoder.encode(`${head}${writer.text}\n`));
}

class XmlWriter {
  text = '';
  readonly #encoder: Encoder;
  readonly #indent: string;
  readonly #refusals: Refusals;
  #depth = 0;

  constructor(encoder: Encoder, indent: string, refusals: Refusals) {
    this.#encoder = encoder;
    this.#indent = indent;
    this.#refusals = refusals;
  }

  /** `lineBreak` begins the line of this element; null where elements have no lines of their own. */
  element(node: PlainNode, path: string, lineBreak: string | null): void {
    const { name = '', text = '', attributes = [], children = [] } = node;
    if (++this.#depth > FORMAT_LIMITS.depth) {
      this.#refusals.add('depth', path, name, `is more than ${FORMAT_LIMITS.depth} levels deep. Write fewer levels.`);
      this.#depth--;
      return;
    }
    this.#name(name, path);
    this.text += `<${name}`;
    this.#attributes(attributes, path);
    if (text === '' && children.length === 0) this.text += '/>';
    else {
      this.text += '>';
      if (children.length === 0) this.text += this.#value(text, path, false);
      else this.#children(children, text, path, lineBreak);
      this.text += `</${name}>`;
    }
    this.#depth--;
  }

  #children(children: readonly PlainNode[], text: string, path: string, lineBreak: string | null): void {
    if (text !== '') {
      this.#refusals.add('kind', path, text, 'is the text of an element that has children. Make it a child too.');
    }
    const hasLines = lineBreak !== null && children.every(({ kind }) => kind === 'element');
    const inner = hasLines ? lineBreak + this.#indent : null;
    const counts = new Map<string, number>();
    for (const [index, child] of children.entries()) {
      const { kind, name = '' } = child;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      this.text += inner ?? '';
      if (kind === 'element') this.element(child, `${path}/${name}${count > 1 ? `[${count}]` : ''}`, inner);
      else this.#piece(child, path, children[index - 1]?.kind === 'text', children.length === 1);
    }
    if (hasLines) this.text += lineBreak;
  }

  /** A text between elements. */
  #piece({ kind, text = '' }: PlainNode, path: string, followsText: boolean, alone: boolean): void {
    if (kind !== 'text') this.#refusals.add('kind', path, kind, 'is no kind of node of XML. Write elements and texts.');
    else if (followsText || alone || BLANK.test(text)) {
      const why = 'would be read as part of what is around it. Write one text that is not blank between two elements.';
      this.#refusals.add('value', path, text, why);
    } else this.text += this.#value(text, path, false);
  }

  #attributes(attributes: readonly PlainAttribute[], path: string): void {
    const seen = new Set<string>();
    for (const { name, text } of attributes) {
      const place = `${path}/@${name}`;
      this.#name(name, place);
      if (seen.has(name))
        this.#refusals.add('repeated', place, text, 'is an attribute for the second time. Write it once.');
      seen.add(name);
      this.text += ` ${name}="${this.#value(text, place, true)}"`;
    }
  }

  #name(name: string, path: string): void {
    if (!NAME.test(name)) {
      this.#refusals.add(
        'name',
        path,
        name,
        'is no name in XML. Begin it with a letter; go on with letters, digits, - _ and .',
      );
      return;
    }
    const foreign = [...name].find((character) => !this.#encoder.has(character.codePointAt(0) ?? 0));
    if (foreign === undefined) return;
    const why = `is a name with ${shownCharacter(foreign)}, which the encoding has not. Choose another name, or UTF-8.`;
    this.#refusals.add('encoding', path, name, why);
  }

  #value(text: string, path: string, isAttribute: boolean): string {
    const forbidden = FORBIDDEN.exec(text)?.[0];
    if (forbidden !== undefined) {
      const why = `holds ${shownCharacter(forbidden)}, which XML cannot say. Take it out of the value.`;
      this.#refusals.add('character', path, text, why);
    }
    // Line ends and tabs are changed by readers: CR everywhere, all of them in attributes.
    const special = isAttribute ? /[&<>"\r\n\t]/g : /[&<>\r]/g;
    const marked = text.replace(special, (mark) => ENTITIES[mark] ?? `&#${mark.charCodeAt(0)};`);
    return marked.replace(/[\u{80}-\u{10ffff}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return this.#encoder.has(code) ? character : `&#${code};`;
    });
  }
}
