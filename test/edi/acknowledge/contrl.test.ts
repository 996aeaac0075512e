import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findingsOf } from '../support/check.ts';
import { checkedItems, contrlBody, contrlsTo, contrlText } from '../support/contrl.ts';
import { type InterchangeOptions, unb, ung, unh } from '../support/edifact.ts';
import { sampleFiles, samplesFolder } from '../support/samples.ts';

const good = unh({ type: 'MADEUP', version: 'D:99A:UN:EAN001' }, 'BGM', 'DTM+2', 'CNT+1');
const bad = unh({ type: 'MADEUP', version: 'D:99A:UN' }, 'BGM', 'DTM+2');
const contrl = unh({ type: 'CONTRL', version: 'D:3:UN' }, 'UCI+9+A+B+7');

const texts = (file: string, ...options: Parameters<typeof contrlsTo> extends [unknown, ...infer O] ? O : never) =>
  contrlsTo(checkedItems(file), ...options).map((answer) => contrlText(answer).toString('latin1'));
const CHINESE = '\xe6\xb5\xb7';

describe('A CONTRL', () => {
  it('goes back from the receiver to the sender in their syntax, and names them as they were', () => {
    const file = unb({ sender: 'A?+B:14:SUB', receiver: 'US:ZZ', reference: '0007', rest: '++X++1++1' }, good);
    const expected = [
      'UNB+UNOA:3+US:ZZ+A?+B:14:SUB+240103:0900+501++++++1',
      'UNH+1+CONTRL:D:3:UN',
      'UCI+0007+A?+B:14:SUB+US:ZZ+7',
      'UNT+3+1',
      'UNZ+1+501',
      '',
    ];
    assert.deepEqual(texts(file), [expected.join("'\n")]);
  });

  it('of syntax 4 has the form of syntax 4', () => {
    const file = unb({ syntax: 'UNOC:4', sender: 'A:14:B:C', date: '20240102:1530' }, unh('MADEUP'), good);
    const [answer = ''] = texts(file, { messages: 'all' });
    assert.match(answer, /^UNB\+UNOC:4\+RECEIVER:14\+A:14:B:C\+20240103:0900\+501'\nUNH\+1\+CONTRL:4:1:UN'\nUCI/);
  });

  const syntaxes: readonly (readonly [what: string, options: InterchangeOptions, expected: string])[] = [
    ['of syntax 2 answers in it', { syntax: 'UNOB:2' }, 'UNOB:2'],
    ['answers an unknown version in version 3', { syntax: 'UNOC:7' }, 'UNOC:3'],
    ['answers an unknown syntax identifier with a known one', { syntax: 'IATB:1' }, 'UNOA:1'],
    ['takes a wider charset for small letters', { sender: 'Sender' }, 'UNOB:3'],
    ['takes a wider charset for letters with accents', { sender: 'Z\xdcRICH' }, 'UNOC:3'],
    ['takes the widest charset for all others', { receiver: CHINESE }, 'UNOY:3'],
  ];
  for (const [what, options, expected] of syntaxes) {
    it(what, () => assert.equal(texts(unb(options, good))[0]?.slice(4, 10), expected));
  }

  it('names rejected messages, and the others where the partner wants them all', () => {
    const file = unb({}, good, bad);
    const rejected = 'UCM+2+MADEUP:D:99A:UN+4 UCS+3+13';
    assert.equal(contrlBody(file), `UCI+7 ${rejected}`);
    assert.equal(contrlBody(file, { messages: 'all' }), `UCI+7 UCM+1+MADEUP:D:99A:UN:EAN001+7 ${rejected}`);
  });

  it('names groups in the same way', () => {
    const file = unb({}, ung('MADEUP', good), ung({ code: 'MADEUP', trailerReference: '9' }, good));
    const parties = 'SENDER:14+RECEIVER:14';
    assert.equal(contrlBody(file), `UCI+7 UCF+2+${parties}+4+28+UNE+3`);
    const accepted = `UCF+1+${parties}+7 UCM+1+MADEUP:D:99A:UN:EAN001+7`;
    assert.equal(contrlBody(file, { messages: 'all' }), `UCI+7 ${accepted} UCF+2+${parties}+4+28+UNE+3`);
  });

  it('names messages alone where some stand outside the groups', () => {
    const file = unb({}, bad, ung('MADEUP', good), ung({ code: 'MADEUP', trailerReference: '9' }, good));
    const said = 'UCI+7 UCM+1+MADEUP:D:99A:UN+4 UCS+3+13 UCM+3+MADEUP:D:99A:UN:EAN001+4+28';
    assert.equal(contrlBody(file), said);
  });

  it('rejects all with the interchange', () => {
    assert.equal(contrlBody(unb({ trailer: false }, good, bad), { messages: 'all' }), 'UCI+4+13+UNZ');
  });

  it('that tells the receipt tells nothing else', () => {
    assert.equal(contrlBody(unb({}, good, bad), { kind: 'receipt', messages: 'all' }), 'UCI+8');
    assert.equal(contrlBody(unb({ trailer: false }, good), { kind: 'receipt' }), 'UCI+8');
  });

  it('answers each interchange of a file on its own', () => {
    assert.equal(
      contrlBody(unb({}, bad) + unb({}, good))
        .match(/UCI|UCM/g)
        ?.join(),
      'UCI,UCM,UCI',
    );
  });
});

describe('CONTRL is never answered', () => {
  it('when an interchange holds nothing else', () => {
    assert.deepEqual(texts(unb({}, contrl)), []);
    assert.deepEqual(texts(unb({}, ung('CONTRL', contrl))), []);
    assert.deepEqual(texts(unb({ trailer: false }, contrl), { kind: 'receipt' }), []);
  });

  it('and beside other messages it is passed over', () => {
    const wrong = unh({ type: 'CONTRL', version: 'D:3:UN', count: 9 }, 'UCI');
    const said = 'UCI+7 UCM+2+MADEUP:D:99A:UN:EAN001+7';
    assert.equal(contrlBody(unb({}, wrong, good), { messages: 'all' }), said);
    const file = unb({}, ung('CONTRL', wrong), ung('MADEUP', good));
    assert.equal(contrlBody(file, { messages: 'all' }).match(/UCF/g)?.length, 1);
  });
});

describe('A CONTRL is impossible', () => {
  const rows: readonly (readonly [what: string, file: string, missing: readonly string[]])[] = [
    ['without 0020', unb({ reference: '' }, good), ['0020 of the UNB']],
    ['with a 0020 that is too long', unb({ reference: '123456789012345' }, good), ['0020 of the UNB']],
    ['without S002 and S003', unb({ sender: '', receiver: ':14' }, good), ['S002 of the UNB', 'S003 of the UNB']],
    ['with a control character in S002', unb({ sender: 'A\x01' }, good), ['S002 of the UNB']],
    [
      'without the 0062 of a message that it must name',
      unb({}, good, unh({ type: 'MADEUP', reference: '' }, 'X')),
      ['0062 of a UNH'],
    ],
    [
      'without the S009 of a message that it must name',
      unb({}, unh({ type: 'MADEUP', version: 'D', count: 9 })),
      ['S009 of a UNH'],
    ],
    ['without the 0048 of a group', unb({}, ung({ code: 'MADEUP', reference: '' }, good)), ['0048 of a UNG']],
  ];
  for (const [what, file, missing] of rows) {
    it(what, () => {
      const answers = contrlsTo(checkedItems(file)).map((answer) => (answer.possible ? 'possible' : answer.missing));
      assert.deepEqual(answers, [missing]);
    });
  }

  it('not for what it need not name', () => {
    assert.equal(contrlBody(unb({}, unh({ type: 'MADEUP', version: 'D' }, 'BGM', 'DTM+2', 'CNT+1'))), 'UCI+7');
  });
});

/** Throws when an answer cannot be written, or something is wrong with it. */
function assertAnswerable(file: string): void {
  for (const options of [{ messages: 'all' }, { messages: 'rejected' }, { kind: 'receipt' }] as const) {
    for (const answer of contrlsTo(checkedItems(file), options)) {
      if (!answer.possible) continue;
      const text = contrlText(answer);
      const wrong = findingsOf(text).filter(({ severity }) => severity !== 'note');
      assert.deepEqual(wrong, [], text.toString('latin1'));
    }
  }
}

describe('Whatever EDIFACT arrives', () => {
  it('is answered without a fault, or not at all: damaged files', () => {
    const file = `${unb({}, good, bad, contrl)}${unb({ syntax: 'UNOC:4' }, ung('MADEUP', good, bad))}`;
    const damage = fc.array(
      fc.tuple(fc.nat(file.length - 1), fc.nat(3), fc.string({ unit: 'binary-ascii', maxLength: 3 })),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(damage, (changes) => {
        assertAnswerable(
          changes.reduce((text, [at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone), file),
        );
      }),
      { numRuns: 400 },
    );
  });

  const folder = samplesFolder();
  const published = folder === null ? [] : [...sampleFiles(folder, 'edifact').values()];
  it(`is answered without a fault, or not at all: ${published.length} published samples${folder === null ? ' (the folder is absent)' : ''}`, () => {
    for (const file of published) assertAnswerable(file.toString('latin1'));
  });

  it('names no more faults than have room', () => {
    const many = unb({}, unh({ type: 'MADEUP', version: 'D:99A:UN' }, ...Array.from({ length: 1500 }, () => 'XYZ')));
    assert.equal(contrlBody(many).match(/UCS/g)?.length, 999);
  });
});
