import { FORMAT_LIMITS, type FormatLimits } from './limits.ts';
import { type Fault, type FormatReading, faultFinding, refused } from './reading.ts';
import { markedEncoding, openSource, type Source } from './source.ts';
import { NO_ATTRIBUTES, NO_CHILDREN, type NodeKind, type TreeNode } from './tree.ts';

/** Bytes of UTF-8. */
const LONGEST_CHARACTER = 4;
const BLANKS = /[ \t\r\n]*/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const FORBIDDEN_KEY = '__proto__';
const WORD = /[^ \t\r\n,:"[\]{}]+/y;

/**
 * The tree of a JSON document (RFC 8259, UTF-8). Numbers stay the text they are; a key that stands twice in an object is
 * refused, and so is `__proto__`, which programs take for something else. Never throws; the time grows with the size.
 */
export function readJson(bytes: Buffer, limits: FormatLimits = FORMAT_LIMITS): FormatReading {
  if (bytes.length > limits.bytes) {
    return refused({ code: 'FORMAT_TOO_LARGE', byte: limits.bytes, path: 'json', expected: `${limits.bytes} bytes` });
  }
  const source = openSource(bytes, markedEncoding(bytes) ?? 'utf-8', 'json');
  return 'code' in source ? refused(source) : new JsonReader(source, limits).read();
}

/** Goes through the text once; null from a method means that `#fault` says why. */
class JsonReader {
  readonly #source: Source;
  readonly #limits: FormatLimits;
  readonly #path: string[] = [];
  #at: number;
  #nodes = 0;
  #fault: Fault | null = null;

  constructor(source: Source, limits: FormatLimits) {
    this.#source = source;
    this.#limits = limits;
    this.#at = source.begin;
  }

  read(): FormatReading {
    const root = this.#value('');
    if (root !== null && this.#next() !== '') this.#fail('FORMAT_SYNTAX', 'Something follows the value.');
    return this.#fault === null ? { root, findings: [] } : { root: null, findings: [faultFinding(this.#fault)] };
  }

  #value(name: string): TreeNode | null {
    const mark = this.#next();
    if (++this.#nodes > this.#limits.nodes) {
      return this.#fail('FORMAT_TOO_MANY', `There are more than ${this.#limits.nodes} values.`);
    }
    switch (mark) {
      case '{':
        return this.#container(name, 'object', '}');
      case '[':
        return this.#container(name, 'list', ']');
      case '"': {
        const start = this.#at + 1;
        const text = this.#string();
        return text === null ? null : this.#leaf(name, 'text', text, start, this.#at - 1);
      }
      default:
        return this.#word(name);
    }
  }

  #container(name: string, kind: 'object' | 'list', close: '}' | ']'): TreeNode | null {
    const { depth, names } = this.#limits;
    if (this.#path.length >= depth) return this.#fail('FORMAT_TOO_DEEP', `More than ${depth} levels are nested here.`);
    const start = this.#at++;
    const children: TreeNode[] = [];
    const keys = new Set<string>();
    this.#path.push('');
    for (let mark = this.#next(); mark !== close || children.length > 0; mark = this.#next()) {
      if (kind === 'list') this.#path[this.#path.length - 1] = `[${children.length + 1}]`;
      const key = kind === 'list' ? name : this.#key(mark, keys);
      const child = key === null ? null : this.#value(key);
      if (child === null) return null;
      children.push(child);
      if (keys.size > names) return this.#fail('FORMAT_TOO_MANY', `An object has more than ${names} keys.`);
      const after = this.#next();
      if (after === close) break;
      if (after !== ',') return this.#unexpected(`a comma or ${close}`);
      this.#at++;
    }
    this.#at++;
    this.#path.pop();
    return this.#node(name, kind, '', start, this.#at, children);
  }

  #key(mark: string, keys: Set<string>): string | null {
    if (mark !== '"') return this.#unexpected('a key in quotes');
    const from = this.#at;
    const key = this.#string();
    if (key === null) return null;
    this.#path[this.#path.length - 1] = key;
    if (keys.has(key)) {
      this.#at = from;
      return this.#fail('FORMAT_NAME_REPEATED', 'The key stands twice in this object.', key);
    }
    if (key === FORBIDDEN_KEY) {
      this.#at = from;
      return this.#fail('FORMAT_SYNTAX', 'This key is not read.', key);
    }
    keys.add(key);
    if (this.#next() !== ':') return this.#unexpected('a colon');
    this.#at++;
    return key;
  }

  #string(): string | null {
    const { text } = this.#source;
    const start = ++this.#at;
    let escaped = false;
    for (;;) {
      this.#skip(PLAIN);
      const mark = text[this.#at];
      if (mark === '"') break;
      if (mark === '\\' && this.#skip(ESCAPE)) escaped = true;
      else if (mark === undefined) return this.#truncated();
      else if (mark === '\\')
        return this.#fail('FORMAT_SYNTAX', 'JSON knows no such escape.', text.slice(this.#at, this.#at + 2));
      else return this.#fail('FORMAT_CHARACTER', 'A control character stands in a string.', mark);
    }
    const raw = this.#source.slice(start, this.#at);
    this.#at++;
    if (!escaped) return raw;
    const value: unknown = JSON.parse(`"${raw}"`);
    if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) return value;
    this.#at = start;
    return this.#fail('FORMAT_CHARACTER', 'An escape in this string stands for no character of a text.', raw);
  }

  #word(name: string): TreeNode | null {
    const start = this.#at;
    if (this.#skip(WORD)) {
      const word = this.#source.slice(start, this.#at);
      if (word === 'null') return this.#leaf(name, 'null', '', start, this.#at);
      if (word === 'true' || word === 'false') return this.#leaf(name, 'boolean', word, start, this.#at);
      NUMBER.lastIndex = 0;
      if (NUMBER.test(word) && NUMBER.lastIndex === word.length)
        return this.#leaf(name, 'number', word, start, this.#at);
      this.#at = start;
      return this.#fail('FORMAT_SYNTAX', 'This is no value; text stands in quotes, a number begins with no 0.', word);
    }
    return this.#unexpected('a value');
  }

  #leaf(name: string, kind: NodeKind, text: string, start: number, end: number): TreeNode {
    return this.#node(name, kind, text, start, end, NO_CHILDREN);
  }

  #node(
    name: string,
    kind: NodeKind,
    text: string,
    start: number,
    end: number,
    children: readonly TreeNode[],
  ): TreeNode {
    const { unit } = this.#source;
    return { kind, name, text, start: start * unit, end: end * unit, attributes: NO_ATTRIBUTES, children };
  }

  /** The character behind the blanks here; empty at the end. */
  #next(): string {
    this.#skip(BLANKS);
    return this.#source.text[this.#at] ?? '';
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#source.text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #unexpected(expected: string): null {
    if (this.#at >= this.#source.text.length) return this.#truncated();
    const [found] = this.#source.slice(this.#at, this.#at + LONGEST_CHARACTER);
    return this.#fail('FORMAT_SYNTAX', `Here must be ${expected}.`, found);
  }

  #truncated(): null {
    return this.#fail('FORMAT_TRUNCATED', 'The file ends within the value.');
  }

  #fail(code: Fault['code'], text: string, value?: string): null {
    const path = ['json', ...this.#path].join('/').replaceAll('/[', '[');
    this.#fault ??= { code, byte: this.#at * this.#source.unit, path, text, value };
    return null;
  }
}
