import assert from 'node:assert/strict';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { attributeText, childrenNamed } from '../../src/formats/tree.ts';
import { readXml } from '../../src/formats/xml.ts';
import { codes, everyNode, outline, rawBytes } from './support/trees.ts';

const HEAD = '<?xml version="1.0" encoding="';

/** What is read, from the text on the left; faults as `CODE byte`. */
const READ: readonly (readonly [xml: string, expected: string])[] = [
  ['<a/>', 'a='],
  ['<a></a>', 'a='],
  ['<a>00123</a>', 'a=00123'],
  ['<a>1e5</a>', 'a=1e5'],
  ['<a> x </a>', 'a= x '],
  ['<a>\n <b>1</b>\n <b/>\n</a>', 'a { b=1, b= }'],
  ['<a id="007" t=\'"\'/>', 'a @id=007 @t="='],
  ['<a x = "1"\n\ty="a\r\n\tb" />', 'a @x=1 @y=a  b='],
  ['<a>one\r\ntwo\rthree</a>', 'a=one\ntwo\nthree'],
  ['<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x42;&#x1F600;</a>', 'a=<&>"\'AB\u{1f600}'],
  ['<a b="R&amp;D &#233;"/>', 'a @b=R&D é='],
  ['<a><![CDATA[<b>&amp;]]></a>', 'a=<b>&amp;'],
  ['<a>x<!-- no -->y<![CDATA[z]]><?go on?>!</a>', 'a=xyz!'],
  ['<p>Call <b>before</b> noon</p>', 'p { text=Call , b=before, text= noon }'],
  ['<p>1<!-- -->2<![CDATA[<3>]]>4<b/>5<!-- -->6</p>', 'p { text=12<3>4, b=, text=56 }'],
  ['<s:a xmlns:s="u"><s:b/></s:a>', 's:a @xmlns:s=u { s:b= }'],
  ['<é à="ü">ß</é>', 'é @à=ü=ß'],
  ['<__proto__><constructor>1</constructor></__proto__>', '__proto__ { constructor=1 }'],
  [`\ufeff${HEAD}UTF-8"?><!-- c --><?p?>\n<a/>\n<!-- end -->`, 'a='],
  ['\n <?xml version="1.0"?><a/>', 'a='],
];

const REFUSED: readonly (readonly [xml: string, finding: string])[] = [
  ['', 'FORMAT_TRUNCATED 0'],
  ['  ', 'FORMAT_TRUNCATED 2'],
  ['<a>', 'FORMAT_TRUNCATED 3'],
  ['<a><b></b>', 'FORMAT_TRUNCATED 10'],
  ['<a><b x="1', 'FORMAT_TRUNCATED 5'],
  ['<a/><!--', 'FORMAT_TRUNCATED 4'],
  ['<a><![CDATA[x</a>', 'FORMAT_TRUNCATED 3'],
  ['<a><![CD', 'FORMAT_TRUNCATED 3'],
  ['<a></b>', 'FORMAT_SYNTAX 3'],
  ['<a></a></b>', 'FORMAT_SYNTAX 7'],
  ['<a/><b/>', 'FORMAT_SYNTAX 4'],
  ['<a/>x', 'FORMAT_SYNTAX 4'],
  ['x<a/>', 'FORMAT_SYNTAX 0'],
  ['<a b=1/>', 'FORMAT_SYNTAX 2'],
  ['<a b/>', 'FORMAT_SYNTAX 2'],
  ['<a b="<"/>', 'FORMAT_SYNTAX 2'],
  ['<a>\n<b x="é" x="2"/></a>', 'FORMAT_SYNTAX 14'],
  ['<1a/>', 'FORMAT_SYNTAX 3'],
  ['< a/>', 'FORMAT_SYNTAX 1'],
  ['<a>R&D</a>', 'FORMAT_ENTITY 4'],
  ['<a>\u00e9&nbsp;</a>', 'FORMAT_ENTITY 5'],
  ['<a b="&x;"/>', 'FORMAT_ENTITY 6'],
  ['<a>&#0;</a>', 'FORMAT_ENTITY 3'],
  ['<a>&#xD800;</a>', 'FORMAT_ENTITY 3'],
  ['<a>&#x110000;</a>', 'FORMAT_ENTITY 3'],
  ['<a>\u0000</a>', 'FORMAT_CHARACTER 3'],
  ['<a>\uffff</a>', 'FORMAT_CHARACTER 3'],
  ['<a><!ELEMENT a></a>', 'FORMAT_SYNTAX 3'],
];

describe('readXml', () => {
  for (const [xml, expected] of READ) {
    it(`reads ${JSON.stringify(xml)}`, () => {
      const { root, findings } = readXml(Buffer.from(xml));
      assert.deepEqual([outline(root), findings], [expected, []]);
    });
  }

  for (const [xml, expected] of REFUSED) {
    it(`refuses ${JSON.stringify(xml)}`, () => {
      const { root, findings } = readXml(Buffer.from(xml));
      assert.deepEqual([root, codes(findings)], [null, [expected]]);
    });
  }

  it('says which elements are around a fault, and what was expected', () => {
    const [finding] = readXml(Buffer.from('<Shipments><Shipment><Stop></Shipment>')).findings;
    assert.deepEqual(
      [finding?.path, finding?.severity, finding?.value, finding?.expected],
      ['xml/Shipments/Shipment/Stop', 'rejected', '</Shipment>', '</Stop>'],
    );
  });

  it('finds elements without their prefix, attributes with it', () => {
    const { root } = readXml(Buffer.from('<x:a xmlns:x="u"><x:b x:id="1"/><b/><c/></x:a>'));
    assert.ok(root !== null);
    assert.deepEqual(
      childrenNamed(root, 'b').map(({ name }) => name),
      ['x:b', 'b'],
    );
    assert.deepEqual(
      childrenNamed(root, 'x:b').map((node) => attributeText(node, 'x:id')),
      ['1'],
    );
    assert.equal(attributeText(root, 'u'), undefined);
  });

  it('keeps to its limits', () => {
    const limits = { bytes: 40, depth: 2, nodes: 4, names: 2 };
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['<a><b/></a>', []],
      ['<a><b><c/></b></a>', ['FORMAT_TOO_DEEP 6']],
      ['<a><b/><b/><b/></a>', []],
      ['<a><b/><b/><b/><b/></a>', ['FORMAT_TOO_MANY 15']],
      ['<a b="" c="" d=""/>', ['FORMAT_TOO_MANY 17']],
      ['<a b="" c=""><b/>x</a>', ['FORMAT_TOO_MANY 17']],
      [`<a>${'x'.repeat(40)}</a>`, ['FORMAT_TOO_LARGE 40']],
    ];
    for (const [xml, expected] of cases) assert.deepEqual(codes(readXml(Buffer.from(xml), limits).findings), expected);
  });
});

describe('encodings of XML', () => {
  const body = '<a é="ü">Zürich €</a>';
  const cases: readonly (readonly [name: string, bytes: Buffer, expected: string])[] = [
    ['UTF-8 by default', Buffer.from(body), 'a @é=ü=Zürich €'],
    ['UTF-8 by its mark', Buffer.from(`\ufeff${body}`), 'a @é=ü=Zürich €'],
    ['UTF-16 little end first', Buffer.from(`\ufeff${body}`, 'utf16le'), 'a @é=ü=Zürich €'],
    ['UTF-16 big end first', Buffer.from(`\ufeff${body}`, 'utf16le').swap16(), 'a @é=ü=Zürich €'],
    ['UTF-16 without mark', Buffer.from(body, 'utf16le'), 'a @é=ü=Zürich €'],
    ...(
      [
        ['ISO-8859-1', 'Z\xfcrich \x80', 'Zürich €'],
        ['windows-1252', '\x80\x9c', '€œ'],
        ['Windows-1250', '\xa3\xf3d\x9f', 'Łódź'],
        ['windows-1251', '\xcc\xee\xf1\xea\xe2\xe0', 'Москва'],
        ['ISO-8859-2', '\xa3\xf3d\xbc', 'Łódź'],
        ['ISO-8859-5', '\xbc\xde', 'Мо'],
        ['iso-8859-9', '\xddzmir', 'İzmir'],
        ['ISO-8859-15', '\xa4', '€'],
        ['US-ASCII', 'plain', 'plain'],
      ] as const
    ).map(
      ([name, text, expected]) =>
        [`${name} by declaration`, Buffer.from(`${HEAD}${name}"?><a>${text}</a>`, 'latin1'), `a=${expected}`] as const,
    ),
  ];
  for (const [name, bytes, expected] of cases) {
    it(`reads ${name}, and knows where each value stands`, () => {
      const { root, findings } = readXml(bytes);
      assert.deepEqual([outline(root), findings], [expected, []]);
      assert.ok(root !== null);
      const [label = ''] = name.split(' ');
      const decoder = new TextDecoder(label === 'UTF-16' ? (name.includes('big') ? 'utf-16be' : 'utf-16le') : label);
      assert.equal(decoder.decode(rawBytes(bytes, root)), root.text);
    });
  }

  it('refuses bytes that are not in the encoding, at the first of them', () => {
    const refused: readonly (readonly [Buffer, string])[] = [
      [Buffer.from('<a>\u00e9\u00e9 Z\xfcrich</a>', 'latin1'), 'FORMAT_ENCODING 3'],
      [
        Buffer.concat([Buffer.from(`<a>${'é'.repeat(99)}`), Buffer.from([0xc3]), Buffer.from('</a>')]),
        'FORMAT_ENCODING 201',
      ],
      [Buffer.from(`${HEAD}EBCDIC-CP-US"?><a/>`), 'FORMAT_ENCODING 0'],
      [Buffer.from(`${HEAD}UTF-16"?><a/>`), 'FORMAT_ENCODING 0'],
      [Buffer.from('\ufeff<a>\ud800</a>', 'utf16le'), 'FORMAT_ENCODING 8'],
      [Buffer.from('\ufeff<a/>', 'utf16le').subarray(0, -1), 'FORMAT_TRUNCATED 8'],
    ];
    for (const [bytes, expected] of refused) assert.deepEqual(codes(readXml(bytes).findings), [expected]);
  });
});

describe('any XML document', () => {
  const name = fc.constantFrom('a', 'Stop', 'x:b', 'é', 'constructor', '__proto__');
  const escaped = (text: string, cdata: boolean): string =>
    cdata
      ? `<![CDATA[${text.replaceAll(']]>', '')}]]>`
      : text.replace(/[<&>"\r\n\t]/g, (character) => `&#${character.codePointAt(0)};`);
  const text = fc.tuple(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.boolean());
  const content = text.map(([value, cdata]) => escaped(value.replace(/[\p{Cc}\p{Cn}]/gu, ''), cdata));
  const attribute = content.map((value) => (value.startsWith('<') ? '' : ` id="${value}"`));
  const { element } = fc.letrec<{ element: string; children: string }>((tie) => ({
    element: fc.tuple(name, attribute, tie('children')).map(([tag, id, inner]) => `<${tag}${id}>${inner}</${tag}>`),
    children: fc.oneof(
      { maxDepth: 3 },
      content,
      fc.array(fc.oneof(tie('element'), content), { maxLength: 4 }).map((parts) => parts.join('\n')),
    ),
  }));

  it('has each value where its bytes say', () => {
    fc.assert(
      fc.property(element, (xml) => {
        const file = Buffer.from(`\ufeff${xml}`);
        const { root, findings } = readXml(file);
        assert.deepEqual(findings, []);
        assert.ok(root !== null);
        for (const node of everyNode(root)) {
          const again = readXml(Buffer.from(`<x>${rawBytes(file, node)}</x>`)).root;
          assert.deepEqual([again?.text, again?.children.map(outline)], [node.text, node.children.map(outline)]);
          for (const attribute of node.attributes) {
            const quoted = readXml(Buffer.from(`<x y="${rawBytes(file, attribute)}"/>`)).root;
            assert.equal(quoted?.attributes[0]?.text, attribute.text);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has the elements, attributes and texts that fast-xml-parser finds', () => {
    const parser = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseTagValue: false,
      parseAttributeValue: false,
      trimValues: false,
      htmlEntities: true,
      strictReservedNames: false,
      onDangerousProperty: (property) => property,
    });
    fc.assert(
      fc.property(element, (xml) => {
        // The library reads no elements of these names.
        fc.pre(!/constructor|__proto__/.test(xml));
        const { root } = readXml(Buffer.from(xml));
        assert.ok(root !== null);
        const ours = [...everyNode(root)].map(
          ({ name, text, attributes }) => `${name}${attributes.map(({ text: id }) => `@${id}`).join('')}${text}`,
        );
        const theirs = contentOf(parser.parse(xml));
        assert.equal(ours.join('').replace(/\s/g, ''), theirs.join('').replace(/\s/g, ''));
      }),
      { numRuns: 100 },
    );
  });
});

/** Names, attributes and texts of a tree of fast-xml-parser, in order. */
function contentOf(tree: unknown): readonly string[] {
  if (!Array.isArray(tree)) return [];
  return tree.flatMap(({ ':@': attributes = {}, ...node }: Readonly<Record<string, object>>) =>
    Object.entries(node).flatMap(([key, value]) =>
      key === '#text'
        ? [String(value)]
        : [key, ...Object.values(attributes).map((id) => `@${id}`), ...contentOf(value)],
    ),
  );
}
