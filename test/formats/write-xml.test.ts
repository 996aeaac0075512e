import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeXml, type XmlWriteOptions } from '../../src/formats/write-xml.ts';
import type { PlainAttribute, PlainNode } from '../../src/formats/writing.ts';
import { readXml } from '../../src/formats/xml.ts';
import { bytesOf, plain, refusalsOf, withoutPlaces } from './support/trees.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

const element = (
  name: string,
  inside: string | readonly PlainNode[] = '',
  ...attributes: readonly PlainAttribute[]
): PlainNode => ({ ...plain('element', name, inside), attributes });
const text = (value: string): PlainNode => plain('text', '', value);

const WRITTEN: readonly (readonly [what: string, tree: PlainNode, xml: string, options?: XmlWriteOptions])[] = [
  ['an empty element', element('a'), '<a/>'],
  ['texts as they are', element('a', ' 00123 '), '<a> 00123 </a>'],
  ['what means something to XML', element('a', '<b> & ]]>"\''), '<a>&lt;b&gt; &amp; ]]&gt;"\'</a>'],
  [
    'what would be a comment or CDATA',
    element('a', '<!-- --><![CDATA[x]]>'),
    '<a>&lt;!-- --&gt;&lt;![CDATA[x]]&gt;</a>',
  ],
  ['attributes', element('a', '', { name: 'id', text: '"<7>\n&' }), '<a id="&quot;&lt;7&gt;&#10;&amp;"/>'],
  ['line ends that are data', element('a', 'x\r\ny'), '<a>x&#13;\ny</a>'],
  [
    'text between elements',
    element('p', [text('Call '), element('b', 'before'), text(' noon')]),
    '<p>Call <b>before</b> noon</p>',
  ],
  [
    'prefixes',
    element('s:a', [element('s:b')], { name: 'xmlns:s', text: 'urn:x' }),
    '<s:a xmlns:s="urn:x"><s:b/></s:a>',
  ],
  [
    'lines',
    element('a', [
      element('b', [element('c', '1'), element('c')]),
      element('p', [text('x'), element('q', [element('r')])]),
    ]),
    '<a>\n  <b>\n    <c>1</c>\n    <c/>\n  </b>\n  <p>x<q><r/></q></p>\n</a>',
    { indent: '  ' },
  ],
  ['names that programs know', element('__proto__', [element('constructor')]), '<__proto__><constructor/></__proto__>'],
];

const REFUSED: readonly (readonly [what: string, tree: PlainNode, refusal: string, options?: XmlWriteOptions])[] = [
  ['a control character', element('a', [element('b'), element('b', 'x\u0001')]), 'character xml/a/b[2]'],
  ['NUL in an attribute', element('a', '', { name: 'id', text: '\0' }), 'character xml/a/@id'],
  ['U+FFFE', element('a', '\ufffe'), 'character xml/a'],
  ['half of a character', element('a', '\ud83d'), 'character xml/a'],
  ['a name with a blank', element('a b'), 'name xml/a b'],
  ['a name that begins with a digit', element('a', [element('1')]), 'name xml/a/1'],
  ['a name that closes a tag', element('a></a><b'), 'name xml/a></a><b'],
  ['an empty name', element(''), 'name xml/'],
  ['two colons', element('a:b:c'), 'name xml/a:b:c'],
  ['an attribute name with a quote', element('a', '', { name: 'b"', text: '' }), 'name xml/a/@b"'],
  ['an attribute twice', element('a', '', { name: 'b', text: '1' }, { name: 'b', text: '2' }), 'repeated xml/a/@b'],
  ['a text beside children', { ...element('a', [element('b')]), text: 'x' }, 'kind xml/a'],
  ['a text as the only child', element('a', [text('x')]), 'value xml/a'],
  ['blank text between elements', element('a', [element('b'), text(' '), element('b')]), 'value xml/a'],
  ['an object', element('a', [plain('object', 'b')]), 'kind xml/a'],
  ['a root that is no element', plain('text', '', 'x'), 'kind xml'],
  ['a name that the encoding has not', element('Łódź'), 'encoding xml/Łódź', { encoding: 'iso-8859-1' }],
];

describe('writeXml', () => {
  for (const [what, tree, xml, options] of WRITTEN) {
    it(`writes ${what}`, () => assert.equal(bytesOf(writeXml(tree, options)).toString(), `${HEAD}${xml}\n`));
  }

  for (const [what, tree, refusal, options] of REFUSED) {
    it(`refuses ${what}`, () => assert.deepEqual(refusalsOf(writeXml(tree, options)), [refusal]));
  }

  it('says where, what is wrong and what to do', () => {
    const writing = writeXml(element('Load', [element('Stop', '', { name: 'city', text: 'Re\u0007no' })]));
    assert.deepEqual(
      !writing.ok && writing.refusals[0]?.text,
      'xml/Load/Stop/@city: "Re\\u0007no" holds U+0007, which XML cannot say. Take it out of the value.',
    );
  });

  it('tells all that cannot be written', () => {
    assert.deepEqual(refusalsOf(writeXml(element('1', [element('2')]))), ['name xml/1', 'name xml/1/2']);
  });

  it('writes characters that the encoding has not by their number', () => {
    const tree = element('ü', 'Zürich €', { name: 'à', text: 'Łódź \u{1f69a}' });
    for (const [encoding, label] of [
      ['iso-8859-1', 'ISO-8859-1'],
      ['windows-1252', 'windows-1252'],
    ] as const) {
      const bytes = bytesOf(writeXml(tree, { encoding }));
      const euro = encoding === 'iso-8859-1' ? '&#8364;' : '\x80';
      assert.equal(
        bytes.toString('latin1'),
        `<?xml version="1.0" encoding="${label}"?>\n<\xfc \xe0="&#321;\xf3d&#378; &#128666;">Z\xfcrich ${euro}</\xfc>\n`,
      );
    }
    const bytes = bytesOf(writeXml(tree, { encoding: 'utf-16le' }));
    assert.ok(bytes.toString('utf16le').startsWith('\ufeff<?xml version="1.0" encoding="UTF-16"?>\n<ü à="Łódź'));
  });

  it('nests as deep as is read', () => {
    const nested = (levels: number): PlainNode => element('a', levels === 1 ? '' : [nested(levels - 1)]);
    assert.equal(readXml(bytesOf(writeXml(nested(64)))).root?.name, 'a');
    assert.deepEqual(refusalsOf(writeXml(nested(66))), [`depth xml${'/a'.repeat(65)}`]);
  });
});

describe('Any tree that is written as XML', () => {
  const name = fc.constantFrom('a', 'Stop', 'x:b', 'é', 'constructor', '__proto__', 'a-1.b_c', 'xmlns', 'Ж');
  const value = fc
    .string({
      unit: fc.oneof(
        fc.constantFrom(...'<>&"\'\r\n\t ]-!?0é€\u{1f69a}\u0085\u2028'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 8,
    })
    .map((one) => one.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
  const attributes = fc.uniqueArray(fc.record({ name, text: value }, { noNullPrototype: true }), {
    selector: (attribute) => attribute.name,
    maxLength: 3,
  });
  const pieces = (children: readonly PlainNode[]): readonly PlainNode[] =>
    children.filter(
      ({ kind, text: piece = '' }, index) =>
        kind === 'element' || (!/^[ \t\r\n]*$/.test(piece) && children[index - 1]?.kind === 'element'),
    );
  const { tree } = fc.letrec<{ tree: PlainNode; children: readonly PlainNode[] }>((tie) => ({
    tree: fc
      .tuple(name, attributes, fc.oneof({ maxDepth: 4 }, value, tie('children')))
      .map(([tag, named, inside]) => element(tag, inside, ...named)),
    children: fc
      .tuple(tie('tree'), fc.array(fc.oneof(tie('tree'), value.map(text)), { maxLength: 3 }))
      .map(([first, others]) => pieces([first, ...others])),
  }));
  const options = fc.record<XmlWriteOptions>(
    {
      encoding: fc.constantFrom('utf-8', 'utf-16le', 'windows-1252'),
      indent: fc.constantFrom('', '  ', '\t'),
    },
    { noNullPrototype: true },
  );

  it('is read as the same tree, and written again as the same bytes', () => {
    fc.assert(
      fc.property(tree, options, (node, how) => {
        const writing = writeXml(node, how);
        // Of the names above windows-1252 has one not.
        if (how.encoding === 'windows-1252' && JSON.stringify(node).includes('Ж')) return;
        const bytes = bytesOf(writing);
        const { root, findings } = readXml(bytes);
        assert.deepEqual(findings, []);
        assert.ok(root !== null);
        assert.deepEqual(withoutPlaces(root), node);
        assert.deepEqual(bytesOf(writeXml(root, how)), bytes);
      }),
      { numRuns: 500 },
    );
  });
});

describe('An XML document that was read', () => {
  for (const xml of [
    '<?xml version="1.0"?><!-- c --><a>\n <b x = \'1\'>1<![CDATA[<2>]]></b>\n <?p?><b></b></a>',
    '<p>1<!-- -->2<b/>\r\n 3 &#13;&amp;</p>',
    '<s:a xmlns:s="u"><s:b> </s:b></s:a>',
  ]) {
    it(`is written as the same tree: ${JSON.stringify(xml)}`, () => {
      const { root } = readXml(Buffer.from(xml));
      assert.ok(root !== null);
      const again = readXml(bytesOf(writeXml(root))).root;
      assert.deepEqual(again === null ? null : withoutPlaces(again), withoutPlaces(root));
    });
  }
});
