import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readJson } from '../../src/formats/json.ts';
import { FORMAT_LIMITS } from '../../src/formats/limits.ts';
import { childrenNamed, type TreeNode } from '../../src/formats/tree.ts';
import { codes, everyNode, outline, rawBytes } from './support/trees.ts';

const READ: readonly (readonly [json: string, expected: string])[] = [
  ['{}', 'object { }'],
  [' [ ] ', 'list { }'],
  ['"00123"', 'text=00123'],
  ['1e5', 'number=1e5'],
  ['-0.10E+2', 'number=-0.10E+2'],
  ['123456789012345678901234567890', 'number=123456789012345678901234567890'],
  ['true', 'boolean=true'],
  ['null', 'null='],
  ['{"a":"1","b":{"c":null}}', 'object { a=1, object b { null c= } }'],
  ['{ "a" : [ 1 , "x" , [ ] ] }', 'object { list a { number a=1, a=x, list a { } } }'],
  ['{"prototype":{"x":"1"},"constructor":"2"}', 'object { object prototype { x=1 }, constructor=2 }'],
  ['"\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9 \\ud83d\\ude00"', 'text=" \\ / \b\f\n\r\t é \u{1f600}'],
  ['{"ü":"€"}', 'object { ü=€ }'],
  ['\ufeff{"a":""}', 'object { a= }'],
];

const REFUSED: readonly (readonly [json: string, finding: string])[] = [
  ['', 'FORMAT_TRUNCATED 0'],
  ['{', 'FORMAT_TRUNCATED 1'],
  ['{"a"', 'FORMAT_TRUNCATED 4'],
  ['{"a":', 'FORMAT_TRUNCATED 5'],
  ['{"a":"x', 'FORMAT_TRUNCATED 7'],
  ['[1,', 'FORMAT_TRUNCATED 3'],
  ['[1,]', 'FORMAT_SYNTAX 3'],
  ['{"a":1,}', 'FORMAT_SYNTAX 7'],
  ['{a:1}', 'FORMAT_SYNTAX 1'],
  ["{'a':1}", 'FORMAT_SYNTAX 1'],
  ['[1 2]', 'FORMAT_SYNTAX 3'],
  ['[1}', 'FORMAT_SYNTAX 2'],
  ['{} {}', 'FORMAT_SYNTAX 3'],
  ['00123', 'FORMAT_SYNTAX 0'],
  ['1.', 'FORMAT_SYNTAX 0'],
  ['+1', 'FORMAT_SYNTAX 0'],
  ['NaN', 'FORMAT_SYNTAX 0'],
  ['"\\x"', 'FORMAT_SYNTAX 1'],
  ['"\\u12"', 'FORMAT_SYNTAX 1'],
  ['"a\nb"', 'FORMAT_CHARACTER 2'],
  ['"a\u0000b"', 'FORMAT_CHARACTER 2'],
  ['"\\u0000"', 'FORMAT_CHARACTER 1'],
  ['"\\ud800"', 'FORMAT_CHARACTER 1'],
  ['{"a":1,"b":2,"a":3}', 'FORMAT_NAME_REPEATED 13'],
  ['{"a":1,"\\u0061":3}', 'FORMAT_NAME_REPEATED 7'],
  ['{"__proto__":{"x":"1"}}', 'FORMAT_SYNTAX 1'],
  ['{"a":{"__\\u0070roto__":1}}', 'FORMAT_SYNTAX 6'],
];

describe('readJson', () => {
  for (const [json, expected] of READ) {
    it(`reads ${JSON.stringify(json)}`, () => {
      const { root, findings } = readJson(Buffer.from(json));
      assert.deepEqual([outline(root), findings], [expected, []]);
    });
  }

  for (const [json, expected] of REFUSED) {
    it(`refuses ${JSON.stringify(json)}`, () => {
      const { root, findings } = readJson(Buffer.from(json));
      assert.deepEqual([root, codes(findings)], [null, [expected]]);
    });
  }

  it('says where a fault is, and with what value', () => {
    const [finding] = readJson(Buffer.from('{"stops":[{"city":"X"},{"city":é}]}')).findings;
    assert.deepEqual([finding?.path, finding?.value, finding?.severity], ['json/stops[2]/city', 'é', 'rejected']);
  });

  it('refuses bytes that are no UTF-8', () => {
    assert.deepEqual(codes(readJson(Buffer.from('"Z\xfcrich"', 'latin1')).findings), ['FORMAT_ENCODING 2']);
  });

  it('finds the items of a list by its name, in small objects and large ones', () => {
    const few = '"stops":[{"city":"A"},{"city":"B"}],"stop":"x"';
    const many = Array.from({ length: 20 }, (_, index) => `"field${index}":${index}`).join(',');
    for (const json of [`{${few}}`, `{${many},${few}}`]) {
      const { root } = readJson(Buffer.from(json));
      assert.ok(root !== null);
      assert.deepEqual(childrenNamed(root, 'stops').map(outline), [
        'object stops { city=A }',
        'object stops { city=B }',
      ]);
      assert.deepEqual(childrenNamed(root, 'toString'), []);
    }
  });

  it('keeps to its limits', () => {
    const limits = { ...FORMAT_LIMITS, bytes: 40, depth: 3, nodes: 8, names: 2 };
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['[[[1]]]', []],
      ['[[[[1]]]]', ['FORMAT_TOO_DEEP 3']],
      ['[1,2,3,4,5,6,7]', []],
      ['[1,2,3,4,5,6,7,8]', ['FORMAT_TOO_MANY 15']],
      ['{"a":1,"b":2,"c":3}', ['FORMAT_TOO_MANY 18']],
      [' '.repeat(41), ['FORMAT_TOO_LARGE 40']],
    ];
    for (const [json, expected] of cases)
      assert.deepEqual(codes(readJson(Buffer.from(json), limits).findings), expected);
  });
});

describe('any JSON document', () => {
  const value = fc
    .jsonValue({ stringUnit: 'grapheme', maxDepth: 4 })
    .filter((json) => !/\\u0000|__proto__/.test(JSON.stringify(json)));

  it('has each value where its bytes say', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (json, indent) => {
        const file = Buffer.from(`\ufeff${JSON.stringify(json, null, indent)}\n`);
        const { root, findings } = readJson(file);
        assert.deepEqual(findings, []);
        assert.ok(root !== null);
        assert.deepEqual(plain(root), JSON.parse(JSON.stringify(json)));
        for (const node of everyNode(root)) {
          const raw = rawBytes(file, node).toString();
          assert.deepEqual(JSON.parse(node.kind === 'text' ? `"${raw}"` : raw), plain(node));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is taken or refused as JSON.parse takes or refuses it', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"',
      '1',
      '-',
      '0',
      '1e5',
      '.',
      'true',
      'null',
      ' ',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const json = pieces.join('');
        const { root, findings } = readJson(Buffer.from(json));
        if (findings.some(({ code }) => code === 'FORMAT_NAME_REPEATED')) return;
        assert.equal(root !== null, parses(json));
      }),
      { numRuns: 2000 },
    );
  });
});

function parses(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

/** The value that a tree stands for; numbers as JavaScript has them. */
function plain(node: TreeNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.children.map((child) => [child.name, plain(child)]));
    case 'list':
      return node.children.map(plain);
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text === 'true';
    case 'null':
      return null;
    case 'text':
      return node.text;
    case 'element':
    case 'record':
      return assert.fail(`JSON has no ${node.kind}`);
  }
}
