import assert from 'node:assert/strict';
import { documentHash } from '../../../src/edi/content-hash.ts';
import { createEdifactReader } from '../../../src/edi/edifact/reader.ts';
import type { FunctionalGroup, Interchange, TransactionSet } from '../../../src/edi/envelope.ts';
import { partRange, partText, repeatedTexts } from '../../../src/edi/part-text.ts';
import { readDocument } from '../../../src/edi/read.ts';
import { una, unb, ung, unh } from '../support/edifact.ts';
import { readChunks, texts } from '../support/items.ts';
import { bytes } from '../support/x12.ts';

interface ReadFile {
  readonly interchange: Interchange;
  readonly groups: readonly FunctionalGroup[];
  readonly messages: readonly TransactionSet[];
}

function read(file: string | Buffer): ReadFile {
  const items = readChunks([typeof file === 'string' ? bytes(file) : file], createEdifactReader());
  const [interchange] = items.flatMap((item) => (item.kind === 'interchange' ? [item.interchange] : []));
  assert.ok(interchange !== undefined);
  return {
    interchange,
    groups: items.flatMap((item) => (item.kind === 'group' ? [item.group] : [])),
    messages: items.flatMap((item) => (item.kind === 'document' ? [item.document] : [])),
  };
}

/** Elements of the second segment of the first message. */
function elements(file: string | Buffer): readonly string[] {
  const [message] = read(file).messages;
  assert.ok(message !== undefined);
  return texts(message.segments)[1]?.slice(3).map(String) ?? [];
}

const withText = (text: string, syntax = 'UNOC:3'): string => unb({ syntax }, unh('DESADV', `FTX+${text}+Z`));

describe('what the EDIFACT reader says of an interchange', () => {
  it('names parties, reference, date and test', () => {
    const rest = '++DESADV+++EANCOM+1';
    const { interchange } = read(unb({ sender: '4012345000009:14:SUB', receiver: 'A?:B', reference: '007', rest }));
    const { version, sender, receiver, controlNumber, date, time, test } = interchange;
    assert.deepEqual(
      { version, sender, receiver, controlNumber, date, time, test },
      {
        version: 'UNOA:3',
        sender: { qualifier: '14', id: '4012345000009' },
        receiver: { qualifier: '', id: 'A:B' },
        controlNumber: '007',
        date: '240102',
        time: '1530',
        test: true,
      },
    );
    assert.equal(read(unb({ rest: '++++++0' })).interchange.test, false);
    assert.equal(read(unb({ syntax: 'UNOC:4', date: '20240102:1530' })).interchange.date, '20240102');
  });

  it('names type and release of a message, not the association code', () => {
    const [message, contrl] = read(
      unb({}, unh({ type: 'DESADV', version: 'D:01B:UN:EAN007' }), unh({ type: 'CONTRL', version: '4:1:UN' })),
    ).messages;
    assert.deepEqual([message?.type, message?.release, message?.controlNumber], ['DESADV', 'D01B', '1']);
    assert.deepEqual([contrl?.type, contrl?.release], ['CONTRL', '41']);
  });

  it('names code, version and reference of a group; a message without one stands in an implicit group', () => {
    const { groups } = read(unb({}, ung({ code: 'DESADV', reference: '0A' }, unh('DESADV')), unh('DESADV')));
    const said = groups.map(({ code, version, controlNumber, implicit }) => [code, version, controlNumber, implicit]);
    assert.deepEqual(said, [
      ['DESADV', 'D:96A', '0A', false],
      ['', '', '', true],
    ]);
  });

  const other = { element: '*', component: '=', segment: '~' };
  for (const [title, file, shown, irregular] of [
    ['without a UNA', unb({}), "+ : none ? '", false],
    ['without a UNA, syntax 4', unb({ syntax: 'UNOC:4' }), "+ : * ? '", false],
    ['of a UNA', una(other) + unb(other), '* = none ? ~', false],
    ['of a UNA, syntax 4', una({ repetition: '*' }) + unb({ syntax: 'UNOC:4' }), "+ : * ? '", false],
    ['of a UNA of syntax 4 that declares no repetition', una() + unb({ syntax: 'UNOC:4' }), "+ : none ? '", false],
    ['of a UNA of syntax 3, whose repetition is reserved', una({ repetition: '*' }) + unb({}), "+ : none ? '", false],
    ['without release character', una({ release: ' ' }) + unb({}), "+ : none none '", false],
    [
      'that cannot be printed, whatever the label says',
      unb({ element: '\x1d', component: '\x1f', segment: '\x1c' }),
      '\x1d \x1f none none \x1c',
      false,
    ],
    ['that cannot be printed, of level A by the label UNOB', unb({ syntax: 'UNOB:1' }), "+ : none ? '", false],
    ['without a UNA, of its own', unb(other, unh('DESADV')), '* = none ? ~', true],
    ['that are lines', unb({ segment: '\n' }, unh('DESADV')), '+ : none ? \n', true],
    ['that the UNA does not declare', una(other) + unb({}), "+ : none ? '", true],
  ] as const) {
    it(`knows delimiters ${title}`, () => {
      const { delimiters, irregularHeader } = read(file).interchange;
      const { element, component, repetition, release, segment } = delimiters;
      const all = [element, component, repetition, release, segment];
      assert.equal(all.map((byte) => (byte === null ? 'none' : String.fromCharCode(byte))).join(' '), shown);
      assert.equal(irregularHeader, irregular);
    });
  }
});

describe('texts of EDIFACT', () => {
  for (const [written, text] of [
    ["A?+B?:C?'D", "A+B:C'D"],
    ['WHY??', 'WHY?'],
    ['???+', '?+'],
    ['?????:', '??:'],
    ['?A', 'A'],
    ['', ''],
  ] as const) {
    it(`are without their release characters: ${written}`, () => assert.equal(elements(withText(written))[0], text));
  }

  it('of components are cut only where no release character stands', () => {
    const [message] = read(unb({ syntax: 'UNOC:4' }, unh('DESADV', 'FTX+A?:B:C??:D?*E*F?+::G'))).messages;
    assert.ok(message !== undefined);
    const { segments } = message;
    assert.deepEqual(
      [1, 2, 3, 4].map((component) => partText(segments, 1, 1, component)),
      ['A:B', 'C?', 'D*E', ''],
    );
    assert.deepEqual(repeatedTexts(segments, 1, 1), ['A:B:C?:D*E', 'F+::G']);
    assert.deepEqual(
      [0, 1, 2].map((repetition) => partRange(segments, 1, 1, 3, repetition)).map(([from, to]) => to - from),
      ['D?*E'.length, 'G'.length, 0],
    );
  });

  it('keep blanks, zeros and line breaks', () => {
    assert.deepEqual(elements(withText('007+ A  B +1\r\n2')), ['007', ' A  B ', '1\r\n2', 'Z']);
  });

  for (const [syntax, byte, text] of [
    ['UNOC', '\xe9', 'é'],
    ['UNOC', '\x93', '“'],
    ['UNOA', '\xe9', 'é'],
    ['UNO@', '\xe9', 'é'],
    ['UNOD', '\xb1', 'ą'],
    ['UNOE', '\xd1', 'б'],
    ['UNOF', '\xe1', 'α'],
    ['UNOG', '\xe6', 'ĉ'],
    ['UNOH', '\xb1', 'ą'],
    ['UNOI', '\xc7', 'ا'],
    ['UNOJ', '\xe0', 'א'],
    ['UNOK', '\xfe', 'ş'],
    ['UNOW', '\xc3\xa9', 'é'],
    ['UNOY', '\xe2\x82\xac', '€'],
    ['UNOA', '\xc3\xa9', 'é'],
    ['UNOE', '\xd0\xb1', 'б'],
  ] as const) {
    it(`are decoded as ${syntax} says, or as UTF-8: ${Buffer.from(byte, 'latin1').toString('hex')}`, () => {
      assert.deepEqual(elements(withText(`A${byte}?+`, `${syntax}:3`)), [`A${text}+`, 'Z']);
    });
  }

  it('are decoded by the label of their own interchange', () => {
    const two =
      unb({ syntax: 'UNOD:3' }, unh('DESADV', 'FTX+\xb1')) + unb({ syntax: 'UNOE:3' }, unh('DESADV', 'FTX+\xb1'));
    assert.deepEqual(
      read(two).messages.map(({ segments }) => segments.text(1, 1)),
      ['ą', 'Б'],
    );
  });

  it('are the same when a message is read again from its bytes', () => {
    const file = bytes(unb({ syntax: 'UNOE:4' }, unh('DESADV', "FTX+A?'\xd1*B", 'CPS+1'), unh('ORDERS', 'BGM+?++1')));
    for (const { start, end, segments } of read(file).messages) {
      const again = readDocument(file.subarray(start, end), start, JSON.parse(JSON.stringify(segments.delimiters)));
      assert.deepEqual(texts(again), texts(segments));
    }
  });
});

describe('the content hash of a message', () => {
  const hash = (file: string): string => {
    const [message] = read(file).messages;
    assert.ok(message !== undefined);
    return documentHash(message);
  };
  const written = hash(unb({}, unh('DESADV', 'FTX+A?+B:C??')));

  it('is the same under other numbers and separators', () => {
    const other = { element: '*', component: '=', segment: '~', release: '!' };
    assert.equal(hash(unb({ reference: '9' }, unh({ type: 'DESADV', reference: '8' }, 'FTX+A?+B:C??'))), written);
    assert.equal(
      hash(`${una(other)}UNB*UNOA=3*S*R*240102=1530*1~UNH*1*DESADV=D=96A=UN~FTX*A+B=C?~UNT*3*1~UNZ*1*1~`),
      written,
    );
  });

  it('is another where a separator is released or is not', () => {
    assert.notEqual(hash(unb({}, unh('DESADV', 'FTX+A+B:C??'))), written);
    assert.notEqual(hash(unb({}, unh('DESADV', 'FTX+A?+B?:C??'))), written);
  });

  it('tells released control characters from separators', () => {
    const control = { element: '\x1d', component: '\x1f', segment: '\x1c', release: '?' };
    const file = (text: string): string => una(control) + unb(control, unh('DESADV', text));
    assert.notEqual(hash(file('FTX+A?\x1dB')), hash(file('FTX+A+B')));
  });
});
