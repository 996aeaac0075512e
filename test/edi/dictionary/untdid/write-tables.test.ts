import assert from 'node:assert/strict';
import { checkTables, createLazyDictionary } from '../../../../src/edi/dictionary/table-source.ts';
import type { Directory } from '../../../../src/edi/dictionary/untdid/directory.ts';
import type { MessageNode, MessageSegment } from '../../../../src/edi/dictionary/untdid/messages.ts';
import type { DataPosition } from '../../../../src/edi/dictionary/untdid/positions.ts';
import { tablesOf } from '../../../../src/edi/dictionary/untdid/write-tables.ts';

function segment(tag: string, mandatory = true, max = 1): MessageSegment {
  return { kind: 'segment', tag, mandatory, max };
}

function position(id: string, mandatory: boolean, repeat = 1): DataPosition {
  return { id, mandatory, repeat, format: null, line: 1 };
}

function directory(body: readonly MessageNode[], change: Partial<Directory> = {}): Directory {
  return {
    release: 'D01B',
    messages: [{ type: 'MADEUP', balanced: true, children: [segment('UNH'), ...body, segment('UNT')] }],
    segments: new Map([['AAA', [position('C001', true, 3), position('1002', false)]]]),
    composites: new Map([['C001', [position('1001', true), position('1003', false)]]]),
    elements: new Map([
      ['1001', { kind: 'an', min: 1, max: 3 }],
      ['1002', { kind: 'n', min: 4, max: 4 }],
      ['1003', { kind: 'a', min: 1, max: 17 }],
    ]),
    codes: new Map([['1001', Array.from({ length: 40 }, (_, code) => String(code))]]),
    ...change,
  };
}

describe('A directory in the notation of tables', () => {
  it('keeps requirement, repeats, formats and codes', () => {
    const { source, faults } = tablesOf(directory([segment('AAA', false, 99)]));
    assert.deepEqual([faults, checkTables(source)], [[], []]);
    const { set, segment: find } = createLazyDictionary(source);
    const [, used] = set('MADEUP')?.root.children ?? [];
    assert.deepEqual([used?.kind, used?.requirement, used?.max], ['segment', 'O', 99]);
    const [first, second] = find('AAA')?.elements ?? [];
    assert.deepEqual([first?.requirement, first?.repeat, second?.requirement, second?.repeat], ['M', 3, 'O', 1]);
    const forms = [...(first?.components ?? []), ...(second === undefined ? [] : [second])].map(({ element }) => {
      const { type, min, max, codes } = element;
      return [type, min, max, codes?.size];
    });
    assert.deepEqual(forms, [
      ['ID', 1, 3, 40],
      ['A', 1, 17, undefined],
      ['R', 4, 4, undefined],
    ]);
  });

  it('reports codes of elements that are not described, and leaves them out', () => {
    const { source, faults } = tablesOf(directory([], { codes: new Map([['9999', ['A']]]) }));
    assert.deepEqual(checkTables(source), []);
    assert.match(faults[0]?.what ?? '', /elements that are not described: 9999\./);
  });

  it('reports a group whose first segment may repeat, and takes it once', () => {
    const group: MessageNode = {
      kind: 'group',
      number: 1,
      mandatory: false,
      max: 9,
      children: [segment('AAA', true, 9)],
    };
    const { source, faults } = tablesOf(directory([group]));
    assert.match(faults[0]?.what ?? '', /the first segment of group 1, AAA, is not mandatory and once/);
    const [, loop] = createLazyDictionary(source).set('MADEUP')?.root.children ?? [];
    assert.deepEqual([loop?.kind, loop?.max, loop?.kind === 'loop' && loop.children[0]?.max], ['loop', 9, 1]);
  });

  it('reports a group that does not begin with a segment, and leaves it out', () => {
    const inner: MessageNode = { kind: 'group', number: 2, mandatory: true, max: 1, children: [segment('AAA')] };
    const outer: MessageNode = { kind: 'group', number: 1, mandatory: true, max: 1, children: [inner] };
    const { source, faults } = tablesOf(directory([outer]));
    assert.match(faults[0]?.what ?? '', /group 1 does not begin with a segment/);
    assert.equal(createLazyDictionary(source).set('MADEUP')?.root.children.length, 2);
  });
});
