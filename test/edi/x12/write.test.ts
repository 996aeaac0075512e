import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import type { Delimiters } from '../../../src/edi/delimiters.ts';
import type { PlainElement, PlainSegment, PlainValue } from '../../../src/edi/plain-segment.ts';
import { readAll } from '../../../src/edi/read.ts';
import { type PlainInterchange, type WriteOptions, X12_DELIMITERS } from '../../../src/edi/x12/plain.ts';
import { writeInterchange } from '../../../src/edi/x12/write.ts';
import { findingsOf } from '../support/check.ts';
import { texts } from '../support/items.ts';

const OPTIONS: WriteOptions = { delimiters: X12_DELIMITERS, lineBreak: '', encoding: 'latin1' };
const ISA =
  'ISA*00*          *00*          *ZZ*US             *02*THEM           *240102*1530*U*00401*000000012*0*P*:~';

const interchange = (segments: readonly PlainSegment[], changes: Partial<PlainInterchange> = {}): PlainInterchange => ({
  version: '00401',
  sender: { qualifier: 'ZZ', id: 'US' },
  receiver: { qualifier: '02', id: 'THEM' },
  date: '20240102',
  time: '1530',
  controlNumber: '12',
  acknowledge: '0',
  usage: 'P',
  acknowledgments: [],
  groups: [
    {
      code: 'SH',
      sender: 'US',
      receiver: 'THEM',
      controlNumber: '7',
      version: '004010',
      sets: [{ type: '856', controlNumber: '0001', segments }],
    },
  ],
  ...changes,
});

function written(plain: PlainInterchange, options: Partial<WriteOptions> = {}): Buffer {
  const result = writeInterchange(plain, { ...OPTIONS, ...options });
  assert.ok(result.ok, result.ok ? '' : result.refusals.map(({ text }) => text).join('\n'));
  return result.bytes;
}

const text = (plain: PlainInterchange, options: Partial<WriteOptions> = {}): string =>
  written(plain, options).toString('latin1');

describe('A written interchange', () => {
  it('has its envelope, counts and control numbers made', () => {
    const body = 'GS*SH*US*THEM*20240102*1530*7*X*004010~ST*856*0001~BSN*00*A~SE*3*0001~GE*1*7~IEA*1*000000012~';
    assert.equal(text(interchange([['BSN', '00', 'A']])), ISA + body);
  });

  it('has an ISA of 106 bytes', () => {
    assert.equal(written(interchange([])).indexOf('GS*'), 106);
  });

  it('leaves out what is empty at the end of segments and composites', () => {
    const segments: PlainSegment[] = [['REF', 'BM', '', ['A', '', 'B', ''], ''], ['LIN', '', ['', '']], ['LE']];
    assert.match(text(interchange(segments)), /~REF\*BM\*\*A::B~LIN~LE~SE/);
  });

  it('repeats elements from 00402 on', () => {
    const repeated: PlainSegment = ['N1', { repetitions: ['A', ['B', 'C', ''], ''] }, { repetitions: ['D', '', 'E'] }];
    assert.match(text(interchange([repeated], { version: '00501' })), /~N1\*A\^B:C\*D\^\^E~/);
  });

  it('keeps the separators at the end of segments and composites for a partner that wants them', () => {
    const segments: PlainSegment[] = [['REF', 'BM', ['A', ''], '']];
    assert.match(written(interchange(segments), { keepTrailing: true }).toString(), /~REF\*BM\*A:\*~/);
  });

  it('says what was agreed in ISA01 to ISA04, ISA11, GS04, GS05 and GS07', () => {
    const [group] = interchange([]).groups;
    const changes = {
      authorization: { qualifier: '03', id: 'CODE' },
      security: { qualifier: '01', id: 'SECRET' },
      standards: 'X',
      groups: group === undefined ? [] : [{ ...group, date: '20240101', time: '235959', agency: 'T' }],
    };
    const file = text(interchange([], changes));
    assert.match(
      file,
      /^ISA\*03\*CODE {6}\*01\*SECRET {4}\*.*\*X\*00401\*.*~GS\*SH\*US\*THEM\*20240101\*235959\*7\*T\*/,
    );
  });

  it('carries a TA1 before its groups, and may have none', () => {
    const ta1: PlainSegment = ['TA1', '000000001', '240102', '1530', 'A', '000'];
    const alone = interchange([], { acknowledgments: [ta1], groups: [] });
    assert.equal(text(alone), `${ISA}TA1*000000001*240102*1530*A*000~IEA*0*000000012~`);
  });

  it('names the repetition separator from 00402 on', () => {
    assert.equal(text(interchange([], { version: '00501' }))[82], '^');
  });

  it('has short dates in groups before 004010, and ST03 where there is one', () => {
    const set = { type: '999', controlNumber: '0001', implementation: '005010X231A1', segments: [] };
    const group = { code: 'FA', sender: 'US', receiver: 'THEM', controlNumber: '1', version: '003040', sets: [set] };
    const file = text(interchange([], { groups: [group] }));
    assert.match(file, /GS\*FA\*US\*THEM\*240102\*1530\*1\*X\*003040~ST\*999\*0001\*005010X231A1~SE\*2/);
  });

  const styles: readonly (readonly [string, Partial<WriteOptions>, RegExp])[] = [
    ['a line break after the terminator', { lineBreak: '\r\n' }, /\*:~\r\nGS.*~\r\nIEA.*~\r\n$/s],
    ['a line break as terminator', { delimiters: { ...X12_DELIMITERS, segment: 0x0a } }, /\*:\nGS[^~]*\nIEA[^~]*\n$/],
    ['control characters as delimiters', { delimiters: { ...X12_DELIMITERS, element: 0x1d } }, /^ISA\x1d00\x1d/],
  ];
  for (const [what, options, pattern] of styles) {
    it(`may have ${what}`, () => assert.match(text(interchange([['BSN', '00']]), options), pattern));
  }

  it('is written in the encoding of the partner', () => {
    const plain = interchange([['N1', 'ST', 'Zürich']]);
    assert.ok(written(plain).includes(Buffer.from('Z\xfcrich', 'latin1')));
    assert.ok(written(plain, { encoding: 'utf8' }).includes(Buffer.from('Zürich', 'utf8')));
    const euro = interchange([['N1', 'ST', 'Zürich €']]);
    assert.ok(written(euro, { encoding: 'windows-1252' }).includes(Buffer.from('Z\xfcrich \x80', 'latin1')));
  });
});

describe('Writing refuses', () => {
  const colliding = { ...X12_DELIMITERS, component: 0x2a };
  const rows: readonly (readonly [string, PlainInterchange, Partial<WriteOptions>, object])[] = [
    [
      'the element separator in a value',
      interchange([['BSN', '00', 'A*B']]),
      {},
      { reason: 'delimiter', document: '0001', segment: 2, tag: 'BSN', element: 2, character: '*' },
    ],
    [
      'the component separator in a component',
      interchange([['REF', 'BM', 'X', '', ['A', 'B:C']]]),
      {},
      { reason: 'delimiter', document: '0001', segment: 2, tag: 'REF', element: 4, component: 2, character: ':' },
    ],
    [
      'the repetition separator where there is one',
      interchange([['BSN', 'A^B']], { version: '00501' }),
      {},
      { reason: 'delimiter', document: '0001', segment: 2, tag: 'BSN', element: 1, character: '^' },
    ],
    [
      'a line break in a value',
      interchange([['NTE', '', 'A\nB']]),
      {},
      { reason: 'control', document: '0001', segment: 2, tag: 'NTE', element: 2, character: '\n' },
    ],
    [
      'a character that the encoding has not',
      interchange([['N1', 'ST', 'Łódź']]),
      {},
      { reason: 'encoding', document: '0001', segment: 2, tag: 'N1', element: 2, character: 'Ł' },
    ],
    [
      'the euro sign in ISO 8859-1',
      interchange([['N1', 'ST', '5 €']]),
      {},
      { reason: 'encoding', document: '0001', segment: 2, tag: 'N1', element: 2, character: '€' },
    ],
    [
      'a letter that Windows-1252 has not',
      interchange([['N1', 'ST', 'Ж']]),
      { encoding: 'windows-1252' },
      { reason: 'encoding', document: '0001', segment: 2, tag: 'N1', element: 2, character: 'Ж' },
    ],
    [
      'a control number of ten digits',
      interchange([], { controlNumber: '1234567890' }),
      {},
      { reason: 'width', tag: 'ISA', element: 13 },
    ],
    [
      'a repetition before 00402',
      interchange([['REF', 'BM', { repetitions: ['A', 'B'] }]]),
      {},
      { reason: 'repetition', document: '0001', segment: 2, tag: 'REF', element: 2 },
    ],
    [
      'a delimiter in a repetition',
      interchange([['REF', { repetitions: ['A', ['B', 'C:D']] }]], { version: '00501' }),
      {},
      {
        reason: 'delimiter',
        document: '0001',
        segment: 2,
        tag: 'REF',
        element: 1,
        repetition: 2,
        component: 2,
        character: ':',
      },
    ],
    [
      'half of a surrogate pair',
      interchange([['N1', 'ST', '\ud83d']]),
      { encoding: 'utf8' },
      { reason: 'encoding', document: '0001', segment: 2, tag: 'N1', element: 2, character: '\ud83d' },
    ],
    [
      'a segment of the envelope inside a document',
      interchange([['SE', '2', '0001']]),
      {},
      { reason: 'tag', document: '0001', segment: 2, tag: 'SE' },
    ],
    [
      'a name that is too long for the ISA',
      interchange([], { sender: { qualifier: 'ZZ', id: 'A'.repeat(16) } }),
      {},
      { reason: 'width', tag: 'ISA', element: 6 },
    ],
    [
      'a letter of several bytes in the ISA',
      interchange([], { receiver: { qualifier: 'ZZ', id: 'ZÜRICH' } }),
      { encoding: 'utf8' },
      { reason: 'encoding', tag: 'ISA', element: 8, character: 'Ü' },
    ],
    ['delimiters that are the same', interchange([]), { delimiters: colliding }, { reason: 'delimiters', tag: 'ISA' }],
    [
      'a letter as delimiter',
      interchange([]),
      { delimiters: { ...X12_DELIMITERS, segment: 0x41 } },
      { reason: 'delimiters', tag: 'ISA' },
    ],
  ];
  for (const [what, plain, options, expected] of rows) {
    it(what, () => {
      const result = writeInterchange(plain, { ...OPTIONS, ...options });
      assert.ok(!result.ok);
      const told = result.refusals.map(({ text: sentence, value, ...rest }) => {
        assert.match(sentence, /^[A-Z].*\. [A-Z].*\.$/s);
        if (value !== undefined) assert.ok(sentence.includes(`: ${JSON.stringify(value)} `), sentence);
        return rest;
      });
      assert.deepEqual(told, [expected]);
    });
  }

  it('with a sentence that says where, what is wrong with the value, and what to do', () => {
    const result = writeInterchange(interchange([['N1', 'ST', 'Łódź']]), OPTIONS);
    assert.deepEqual(!result.ok && result.refusals.map(({ text: sentence }) => sentence), [
      'N102 (segment 2) of document 0001: "Łódź" holds "Ł", which this encoding has not. Choose another encoding for the partner, or change the value.',
    ]);
  });

  it('without a repetition separator, a caret is text', () => {
    assert.match(text(interchange([['BSN', 'A^B']])), /BSN\*A\^B~/);
  });
});

const SEPARATORS: readonly Delimiters[] = [
  X12_DELIMITERS,
  { element: 0x7c, component: 0x3e, repetition: 0x21, segment: 0x0a, release: null },
  { element: 0x1d, component: 0x1f, repetition: 0x1e, segment: 0x1c, release: null },
];

/** Text that no separator above occurs in. The reader takes valid UTF-8 for UTF-8, so ISO 8859-1 must not look like it. */
const value = fc
  .string({ unit: fc.constantFrom(...'ABZ09 az.-/&@,#;+éß'), maxLength: 12 })
  .filter((one) => /^[ -z]*$/.test(one) || !isUtf8(Buffer.from(one, 'latin1')));
const once: fc.Arbitrary<PlainValue> = fc.oneof(value, fc.array(value, { maxLength: 3 }));
const element: fc.Arbitrary<PlainElement> = fc.oneof(
  once,
  fc.record({ repetitions: fc.array(once, { minLength: 2, maxLength: 3 }) }),
);
const tag = fc.constantFrom('BSN', 'REF', 'N1', 'LX', 'DTM', 'HL', 'ZZZ', 'W01');
const segment = fc.tuple(tag, fc.array(element, { maxLength: 6 })).map(([name, rest]): PlainSegment => [name, ...rest]);
const options = fc.record<WriteOptions>({
  delimiters: fc.constantFrom(...SEPARATORS),
  lineBreak: fc.constantFrom('', '\n', '\r\n'),
  encoding: fc.constantFrom('latin1', 'utf8', 'windows-1252'),
});

/** What a reader sees of a segment: texts without what is empty at the end. */
function seen([name, ...elements]: PlainSegment, { component, repetition }: Delimiters): readonly string[] {
  const cut = (parts: readonly string[]) => parts.slice(0, parts.findLastIndex((part) => part !== '') + 1);
  const text = (one: PlainValue): string =>
    typeof one === 'string' ? one : cut(one).join(String.fromCharCode(component ?? 0));
  return cut([
    name,
    ...elements.map((one) =>
      typeof one === 'object' && 'repetitions' in one
        ? cut(one.repetitions.map(text)).join(String.fromCharCode(repetition ?? 0))
        : text(one),
    ),
  ]);
}

describe('What is written', () => {
  it('reads back to the same elements, without a fault of the envelope', () => {
    const documents = fc.array(fc.array(segment, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(documents, options, (sets, how) => {
        const plain = interchange([], { version: '00501' });
        const groups = plain.groups.map((group) => ({
          ...group,
          sets: sets.map((segments, index) => ({ type: '856', controlNumber: `100${index}`, segments })),
        }));
        const bytes = written({ ...plain, groups }, how);
        const read = readAll(bytes).flatMap((item) => (item.kind === 'document' ? [item.document] : []));
        assert.deepEqual(
          read.map(({ segments }) =>
            texts(segments)
              .map(([, , ...parts]) => parts)
              .slice(1, -1),
          ),
          sets.map((segments) => segments.map((one) => seen(one, how.delimiters))),
        );
        const levels = findingsOf(bytes)
          .filter(({ severity }) => severity !== 'note')
          .map(({ ack }) => ack?.level);
        assert.ok(
          levels.every((level) => level === 'segment' || level === 'element'),
          levels.join(),
        );
      }),
      { numRuns: 200 },
    );
  });
});
