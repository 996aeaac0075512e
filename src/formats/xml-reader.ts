import type { FormatLimits } from './limits.ts';
import type { Fault } from './reading.ts';
import type { Source } from './source.ts';
import type { TreeAttribute, TreeNode } from './tree.ts';
import { XmlBuilder } from './xml-builder.ts';
import { type Decoded, decodeAttribute, decodeText, unifyLines } from './xml-text.ts';

const NAME = /[^ \t\r\n/>=<"'&]+/y;
const ATTRIBUTE = /[ \t\r\n]+([^ \t\r\n/>=<"'&]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /[ \t\r\n]*(\/?)>/y;
const BLANK = /^[ \t\r\n]*$/;
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
/** U+FFFE and U+FFFF, which XML forbids too; in UTF-8 as its bytes. */
const NO_CHARACTER = { utf8: /\u00ef\u00bf[\u00be\u00bf]/, utf16: /[\ufffe\uffff]/ };
const COMMENT = '<!--';
const CDATA = '<![CDATA[';

/** Goes through the text once, from mark to mark. Methods that give false or null have met a fault. */
export class XmlReader {
  readonly #source: Source;
  readonly #text: string;
  readonly #limits: FormatLimits;
  readonly #builder: XmlBuilder;
  #at: number;
  #nodes = 0;
  #fault: Fault | null = null;

  constructor(source: Source, limits: FormatLimits) {
    this.#source = source;
    this.#text = source.text;
    this.#limits = limits;
    this.#builder = new XmlBuilder(source.unit);
    this.#at = source.begin;
  }

  /** The root element, or why there is none. */
  read(): TreeNode | Fault {
    const root = this.#read();
    return root ?? this.#fault ?? this.#faultOf('FORMAT_TRUNCATED', 'There is no element.');
  }

  #read(): TreeNode | null {
    const forbidden = this.#forbidden();
    if (forbidden !== -1) {
      this.#at = forbidden;
      this.#fail('FORMAT_CHARACTER', undefined, this.#source.slice(forbidden, forbidden + 3)[0]);
      return null;
    }
    while (this.#at < this.#text.length) if (!this.#step()) return null;
    if (this.#builder.depth > 0) this.#fail('FORMAT_TRUNCATED', `The element ${this.#builder.name} is not closed.`);
    return this.#builder.root;
  }

  #forbidden(): number {
    const control = this.#text.search(FORBIDDEN);
    const { encoding, unit } = this.#source;
    if (control !== -1 || (encoding !== 'utf-8' && unit === 1)) return control;
    return this.#text.search(unit === 2 ? NO_CHARACTER.utf16 : NO_CHARACTER.utf8);
  }

  /** Text up to the next mark, and what the mark begins. */
  #step(): boolean {
    const mark = this.#text.indexOf('<', this.#at);
    const end = mark === -1 ? this.#text.length : mark;
    if (end > this.#at && !this.#characters(end)) return false;
    if (mark === -1) return true;
    switch (this.#text[mark + 1]) {
      case '/':
        return this.#closeTag();
      case '?':
        return this.#passOver('?>', 2);
      case '!':
        return this.#declaration();
      default:
        return this.#openTag();
    }
  }

  #characters(end: number): boolean {
    const start = this.#at;
    const blank = BLANK.test(this.#text.slice(start, end));
    const outside = this.#builder.depth === 0;
    if (outside && !blank) return this.#fail('FORMAT_SYNTAX', 'Text stands outside the root element.');
    // CDATA or a comment may bring more of the same text.
    const betweenElements = blank && this.#builder.behindElement && !/[!?]/.test(this.#text[end + 1] ?? '');
    if (!outside && !betweenElements) {
      if (!this.#addText(start, end, decodeText(this.#source, start, end))) return false;
    }
    this.#at = end;
    return true;
  }

  #declaration(): boolean {
    const start = this.#at;
    if (this.#text.startsWith(COMMENT, start)) return this.#passOver('-->', COMMENT.length);
    if (this.#text.startsWith(CDATA, start)) {
      if (this.#builder.depth === 0) return this.#fail('FORMAT_SYNTAX', 'Text stands outside the root element.');
      if (!this.#passOver(']]>', CDATA.length)) return false;
      const [from, to] = [start + CDATA.length, this.#at - ']]>'.length];
      return this.#addText(start, this.#at, { text: unifyLines(this.#source.slice(from, to)) });
    }
    if (/^<!doctype/i.test(this.#text.slice(start, start + 9))) return this.#fail('FORMAT_DOCTYPE');
    const value = this.#source.slice(start, start + CDATA.length);
    if (COMMENT.startsWith(value) || CDATA.startsWith(value)) return this.#fail('FORMAT_TRUNCATED');
    return this.#fail('FORMAT_SYNTAX', 'Here begins neither a comment nor CDATA.', value);
  }

  /** Moves behind the mark that ends what begins here. */
  #passOver(mark: string, beginning: number): boolean {
    const end = this.#text.indexOf(mark, this.#at + beginning);
    if (end === -1) return this.#fail('FORMAT_TRUNCATED');
    this.#at = end + mark.length;
    return true;
  }

  #openTag(): boolean {
    const { depth, root } = this.#builder;
    if (depth >= this.#limits.depth) {
      return this.#fail('FORMAT_TOO_DEEP', `More than ${this.#limits.depth} levels are nested here.`);
    }
    if (depth === 0 && root !== null) return this.#fail('FORMAT_SYNTAX', 'A second root element begins here.');
    if (!this.#count()) return false;
    const tag = this.#at++;
    const found = this.#skip(NAME)?.[0];
    if (found === undefined) return this.#failTag(tag);
    const name = this.#source.slice(tag + 1, this.#at);
    const attributes: TreeAttribute[] = [];
    if (!this.#attributes(attributes)) return false;
    const end = this.#skip(TAG_END);
    if (end === null) return this.#failTag(tag);
    this.#builder.open(name, attributes.length === 0 ? null : attributes, this.#at);
    if (end[1] === '/') this.#builder.close(this.#at);
    return true;
  }

  #attributes(attributes: TreeAttribute[]): boolean {
    const { names } = this.#limits;
    const { unit } = this.#source;
    for (;;) {
      const start = this.#at;
      const found = this.#skip(ATTRIBUTE);
      if (found === null) return true;
      const [whole, rawName = '', double, single = ''] = found;
      const end = this.#at - 1;
      const from = end - (double ?? single).length;
      const nameAt = start + whole.indexOf(rawName);
      const name = this.#source.slice(nameAt, nameAt + rawName.length);
      const text = this.#decoded(decodeAttribute(this.#source, from, end));
      if (text === null) return false;
      if (!this.#count()) return false;
      attributes.push({ name, text, start: from * unit, end: end * unit });
      if (attributes.length > names) {
        return this.#fail('FORMAT_TOO_MANY', `An element has more than ${names} attributes.`);
      }
    }
  }

  #closeTag(): boolean {
    const tag = this.#at;
    const open = this.#builder.name;
    this.#at += '</'.length;
    const found = this.#skip(NAME)?.[0] ?? '';
    const name = this.#source.slice(this.#at - found.length, this.#at);
    const end = this.#skip(TAG_END);
    if (found === '' || end === null || end[1] === '/') return this.#failTag(tag);
    if (open === name) {
      this.#builder.close(tag);
      return true;
    }
    this.#at = tag;
    if (open === undefined) return this.#fail('FORMAT_SYNTAX', 'An element is closed that is not open.', `</${name}>`);
    return this.#fail('FORMAT_SYNTAX', `The element ${open} is closed by another name.`, `</${name}>`, `</${open}>`);
  }

  #addText(start: number, end: number, decoded: Decoded): boolean {
    const text = this.#decoded(decoded);
    if (text === null || !this.#count()) return false;
    this.#builder.text(text, start, end);
    return true;
  }

  #decoded(decoded: Decoded): string | null {
    if ('text' in decoded) return decoded.text;
    this.#at = decoded.at;
    this.#fail('FORMAT_ENTITY', undefined, decoded.reference);
    return null;
  }

  #count(): boolean {
    if (++this.#nodes <= this.#limits.nodes) return true;
    return this.#fail('FORMAT_TOO_MANY', `There are more than ${this.#limits.nodes} elements, attributes and texts.`);
  }

  #skip(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  /** A tag that cannot be read: cut off where the file ends before it does. */
  #failTag(tag: number): false {
    if (this.#text.indexOf('>', this.#at) === -1) return this.#fail('FORMAT_TRUNCATED');
    return this.#fail('FORMAT_SYNTAX', 'The tag cannot be read here.', this.#source.slice(tag, this.#at + 1));
  }

  #fail(code: Fault['code'], text?: string, value?: string, expected?: string): false {
    this.#fault = this.#faultOf(code, text, value, expected);
    return false;
  }

  #faultOf(code: Fault['code'], text?: string, value?: string, expected?: string): Fault {
    const path = ['xml', ...this.#builder.names].join('/');
    return { code, byte: this.#at * this.#source.unit, path, text, value, expected };
  }
}
