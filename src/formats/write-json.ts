import { FORMAT_LIMITS } from './limits.ts';
import { type FormatWriting, type PlainNode, Refusals } from './writing.ts';

export interface JsonWriteOptions {
  /** What each level is indented by; everything on one line when absent. */
  readonly indent?: string;
}

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * Writes a JSON document (RFC 8259, UTF-8). Numbers are the text they are: no digit is lost and no zero added. A list gives
 * its items no names; keys of an object differ. What is written is read as the same tree; what could not be is refused.
 */
export function writeJson(root: PlainNode, { indent = '' }: JsonWriteOptions = {}): FormatWriting {
  const refusals = new Refusals();
  const text = new JsonWriter(indent, refusals).value(root, 'json', 0);
  return refusals.result(() => Buffer.from(indent === '' ? text : `${text}\n`));
}

class JsonWriter {
  readonly #indent: string;
  readonly #refusals: Refusals;

  constructor(indent: string, refusals: Refusals) {
    this.#indent = indent;
    this.#refusals = refusals;
  }

  value(node: PlainNode, path: string, depth: number): string {
    const { kind, text = '' } = node;
    switch (kind) {
      case 'object':
      case 'list':
        return this.#container(node, kind, path, depth);
      case 'text':
        return this.#string(text, path);
      case 'number':
        if (!NUMBER.test(text)) {
          this.#refusals.add(
            'value',
            path,
            text,
            'is no number in JSON, as in 12.50. Correct it, or write it as text.',
          );
        }
        return text;
      case 'boolean':
        if (text !== 'true' && text !== 'false') {
          this.#refusals.add('value', path, text, 'is neither true nor false. Write one of them.');
        }
        return text;
      case 'null':
        return 'null';
      case 'element':
      case 'record':
        this.#refusals.add('kind', path, kind, 'is no kind of value of JSON. Write objects, lists, texts and numbers.');
        return '';
    }
  }

  #container({ children = [] }: PlainNode, kind: 'object' | 'list', path: string, depth: number): string {
    if (depth >= FORMAT_LIMITS.depth) {
      const why = `lies more than ${FORMAT_LIMITS.depth} levels deep. Write fewer levels.`;
      this.#refusals.add('depth', path, kind, why);
      return '';
    }
    const [open, close] = kind === 'object' ? ['{', '}'] : ['[', ']'];
    if (children.length === 0) return open + close;
    const keys = new Set<string>();
    const items = children.map((child, index) => {
      if (kind === 'list') return this.value(child, `${path}[${index + 1}]`, depth + 1);
      const { name = '' } = child;
      const place = `${path}/${name}`;
      this.#key(name, keys, place);
      return `${this.#string(name, place)}:${this.#indent === '' ? '' : ' '}${this.value(child, place, depth + 1)}`;
    });
    if (this.#indent === '') return open + items.join(',') + close;
    const line = `\n${this.#indent.repeat(depth)}`;
    return open + items.map((item) => line + this.#indent + item).join(',') + line + close;
  }

  #key(name: string, keys: Set<string>, path: string): void {
    if (keys.has(name)) this.#refusals.add('repeated', path, name, 'is a key for the second time. Write it once.');
    if (name === '__proto__') this.#refusals.add('name', path, name, 'is no key that is read. Choose another one.');
    keys.add(name);
  }

  #string(text: string, path: string): string {
    if (!text.isWellFormed() || text.includes('\0')) {
      const why = 'holds U+0000 or half of a character, which no text may hold. Take it out of the value.';
      this.#refusals.add('character', path, text, why);
    }
    return JSON.stringify(text);
  }
}
