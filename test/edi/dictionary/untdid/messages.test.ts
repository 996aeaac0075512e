import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MessageGroup, MessageNode, MessageSegment } from '../../../../src/edi/dictionary/untdid/messages.ts';
import { parseMessageTable } from '../../../../src/edi/dictionary/untdid/messages.ts';
import type { Problem } from '../../../../src/util/problem.ts';
import { inAscii, madeUp } from './made-up.ts';

/** The column in which rows end with M or C. */
const STATUS_COLUMN = 53;

const segment = fc.record<MessageSegment>({
  kind: fc.constant('segment'),
  tag: fc.stringMatching(/^[A-Z][A-Z0-9]{2}$/).filter((tag) => tag !== 'UNT'),
  mandatory: fc.boolean(),
  max: fc.integer({ min: 1, max: 9_999_999 }),
});
const { group } = fc.letrec<{ node: MessageNode; group: MessageGroup }>((tie) => ({
  node: fc.oneof({ maxDepth: 6, depthSize: 'small' }, segment, tie('group')),
  group: fc.record<MessageGroup>({
    kind: fc.constant('group'),
    number: fc.constant(0),
    mandatory: fc.boolean(),
    max: fc.integer({ min: 1, max: 9_999_999 }),
    children: fc.tuple(segment, fc.array(tie('node'), { maxLength: 4 })).map(([first, rest]) => [first, ...rest]),
  }),
}));
const message = fc.array(fc.oneof(segment, group), { maxLength: 6 });

/** The lines of a segment table, drawn as the UN draws it; groups are numbered in order. */
function draw(nodes: readonly MessageNode[], digits: number): readonly string[] {
  const lines = ['4.3.1  Segment table', ''];
  let [rows, groups, open] = [0, 0, 0];
  const row = (text: string, { mandatory, max }: Pick<MessageSegment, 'mandatory' | 'max'>, boxes: string): void => {
    rows++;
    const position = String(rows * 10).padStart(digits, '0');
    lines.push(`${`${position}   ${text}`.padEnd(STATUS_COLUMN)}${mandatory ? 'M' : 'C'}   ${max}${boxes}`);
  };
  const add = (node: MessageNode, closes: number): void => {
    if (node.kind === 'segment') {
      const corner = closes === 0 ? '   ' : `────${'┴'.repeat(closes - 1)}┘`;
      open -= closes;
      row(`${node.tag} Made up`, node, `${corner}${'│'.repeat(open)}`);
      return;
    }
    groups++;
    row(`    ───── Segment group ${groups}  ──────────`, node, `────┐${'│'.repeat(open)}`);
    open++;
    node.children.forEach((child, index) => {
      add(child, index === node.children.length - 1 ? closes + 1 : 0);
    });
  };
  for (const node of nodes) add(node, 0);
  row('UNT Message trailer', { mandatory: true, max: 1 }, '');
  return lines;
}

/** The same tree with its groups numbered in order, and UNT behind. */
function numbered(nodes: readonly MessageNode[]): readonly MessageNode[] {
  let groups = 0;
  const visit = (node: MessageNode): MessageNode =>
    node.kind === 'segment' ? { ...node } : { ...node, number: ++groups, children: node.children.map(visit) };
  return [...nodes.map(visit), { kind: 'segment', tag: 'UNT', mandatory: true, max: 1 }];
}

describe('The segment table of a message', () => {
  it('is read back as it was drawn, in code page 437 or in ASCII, with positions of four or five digits', () => {
    fc.assert(
      fc.property(message, fc.boolean(), fc.constantFrom(4, 5), (nodes, ascii, digits) => {
        const drawn = draw(nodes, digits);
        const faults: Problem[] = [];
        const file = madeUp('MADEUP_D.01B', ascii ? inAscii(drawn) : drawn);
        const table = parseMessageTable(file, 'MADEUP', faults);
        assert.deepEqual(faults, []);
        assert.deepEqual(table, { type: 'MADEUP', balanced: true, children: numbered(nodes) });
      }),
    );
  });

  it('says which row it cannot understand, and reads the others', () => {
    const faults: Problem[] = [];
    const [title = '', blank = '', ...rows] = draw([], 4);
    const odd = [
      '0001   ???                                           M   1',
      '0002   AAA Without an end',
      '0003   BBB Unlimited',
    ];
    const last = `${odd[2]?.padEnd(STATUS_COLUMN)}C   0`;
    const file = madeUp('MADEUP_D.01B', [title, blank, odd[0] ?? '', odd[1] ?? '', last, ...rows]);
    const table = parseMessageTable(file, 'MADEUP', faults);
    assert.deepEqual(
      faults.map(({ line, what }) => [line, what]),
      [
        [4, 'The row has no M or C with a maximum.'],
        [3, 'MADEUP: the row is no segment and no group.'],
        [5, 'MADEUP: the row is no segment and no group.'],
      ],
    );
    assert.equal(table?.children.length, 1);
  });

  it('says when it does not end, or counts its groups otherwise', () => {
    const faults: Problem[] = [];
    const drawn = draw([{ kind: 'group', number: 1, mandatory: true, max: 9, children: [] }], 4);
    const lines = drawn.map((line) => line.replace('Segment group 1 ', 'Segment group 7 ')).slice(0, -1);
    parseMessageTable(madeUp('MADEUP_D.01B', lines), 'MADEUP', faults);
    assert.deepEqual(
      faults.map(({ what }) => what),
      ['The table has no UNT.', 'MADEUP: a group is numbered 7; in its place it is number 1.'],
    );
  });
});
