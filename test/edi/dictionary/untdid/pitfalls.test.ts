import assert from 'node:assert/strict';
import { checkTables } from '../../../../src/edi/dictionary/table-source.ts';
import { parseDirectoryCodes } from '../../../../src/edi/dictionary/untdid/code-lists.ts';
import { parseDirectoryComposites } from '../../../../src/edi/dictionary/untdid/composites.ts';
import { isTableArchive, isTableFile } from '../../../../src/edi/dictionary/untdid/directory.ts';
import { parseDirectoryElements } from '../../../../src/edi/dictionary/untdid/elements.ts';
import { parseMessageTable } from '../../../../src/edi/dictionary/untdid/messages.ts';
import { parseDirectorySegments } from '../../../../src/edi/dictionary/untdid/segments.ts';
import { tablesOf } from '../../../../src/edi/dictionary/untdid/write-tables.ts';
import type { Problem } from '../../../../src/util/problem.ts';
import { inAscii, madeUp, OUTLINE, outline, RULE, TABLE } from './made-up.ts';

/** Reads with a parser, and holds that nothing was at fault. */
function sound<Value>(parse: (faults: Problem[]) => Value): Value {
  const faults: Problem[] = [];
  const value = parse(faults);
  assert.deepEqual(faults, []);
  return value;
}

function message(lines: readonly string[]): readonly string[] {
  return outline(sound((faults) => parseMessageTable(madeUp('MADEUP_D.99B', lines), 'MADEUP', faults)));
}

function codes(lines: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(parseDirectoryCodes(madeUp('UNCL.96A', lines)));
}

describe('The pitfalls of UN directories', () => {
  it('1: boxes are of code page 437 or of ASCII, beside names in windows-1252 whose bytes look like boxes', () => {
    assert.deepEqual(message(TABLE), OUTLINE);
    assert.deepEqual(message(inAscii(TABLE)), OUTLINE);
    // D9 and C1 close groups at the end of a row; in a name they are letters with accents.
    const accents = TABLE.map((line) => line.replace('Second thing', 'S\u00d9c\u00c1nd\u0092\u00a0\u00f3 tt'));
    assert.deepEqual(message(accents), OUTLINE);
  });

  it('2: a table ends at its UNT, and rows without a position belong to none', () => {
    const deleted = '     - DDD Dropped thing                             C   9     ';
    const group = '     -     ───── Segment group 9  ────────────────── C   9───────────┐';
    const annex = ['', 'Informative annex: extended segment table', '', ...TABLE.slice(4)];
    assert.deepEqual(message([...TABLE.slice(0, 5), deleted, group, ...TABLE.slice(5), ...annex]), OUTLINE);
  });

  it('3: marks that do not fit the groups are reported, and the table is read as they stand', () => {
    const faults: Problem[] = [];
    const tooMany = TABLE.map((line) =>
      line.replace(
        'AAA First thing                               M   1           │',
        'AAA First thing                               M   1───────────┘',
      ),
    );
    const closed = parseMessageTable(madeUp('MADEUP_D.99B', tooMany), 'MADEUP', faults);
    const tooFew = TABLE.map((line) => line.replace('──────────┴┘', '──────────┘│'));
    const left = parseMessageTable(madeUp('MADEUP_D.99B', tooFew), 'MADEUP', faults);
    assert.deepEqual([closed?.balanced, left?.balanced], [false, false]);
    assert.deepEqual(
      faults.map(({ line, what }) => [line, what]),
      [
        [12, 'MADEUP: groups that end here: 2, groups that are open: 1.'],
        [13, 'MADEUP: groups that are still open at UNT: 1.'],
      ],
    );
    assert.deepEqual(outline(left), OUTLINE);
  });

  it('4: a message without a numbered table is reported and left out', () => {
    const faults: Problem[] = [];
    assert.equal(parseMessageTable(madeUp('MADEUP_D.93A', ['4.3.1  Segment table', 'UNH']), 'MADEUP', faults), null);
    assert.match(faults.at(-1)?.what ?? '', /MADEUP has no segment table/);
  });

  it('5: service segments that the directory does not describe come from ISO 9735', () => {
    const table = sound((faults) => parseMessageTable(madeUp('MADEUP_D.99B', TABLE), 'MADEUP', faults));
    const position = { id: '1001', mandatory: true, repeat: 1, format: null, line: 1 };
    const { source, faults } = tablesOf({
      release: 'D99B',
      messages: table === null ? [] : [table],
      segments: new Map(['AAA', 'BBB', 'CCC'].map((tag) => [tag, [position]])),
      composites: new Map(),
      elements: new Map([['1001', { kind: 'an', min: 1, max: 3 }]]),
      codes: new Map(),
    });
    assert.deepEqual([faults, checkTables(source)], [[], []]);
  });

  it('6: a code may look like a mark with a code, and a tab may stand before the name', () => {
    const early = [
      '  1153  Made up reference',
      '',
      '  Repr: an..3',
      '',
      'X  XA     First',
      '   XC     Second',
      '+      XP Third',
    ];
    assert.deepEqual(codes([RULE, '', ...early]), { 1153: ['XA', 'XC', 'XP'] });
    const late = ['     2005  Made up date', '', '     Repr: an..3', '', '+    821   First', '', '     822   \tSecond'];
    assert.deepEqual(codes([RULE, '', ...late]), { 2005: ['821', '822'] });
  });

  it('7: a note may hold a line that looks like a row', () => {
    const segment = [
      '       ARR  MADE UP INFORMATION',
      '',
      '       Function: To tell something.',
      '',
      '010    C778 POSITION                                   C    1',
      '       7164  Made up level                             C      an..35',
      '',
      '       Note: ',
      '            It may be any of',
      '       9999  Made up value                             C      an..35',
      '',
      '020    1001 KIND OF                                    C   99 an..3',
    ];
    const segments = sound((faults) => parseDirectorySegments(madeUp('EDSD.00B', [RULE, '', ...segment]), faults));
    assert.deepEqual(
      segments.get('ARR')?.map(({ id, repeat, mandatory }) => [id, repeat, mandatory]),
      [
        ['C778', 1, false],
        ['1001', 99, false],
      ],
    );
  });

  it('8: a code list may begin its file, without a rule above it', () => {
    const first = ['  4435  Made up channel', '', '  Repr: an..3', '', '        1 One', '             Text of it.', ''];
    const second = [
      '* 4439  Made up conditions',
      '',
      '  Repr: an..3',
      '',
      '       12 Twelve that goes',
      '          on below',
    ];
    assert.deepEqual(codes([...first, RULE, '', ...second]), { 4435: ['1'], 4439: ['12'] });
  });

  it('9: a file may end with a 1A', () => {
    const { path, bytes } = madeUp('MADEUP_D.95B', TABLE);
    const ended = { path, bytes: Buffer.concat([bytes, Buffer.from([0x1a])]) };
    assert.deepEqual(outline(sound((faults) => parseMessageTable(ended, 'MADEUP', faults))), OUTLINE);
  });

  it('10: rows that are marked as changed are rows', () => {
    const rows = [
      '010    1001  First               ',
      '             of two lines                             M      an..3',
    ];
    const composite = [
      '*|     C503 MADE UP DETAILS',
      '',
      ...rows,
      '020 |* 3453  Changed thing                            C      n..17',
    ];
    const composites = sound((faults) => parseDirectoryComposites(madeUp('EDCD.97A', [RULE, ...composite]), faults));
    assert.deepEqual(
      composites.get('C503')?.map(({ id, mandatory, format }) => [id, mandatory, format]),
      [
        ['1001', true, { kind: 'an', min: 1, max: 3 }],
        ['3453', false, { kind: 'n', min: 1, max: 17 }],
      ],
    );
    const elements = ['+#   3453  Changed thing                                            [C]', '', '     Repr: n17'];
    const read = sound((faults) => parseDirectoryElements(madeUp('EDED.97A', [RULE, ...elements]), faults));
    assert.deepEqual([...read], [['3453', { kind: 'n', min: 17, max: 17 }]]);
  });

  it('11: no line makes a parser go back and forth', function () {
    this.timeout(2_000);
    const long = ' C'.repeat(50_000) + ' '.repeat(100_000) + '─'.repeat(100_000);
    const lines = [
      `0010   AAA ${long}`,
      `010    1001 ${long}`,
      `     1 ${long}`,
      `     1001  ${long}`,
      `  Repr: ${long}`,
    ];
    const hostile = madeUp('HOSTIL_D.96A', ['4.3.1  Segment table', RULE, '       AAA  NAME', ...lines, ...lines]);
    for (const parse of [parseDirectorySegments, parseDirectoryComposites, parseDirectoryElements]) parse(hostile, []);
    parseMessageTable(hostile, 'HOSTIL', []);
    parseDirectoryCodes(hostile);
  });
});

describe('The files of a UN directory', () => {
  for (const path of ['EDMD/DESADV_D.96A', 'TRSD.95B', 'x/UNCL.ZIP!UNCL-2.96B', 'Edcd.98b', 'edmd!desadv_d.21b']) {
    it(`${path} is read`, () => assert.ok(isTableFile(path)));
  }
  for (const path of ['EDSDI1.97A', 'UNSL.96A', 'D100.TXT', 'IDSD.01B', 'LICENAGR.TXT', 'PKUNZIP.EXE']) {
    it(`${path} is passed over`, () => assert.ok(!isTableFile(path)));
  }
  for (const path of ['d96a/TRMD.ZIP', 'Edsd.zip', 'uncl.zip']) {
    it(`${path} is opened`, () => assert.ok(isTableArchive(path)));
  }
  for (const path of ['IDMD.ZIP', 'PART2.ZIP', 'UNSL.ZIP', 'd96a.zip']) {
    it(`${path} stays closed`, () => assert.ok(!isTableArchive(path)));
  }
});
