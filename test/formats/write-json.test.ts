import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readJson } from '../../src/formats/json.ts';
import { writeJson } from '../../src/formats/write-json.ts';
import type { PlainNode } from '../../src/formats/writing.ts';
import { bytesOf, plain, refusalsOf, withoutPlaces } from './support/trees.ts';

const object = (...children: readonly PlainNode[]): PlainNode => plain('object', '', children);

const WRITTEN: readonly (readonly [what: string, tree: PlainNode, json: string, indent?: string])[] = [
  [
    'kinds of values',
    object(plain('text', 'a', '007'), plain('number', 'b', '1.50'), plain('boolean', 'c', 'true'), plain('null', 'd')),
    '{"a":"007","b":1.50,"c":true,"d":null}',
  ],
  [
    'numbers as they are',
    plain(
      'list',
      '',
      ['-0', '1e5', '123456789012345678901234567890'].map((text) => plain('number', '', text)),
    ),
    '[-0,1e5,123456789012345678901234567890]',
  ],
  ['what means something to JSON', plain('text', '', '"\\\n\u0001</script>'), '"\\"\\\\\\n\\u0001</script>"'],
  ['empty objects and lists', plain('list', '', [object(), plain('list', '', [])]), '[{},[]]'],
  [
    'lines',
    object(plain('list', 'a', [plain('number', 'a', '1'), object()])),
    '{\n  "a": [\n    1,\n    {}\n  ]\n}\n',
    '  ',
  ],
  [
    'what is absent as empty',
    {
      kind: 'object',
      children: [
        { kind: 'text', name: 'a' },
        { kind: 'list', name: 'b' },
      ],
    },
    '{"a":"","b":[]}',
  ],
];

const REFUSED: readonly (readonly [what: string, tree: PlainNode, refusal: string])[] = [
  ['a number with a leading zero', object(plain('number', 'a', '007')), 'value json/a'],
  ['an empty number', object(plain('number', 'a')), 'value json/a'],
  ['a number that is none', plain('list', '', [plain('number', '', '1'), plain('number', '', 'NaN')]), 'value json[2]'],
  ['a boolean that is neither', object(plain('boolean', 'a', 'yes')), 'value json/a'],
  ['a key twice', object(plain('text', 'a'), plain('text', 'a')), 'repeated json/a'],
  ['the key __proto__', object(plain('object', '__proto__')), 'name json/__proto__'],
  ['NUL', object(plain('text', 'a', 'x\0')), 'character json/a'],
  ['half of a character', object(plain('text', 'a', '\udc00')), 'character json/a'],
  ['NUL in a key', object(plain('text', 'a\0')), 'character json/a\0'],
  ['an element', object(plain('element', 'a')), 'kind json/a'],
];

describe('writeJson', () => {
  for (const [what, tree, json, indent = ''] of WRITTEN) {
    it(`writes ${what}`, () => assert.equal(bytesOf(writeJson(tree, { indent })).toString(), json));
  }

  for (const [what, tree, refusal] of REFUSED) {
    it(`refuses ${what}`, () => assert.deepEqual(refusalsOf(writeJson(tree)), [refusal]));
  }

  it('says where, what is wrong and what to do', () => {
    const stops = plain('list', 'stops', [object(plain('number', 'weight', '1,5'))]);
    const writing = writeJson(object(stops));
    assert.equal(
      !writing.ok && writing.refusals[0]?.text,
      'json/stops[1]/weight: "1,5" is no number in JSON, as in 12.50. Correct it, or write it as text.',
    );
  });

  it('nests as deep as is read', () => {
    const nested = (levels: number): PlainNode => plain('list', '', levels === 1 ? [] : [nested(levels - 1)]);
    assert.equal(readJson(bytesOf(writeJson(nested(64)))).root?.kind, 'list');
    assert.deepEqual(refusalsOf(writeJson(nested(65))), [`depth json${'[1]'.repeat(64)}`]);
  });
});

describe('Any tree that is written as JSON', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((one) => one.replaceAll('\0', ''));
  const key = fc.oneof(text, fc.constantFrom('constructor', 'toString', 'a', '')).filter((one) => one !== '__proto__');
  const number = fc.oneof(
    fc.constantFrom('0', '-0', '1.50', '1E+2', '-12.0e-07'),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => JSON.stringify(one)),
  );
  const { tree } = fc.letrec<{ tree: PlainNode; object: PlainNode; list: PlainNode }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constant(plain('null', '')),
      text.map((one) => plain('text', '', one)),
      number.map((one) => plain('number', '', one)),
      fc.constantFrom('true', 'false').map((one) => plain('boolean', '', one)),
      tie('object'),
      tie('list'),
    ),
    object: fc.uniqueArray(fc.tuple(key, tie('tree')), { selector: ([name]) => name, maxLength: 4 }).map((members) =>
      plain(
        'object',
        '',
        members.map(([name, member]) => named(member, name)),
      ),
    ),
    list: fc.array(tie('tree'), { maxLength: 4 }).map((items) => plain('list', '', items)),
  }));
  /** Items of a list have its name. */
  const named = (node: PlainNode, name: string): PlainNode => ({
    ...node,
    name,
    children: node.kind === 'list' ? (node.children ?? []).map((item) => named(item, name)) : (node.children ?? []),
  });

  it('is read as the same tree, and written again as the same bytes', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom('', '  '), (node, indent) => {
        const bytes = bytesOf(writeJson(node, { indent }));
        const { root, findings } = readJson(bytes);
        assert.deepEqual(findings, []);
        assert.ok(root !== null);
        assert.deepEqual(withoutPlaces(root), node);
        assert.deepEqual(bytesOf(writeJson(root, { indent })), bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('is what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 4 }), fc.constantFrom('', '  '), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { root } = readJson(Buffer.from(text));
        // What the reader refuses has its tests.
        if (root === null) return;
        assert.equal(bytesOf(writeJson(root, { indent })).toString().trimEnd(), text.trimEnd());
      }),
      { numRuns: 200 },
    );
  });
});
