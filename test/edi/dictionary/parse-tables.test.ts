import { strict as assert } from 'node:assert';
import { contrlReleases } from '../../../src/edi/dictionary/edifact-contrl/index.ts';
import { edifactReleaseD01B } from '../../../src/edi/dictionary/edifact-d01b/index.ts';
import { edifactReleaseD96A } from '../../../src/edi/dictionary/edifact-d96a/index.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { parseTables, type TableTexts } from '../../../src/edi/dictionary/parse-tables.ts';
import { x12Release004010 } from '../../../src/edi/dictionary/x12-004010/index.ts';
import { x12Release005010 } from '../../../src/edi/dictionary/x12-005010/index.ts';
import { problemLine } from '../../../src/util/problem.ts';

const own: TableTexts = {
  standard: 'edifact',
  release: 'D96A',
  sets: 'DESADV\n  UNH M 1\n  loop CPS C 9999\n    LIN C >1\n  UNT M 1\n',
  segments: 'UNH 0062:M S009:M\nUNT 0074:M 0062:M\nS009 0065:M 0052:M\nCPS 7164:M 7166\nLIN 1082 1229*2 # notes\n',
  elements: '0062 AN 1 14\n0074 R 1 6\n0065 AN 1 6\n0052 AN 1 3\n7164 AN 1 12\n7166 AN 1 12\n1082 R 1 6\n1229 AN 1 3\n',
  codes: '1229 1 2\n1229 \\\n 3\n',
};

describe('The table notation', () => {
  const edifact = [edifactReleaseD96A, edifactReleaseD01B, ...contrlReleases];
  for (const tables of [x12Release004010, x12Release005010, ...edifact]) {
    it(`reads the built-in tables of ${tables.release} without a problem`, () => {
      assert.deepEqual(parseTables(tables).problems.map(problemLine), []);
    });
  }

  it('serves EDIFACT too: composites, C for optional, loops named by their trigger, codes over several lines', () => {
    const { problems, dictionary } = parseTables(own);
    assert.deepEqual(problems, []);
    const set = dictionary.set('DESADV');
    assert.equal(set?.group, '');
    const loop = set?.root.children[1];
    assert.ok(loop?.kind === 'loop');
    assert.deepEqual([loop.name, loop.requirement, loop.max, loop.children.length], ['CPS', 'O', 9999, 2]);
    assert.equal(loop.children[1]?.max, Number.POSITIVE_INFINITY);
    const [reference, identifier] = dictionary.segment('UNH')?.elements ?? [];
    assert.deepEqual(reference?.components, []);
    assert.deepEqual(
      identifier?.components.map(({ element }) => element.number),
      ['0065', '0052'],
    );
    assert.equal(dictionary.segment('LIN')?.elements[1]?.repeat, 2);
    assert.deepEqual([...(dictionary.element('1229')?.codes ?? [])], ['1', '2', '3']);
  });

  const faults: readonly (readonly [string, Partial<TableTexts>, string])[] = [
    [
      'an element without a type',
      { elements: `${own.elements}99\n` },
      'edifact-D96A/elements:9:1 DICTIONARY_TABLE Element 99 needs',
    ],
    [
      'an unknown type',
      { elements: own.elements.replace('0062 AN', '0062 XX') },
      'edifact-D96A/elements:1:6 DICTIONARY_TABLE "XX" is no',
    ],
    [
      'a length that is none',
      { elements: own.elements.replace('1 14', '1 x') },
      'edifact-D96A/elements:1:11 DICTIONARY_TABLE "x" is no',
    ],
    [
      'a minimum above the maximum',
      { elements: own.elements.replace('1 14', '15 14') },
      'edifact-D96A/elements:1:9 DICTIONARY_TABLE The minimum',
    ],
    [
      'an element twice',
      { elements: `${own.elements}0062 AN 1 2\n` },
      'edifact-D96A/elements:9:1 DICTIONARY_TABLE Element 0062 stands twice',
    ],
    ['codes of nothing', { codes: '55 A\n' }, 'edifact-D96A/codes:1:1 DICTIONARY_TABLE Codes are given'],
    [
      'an element nobody described',
      { segments: `${own.segments}CNT 0063\n` },
      'edifact-D96A/segments:6:5 DICTIONARY_TABLE Element 0063',
    ],
    [
      'a word that is no element',
      { segments: `${own.segments}CNT 0062:Z\n` },
      'edifact-D96A/segments:6:5 DICTIONARY_TABLE "0062:Z" is no',
    ],
    [
      'a note beyond the elements',
      { segments: `${own.segments}CNT 0062 P0102\n` },
      'edifact-D96A/segments:6:10 DICTIONARY_TABLE P0102 names',
    ],
    [
      'an element after the notes',
      { segments: `${own.segments}CNT 0062 0062 P0102 0062\n` },
      'edifact-D96A/segments:6:21 DICTIONARY_TABLE "0062" is no syntax',
    ],
    [
      'a segment twice',
      { segments: `${own.segments}UNT 0062\n` },
      'edifact-D96A/segments:6:1 DICTIONARY_TABLE Segment UNT stands',
    ],
    [
      'a tag that is none',
      { segments: `${own.segments}longer 0062\n` },
      'edifact-D96A/segments:6:1 DICTIONARY_TABLE "longer" is no',
    ],
    [
      'a segment nobody described',
      { sets: own.sets.replace('LIN', 'ALI') },
      'edifact-D96A/sets:4:5 DICTIONARY_TABLE Segment ALI',
    ],
    [
      'a line without a maximum',
      { sets: own.sets.replace('LIN C >1', 'LIN C') },
      'edifact-D96A/sets:4:5 DICTIONARY_TABLE The line is',
    ],
    [
      'a wrong indentation',
      { sets: own.sets.replace('    LIN', '      LIN') },
      'edifact-D96A/sets:4:7 DICTIONARY_TABLE The indentation',
    ],
    ['a set twice', { sets: `${own.sets}${own.sets}` }, 'edifact-D96A/sets:6:1 DICTIONARY_TABLE Set DESADV stands'],
    [
      'a set without its header',
      { sets: own.sets.replace('  UNH M 1\n', '') },
      'edifact-D96A/sets:1:1 DICTIONARY_TABLE Set DESADV does not begin',
    ],
  ];
  for (const [what, change, expected] of faults) {
    it(`names the line of ${what}`, () => {
      const lines = parseTables({ ...own, ...change }).problems.map(problemLine);
      assert.ok(
        lines.some((line) => line.startsWith(expected)),
        lines.join('\n'),
      );
    });
  }
});

describe('Finding a dictionary', () => {
  it('gives the release that was asked for', () => {
    const found = createDictionaries().find('x12', '004010');
    assert.deepEqual([found?.exact, found?.dictionary.release], [true, '004010']);
  });

  it('gives the nearest release where that one is not installed, and says so', () => {
    const found = ['004030', '006020'].map((release) => createDictionaries().find('x12', release));
    assert.deepEqual(
      found.map((one) => [one?.exact, one?.dictionary.release]),
      [
        [false, '004010'],
        [false, '005010'],
      ],
    );
  });

  it('gives the nearest release with the set that is asked for, else the nearest of all', () => {
    const found = (release: string, set: string) => {
      const { dictionary, exact } = createDictionaries().find('edifact', release, set) ?? {};
      return [dictionary?.release, exact];
    };
    assert.deepEqual(found('D98A', 'INSDES'), ['D01B', false]);
    assert.deepEqual(found('D98A', 'DESADV'), ['D96A', false]);
    assert.deepEqual(found('D96A', 'INSDES'), ['D01B', false]);
    assert.deepEqual(found('D96A', 'CONTRL'), ['D3', false]);
    assert.deepEqual(found('D96A', 'NOSUCH'), ['D96A', true]);
    assert.deepEqual(found('', 'ORDERS'), ['D96A', false]);
  });

  it('prefers a licensee’s own tables, and finds the nearest of several', () => {
    const tables = ['D96A', 'D01B'].map((release) => parseTables({ ...own, release }).dictionary);
    const dictionaries = createDictionaries(tables);
    assert.equal(dictionaries.find('edifact', 'D00A')?.dictionary.release, 'D01B');
    assert.equal(dictionaries.find('edifact', 'D97A')?.dictionary.release, 'D96A');
    const ours = parseTables({ ...x12Release004010, sets: '' }).dictionary;
    assert.deepEqual(createDictionaries([ours]).find('x12', '004010')?.dictionary.sets, []);
  });
});
