import { strict as assert } from 'node:assert';
import { changedTables } from '../../../src/edi/dictionary/changed-tables.ts';
import { parseTables, type TableTexts } from '../../../src/edi/dictionary/parse-tables.ts';

const older: TableTexts = {
  standard: 'x12',
  release: '004010',
  sets: '856 SH\n  ST M 1\n  SE M 1\n\n997 FA\n  ST M 1\n  AK1 M 1\n  SE M 1\n',
  segments: '# Envelope\nST 143:M 329:M\nSE 96:M 329:M\nAK1 479:M \\\n    28:M\n',
  elements: '96 N0 1 10\n143 ID 3 3\n329 AN 4 9\n479 ID 2 2\n28 N0 1 9\n',
  codes: '143 856\n143 997\n479 SH\n',
};

const newer: TableTexts = {
  standard: 'x12',
  release: '005010',
  sets: '997 FA\n  ST M 1\n  SE M 1\n\n999 FA\n  ST M 1\n  SE M 1\n',
  segments: 'ST 143:M 329:M 1705\n',
  elements: '329 AN 1 9\n1705 AN 1 35\n',
  codes: '143 999\n',
};

describe('The tables of a release that changes another', () => {
  const { dictionary, problems } = parseTables(changedTables(older, newer));

  it('keep what is not spoken of', () => {
    assert.deepEqual(problems, []);
    assert.equal(dictionary.release, '005010');
    assert.equal(dictionary.set('856')?.root.children.length, 2);
    assert.equal(dictionary.segment('AK1')?.elements.length, 2);
    assert.deepEqual([...(dictionary.element('479')?.codes ?? [])], ['SH']);
  });

  it('hold the change of a set, a segment, an element and its codes, whole', () => {
    assert.equal(dictionary.set('997')?.root.children.length, 2);
    assert.equal(dictionary.segment('ST')?.elements.length, 3);
    assert.equal(dictionary.element('329')?.min, 1);
    assert.deepEqual([...(dictionary.element('143')?.codes ?? [])], ['999']);
  });

  it('hold what is new', () => {
    assert.deepEqual(dictionary.sets.toSorted(), ['856', '997', '999']);
  });

  it('leave the other release as it is', () => {
    assert.equal(parseTables(older).dictionary.segment('ST')?.elements.length, 2);
  });
});
