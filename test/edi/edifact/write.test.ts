import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import type { Delimiters } from '../../../src/edi/delimiters.ts';
import {
  EDIFACT_DELIMITERS,
  type EdifactWriteOptions,
  type PlainEdifactInterchange,
} from '../../../src/edi/edifact/plain.ts';
import { writeEdifactInterchange } from '../../../src/edi/edifact/write.ts';
import type { PlainElement, PlainSegment, PlainValue } from '../../../src/edi/plain-segment.ts';
import { readAll } from '../../../src/edi/read.ts';
import { findingsOf } from '../support/check.ts';
import { plainSegments } from '../support/plain.ts';

const OPTIONS: EdifactWriteOptions = { delimiters: EDIFACT_DELIMITERS, lineBreak: '' };

const interchange = (
  segments: readonly PlainSegment[],
  changes: Partial<PlainEdifactInterchange> = {},
): PlainEdifactInterchange => ({
  syntax: ['UNOC', '3'],
  sender: ['US', '14'],
  receiver: ['THEM', 'ZZ'],
  date: '20240102',
  time: '1530',
  reference: 'R12',
  groups: [],
  messages: [{ reference: 'M1', identifier: ['DESADV', 'D', '96A', 'UN'], segments }],
  ...changes,
});

function written(plain: PlainEdifactInterchange, options: Partial<EdifactWriteOptions> = {}): Buffer {
  const result = writeEdifactInterchange(plain, { ...OPTIONS, ...options });
  assert.ok(result.ok, result.ok ? '' : result.refusals.map(({ text }) => text).join('\n'));
  return result.bytes;
}

const text = (...given: Parameters<typeof written>): string => written(...given).toString('latin1');
const HEAD = "UNB+UNOC:3+US:14+THEM:ZZ+240102:1530+R12'UNH+M1+DESADV:D:96A:UN'";
const body = (...segments: readonly PlainSegment[]): string => {
  const file = text(interchange(segments));
  return file.slice(HEAD.length, file.indexOf("'UNT"));
};

describe('An EDIFACT interchange is written', () => {
  it('with headers, trailers and counts', () => {
    assert.equal(text(interchange([['BGM', '351', 'D1', '9']])), `${HEAD}BGM+351+D1+9'UNT+3+M1'UNZ+1+R12'`);
  });

  it('with groups, which the trailer counts instead of messages', () => {
    const [message] = interchange([]).messages;
    assert.ok(message !== undefined);
    const group = {
      ...{
        code: 'DESADV',
        sender: ['US', '14'],
        receiver: 'THEM',
        reference: 'G1',
        agency: 'UN',
        version: ['D', '96A'],
      },
      ...{ password: 'SECRET', messages: [message, message] },
    };
    const other = { ...group, reference: 'G2', date: '20240101', time: '0900', messages: [] };
    assert.match(
      text(interchange([], { groups: [group, other], messages: [] })),
      /UNG\+DESADV\+US:14\+THEM\+240102:1530\+G1\+UN\+D:96A\+SECRET'(UNH.*?'UNT.*?'){2}UNE\+2\+G1'UNG.*\+240101:0900\+G2.*'UNE\+0\+G2'UNZ\+2\+R12'$/,
    );
  });

  it('with what was agreed about it', () => {
    const changes = {
      password: ['P', 'AA'],
      application: 'DESADV',
      priority: 'A',
      acknowledge: '1',
      agreement: 'EANCOM',
    };
    const file = text(interchange([], { ...changes, test: true }));
    assert.match(file, /^UNB\+[^']*\+R12\+P:AA\+DESADV\+A\+1\+EANCOM\+1'/);
    assert.match(text(interchange([], { application: 'DESADV' })), /\+R12\+\+DESADV'/);
  });

  it('without what is empty at the end of segments and composites, unless the partner wants it', () => {
    const segments: PlainSegment[] = [
      ['NAD', 'BY', ['A', '', 'B', ''], ''],
      ['RFF', ['', '']],
    ];
    assert.equal(body(...segments), "NAD+BY+A::B'RFF");
    assert.match(text(interchange(segments), { keepTrailing: true }), /NAD\+BY\+A::B:\+'RFF\+:'/);
  });

  it('with a release character before what means something to the syntax, itself included', () => {
    assert.equal(body(['FTX', "a+b:c'd?e*f", ['?', "'"]]), "FTX+a?+b?:c?'d??e*f+??:?'");
  });

  it('in syntax 4 with a century, and with repetitions, whose separator is released', () => {
    const segment: PlainSegment = ['FTX', { repetitions: [['a', 'b*c'], 'd'] }];
    const file = text(interchange([segment], { syntax: ['UNOC', '4'] }));
    assert.match(file, /^UNB\+UNOC:4\+US:14\+THEM:ZZ\+20240102:1530\+R12'.*'FTX\+a:b\?\*c\*d'/);
  });

  it('with a line for each segment', () => {
    const lines = text(interchange([]), { lineBreak: '\r\n', una: true }).split('\r\n');
    assert.deepEqual([lines[0], lines.length, lines.at(-1)], ["UNA:+.? '", 6, '']);
  });
});

describe('A UNA is written', () => {
  const with4 = { syntax: ['UNOC', '4'] } as const;
  const rows: readonly (readonly [string, Partial<PlainEdifactInterchange>, Partial<EdifactWriteOptions>, string])[] = [
    ['not for the usual delimiters', {}, {}, 'UNB+UNOC:3'],
    ['not for those of syntax 4', with4, {}, 'UNB+UNOC:4'],
    ['for a partner that wants it', {}, { una: true }, "UNA:+.? 'UNB+"],
    ['for a decimal comma', {}, { decimal: ',' }, "UNA:+,? 'UNB+"],
    ['with the repetition separator of syntax 4', with4, { una: true }, "UNA:+.?*'UNB+"],
    [
      'for syntax 4 without a repetition separator',
      with4,
      { delimiters: { ...EDIFACT_DELIMITERS, repetition: null } },
      "UNA:+.? 'UNB+",
    ],
    [
      'for other delimiters',
      {},
      { delimiters: { ...EDIFACT_DELIMITERS, element: 0x7c, component: 0x5e, segment: 0x7e } },
      'UNA^|.? ~UNB|UNOC^3',
    ],
    ['for lines as segments', {}, { delimiters: { ...EDIFACT_DELIMITERS, segment: 0x0a } }, 'UNA:+.? \nUNB+'],
    ['for no release character', {}, { delimiters: { ...EDIFACT_DELIMITERS, release: null } }, "UNA:+.  'UNB+"],
  ];
  for (const [what, changes, options, start] of rows) {
    it(what, () => assert.ok(text(interchange([], changes), options).startsWith(start), start));
  }

  it('not for the delimiters of level B, which cannot be printed', () => {
    const delimiters = { element: 0x1d, component: 0x1f, repetition: null, segment: 0x1c, release: null };
    assert.ok(text(interchange([], { syntax: ['UNOB', '3'] }), { delimiters }).startsWith('UNB\x1dUNOB\x1f3'));
    assert.ok(text(interchange([]), { delimiters }).startsWith('UNA\x1f\x1d.  \x1cUNB'));
  });
});

describe('Text of an EDIFACT interchange', () => {
  const rows: readonly (readonly [
    syntax: string,
    value: string,
    bytes: readonly number[],
    charset?: 'windows-1252',
  ])[] = [
    ['UNOA', 'AB 12.!', [0x41, 0x42, 0x20, 0x31, 0x32, 0x2e, 0x21]],
    ['UNOB', 'a@~', [0x61, 0x40, 0x7e]],
    ['UNOC', 'ü', [0xfc]],
    ['UNOD', 'ł', [0xb3]],
    ['UNOE', 'Ж', [0xb6]],
    ['UNOF', 'λ', [0xeb]],
    ['UNOG', 'ħ', [0xb1]],
    ['UNOH', 'ģ', [0xbb]],
    ['UNOI', 'ع', [0xd9]],
    ['UNOJ', 'ש', [0xf9]],
    ['UNOK', 'ş', [0xfe]],
    ['UNOW', '€ł', [0xe2, 0x82, 0xac, 0xc5, 0x82]],
    ['UNOY', '文', [0xe6, 0x96, 0x87]],
    ['UNOA', 'ü€', [0xfc, 0x80], 'windows-1252'],
  ];
  for (const [syntax, value, bytes, charset] of rows) {
    it(`in ${charset ?? syntax} is ${JSON.stringify(value)} as ${Buffer.from(bytes).toString('hex')}`, () => {
      const options = charset === undefined ? {} : { charset };
      const file = written(interchange([['FTX', value]], { syntax: [syntax, '3'] }), options);
      const from = file.indexOf('FTX+') + 4;
      assert.deepEqual([...file.subarray(from, file.indexOf("'UNT"))], bytes);
    });
  }

  const refused: readonly (readonly [syntax: string, value: string, character: string])[] = [
    ['UNOA', 'Ab', 'b'],
    ['UNOA', 'A@', '@'],
    ['UNOB', 'ü', 'ü'],
    ['UNOC', 'ł', 'ł'],
    ['UNOC', '€', '€'],
    ['UNOD', 'ж', 'ж'],
    ['UNOE', 'ł', 'ł'],
    ['UNOF', 'ж', 'ж'],
    ['UNOG', 'ł', 'ł'],
    ['UNOH', 'ñ', 'ñ'],
    ['UNOI', 'ü', 'ü'],
    ['UNOJ', 'ü', 'ü'],
    ['UNOK', 'ł', 'ł'],
    ['UNOW', '\ud800', '\ud800'],
    ['UNOX', 'ü', 'ü'],
    ['UNOY', '\udc00', '\udc00'],
  ];
  for (const [syntax, value, character] of refused) {
    it(`in ${syntax} is refused where it holds ${JSON.stringify(character)}`, () => {
      const plain = interchange([['FTX', 'A', { repetitions: [['', value]] }]], { syntax: [syntax, '3'] });
      const result = writeEdifactInterchange(plain, OPTIONS);
      assert.ok(!result.ok);
      const [{ text: sentence, value: told, ...found } = { text: '' }, ...more] = result.refusals;
      assert.equal(told, value);
      const place = { document: 'M1', segment: 2, tag: 'FTX', element: 2, repetition: 1, component: 2 };
      assert.deepEqual([found, more], [{ reason: 'encoding', ...place, character }, []]);
      assert.match(
        sentence,
        /^FTX02\[1\]-2 \(segment 2\) of document M1: ".*" holds .*, which this encoding has not\./,
      );
    });
  }
});

describe('Writing EDIFACT refuses', () => {
  const noRelease = { delimiters: { ...EDIFACT_DELIMITERS, release: null } };
  const rows: readonly (readonly [string, PlainEdifactInterchange, Partial<EdifactWriteOptions>, object])[] = [
    [
      'a line break in a value',
      interchange([['FTX', 'A\nB']]),
      {},
      { reason: 'control', document: 'M1', segment: 2, tag: 'FTX', element: 1, character: '\n' },
    ],
    [
      'a delimiter in a value where there is no release character',
      interchange([['FTX', 'A+B']]),
      noRelease,
      { reason: 'delimiter', document: 'M1', segment: 2, tag: 'FTX', element: 1, character: '+' },
    ],
    [
      'a repetition before syntax 4',
      interchange([['FTX', { repetitions: ['A', 'B'] }]]),
      {},
      { reason: 'repetition', document: 'M1', segment: 2, tag: 'FTX', element: 1 },
    ],
    [
      'a segment of the envelope inside a message',
      interchange([['UNT', '2', 'M1']]),
      {},
      { reason: 'tag', document: 'M1', segment: 2, tag: 'UNT' },
    ],
    [
      'a letter in the header that the charset has not',
      interchange([], { sender: ['Łódź', '14'] }),
      {},
      { reason: 'encoding', tag: 'UNB', element: 2, component: 1, character: 'Ł' },
    ],
    [
      'delimiters that are the same',
      interchange([]),
      { delimiters: { ...EDIFACT_DELIMITERS, release: 0x2b } },
      { reason: 'delimiters', tag: 'UNA' },
    ],
  ];
  for (const [what, plain, options, expected] of rows) {
    it(what, () => {
      const result = writeEdifactInterchange(plain, { ...OPTIONS, ...options });
      assert.ok(!result.ok);
      const [first] = result.refusals.map(({ text: _, value: __, ...rest }) => rest);
      assert.deepEqual(first, expected);
    });
  }
});

const SEPARATORS: readonly Delimiters[] = [
  EDIFACT_DELIMITERS,
  { element: 0x7c, component: 0x3e, repetition: 0x21, segment: 0x0a, release: 0x5c },
  { element: 0x2a, component: 0x3d, repetition: null, segment: 0x7e, release: 0x3f },
];

/** The reader takes valid UTF-8 for UTF-8, so other charsets must not look like it; é and ß never do with these. */
const value = fc
  .string({ unit: fc.constantFrom(..."AB09 az.-/&@,#;+:?'*|>!\\=~éß"), maxLength: 12 })
  .filter((one) => /^[ -~]*$/.test(one) || !isUtf8(Buffer.from(one, 'latin1')));
const once: fc.Arbitrary<PlainValue> = fc.oneof(value, fc.array(value, { minLength: 2, maxLength: 3 }));
const repeated = fc.array(once, { minLength: 2, maxLength: 3 }).map((repetitions) => ({ repetitions }));
const tag = fc.constantFrom('BGM', 'RFF', 'NAD', 'LIN', 'UNS', 'ZZZ');
const bodies = (element: fc.Arbitrary<PlainElement>): fc.Arbitrary<readonly (readonly PlainSegment[])[]> => {
  const elements = fc.array(element, { maxLength: 5 });
  const segment = fc.tuple(tag, elements).map(([name, rest]): PlainSegment => [name, ...rest]);
  return fc.array(fc.array(segment, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
};
const options = fc.record<EdifactWriteOptions>({
  delimiters: fc.constantFrom(...SEPARATORS),
  lineBreak: fc.constantFrom('', '\n', '\r\n'),
  charset: fc.constantFrom('iso-8859-1', 'windows-1252', 'utf-8'),
  una: fc.constant(true),
  keepTrailing: fc.constant(true),
});

/** Throws unless the messages come back as they were written, in an envelope without a fault. */
function assertReadsBack(
  messages: readonly (readonly PlainSegment[])[],
  version: string,
  how: EdifactWriteOptions,
): void {
  const identifier = ['NOSUCH', 'D', '96A', 'UN'];
  const plain = messages.map((segments, index) => ({ reference: `M${index}`, identifier, segments }));
  const bytes = written(interchange([], { syntax: ['UNOC', version], messages: plain }), how);
  const read = readAll(bytes).flatMap((item) => (item.kind === 'document' ? [item.document.segments] : []));
  assert.deepEqual(
    read.map((segments) => plainSegments(segments).slice(1, -1)),
    messages,
  );
  assert.deepEqual(
    findingsOf(bytes).filter(({ severity }) => severity !== 'note'),
    [],
  );
}

describe('What is written as EDIFACT', () => {
  it('reads back to the same elements, without a fault of the envelope', () => {
    fc.assert(
      fc.property(bodies(once), options, fc.constantFrom('3', '4'), (messages, how, version) => {
        assertReadsBack(messages, version, how);
      }),
      { numRuns: 200 },
    );
  });

  it('reads back to the same repetitions in syntax 4', () => {
    const repeating = options.filter(({ delimiters }) => delimiters.repetition !== null);
    fc.assert(
      fc.property(bodies(fc.oneof(once, repeated)), repeating, (messages, how) => {
        assertReadsBack(messages, '4', how);
      }),
      { numRuns: 200 },
    );
  });
});
