import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { readCsv } from '../../src/formats/csv.ts';
import { readFixedWidth } from '../../src/formats/fixed.ts';
import { readJson } from '../../src/formats/json.ts';
import type { TreeNode } from '../../src/formats/tree.ts';
import { writeCsv } from '../../src/formats/write-csv.ts';
import { writeFixedWidth } from '../../src/formats/write-fixed.ts';
import { writeJson } from '../../src/formats/write-json.ts';
import { writeXml } from '../../src/formats/write-xml.ts';
import type { WriteEncoding } from '../../src/formats/writing.ts';
import { readXml } from '../../src/formats/xml.ts';
import { bytesOf, everyNode, plain, rawBytes } from './support/trees.ts';

const FIELDS = [1, 2, 3].map((index) => ({ name: `${index}`, from: 9 * index - 8, length: 8 }));
const LAYOUT = { records: [{ name: 'record', fields: FIELDS }] };

/** Writes texts that need no escapes in a format and reads them again. */
const FORMATS: Readonly<
  Record<string, (texts: readonly string[], encoding: WriteEncoding) => readonly [Buffer, readonly TreeNode[]]>
> = {
  XML(texts, encoding) {
    const bytes = bytesOf(
      writeXml(
        plain(
          'element',
          'ü',
          texts.map((text) => plain('element', 'é', text)),
        ),
        { encoding },
      ),
    );
    const { root } = readXml(bytes);
    return [bytes, root === null ? [] : [...everyNode(root)].slice(1)];
  },
  JSON(texts) {
    const bytes = bytesOf(
      writeJson(
        plain(
          'list',
          '',
          texts.map((text) => plain('text', '', text)),
        ),
      ),
    );
    const { root } = readJson(bytes);
    return [bytes, root === null ? [] : [...everyNode(root)].slice(1)];
  },
  CSV(texts, encoding) {
    const columns = texts.map((_, index) => `ü${index}`);
    const record = plain(
      'record',
      'record',
      texts.map((text, index) => plain('text', `ü${index}`, text)),
    );
    const bytes = bytesOf(writeCsv([record, record], { columns, encoding }));
    return [bytes, [...readCsv(bytes, { delimiter: ',' }).records].flatMap(({ node }) => node.children)];
  },
  'fixed width'(texts, encoding) {
    const record = plain(
      'record',
      'record',
      texts.map((text, index) => plain('text', `${index + 1}`, text)),
    );
    const bytes = bytesOf(writeFixedWidth([record, record], LAYOUT, { encoding }));
    return [bytes, [...readFixedWidth(bytes, LAYOUT).records].flatMap(({ node }) => node.children)];
  },
};

const LETTERS: Readonly<Record<WriteEncoding, string>> = {
  'utf-8': 'aZ0é€文\u{1f69a}',
  'utf-16le': 'aZ0é€文\u{1f69a}',
  'iso-8859-1': 'aZ0éß',
  'windows-1252': 'aZ0éß€œ',
};

describe('The bytes where a value stands are its text in the encoding of the file', () => {
  for (const [format, roundTrip] of Object.entries(FORMATS)) {
    for (const encoding of ['utf-8', 'utf-16le', 'iso-8859-1', 'windows-1252'] as const) {
      if (format === 'JSON' && encoding !== 'utf-8') continue;
      it(`in ${format} in ${encoding}`, () => {
        const text = fc.string({ unit: fc.constantFrom(...LETTERS[encoding]), minLength: 1, maxLength: 8 });
        fc.assert(
          fc.property(fc.array(text, { minLength: 3, maxLength: 3 }), (texts) => {
            const [bytes, nodes] = roundTrip(texts, encoding);
            // Tables do not say their encoding.
            fc.pre(encoding.startsWith('utf') || format === 'XML' || !isUtf8(bytes));
            const decoder = new TextDecoder(encoding);
            assert.deepEqual(
              nodes.map((node) => decoder.decode(rawBytes(bytes, node))),
              nodes.map((node) => node.text),
            );
            assert.deepEqual(
              nodes.slice(0, 3).map((node) => node.text),
              texts,
            );
          }),
        );
      });
    }
  }
});
