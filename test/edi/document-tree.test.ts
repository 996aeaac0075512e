import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import type { LoopNode, SetDefinition } from '../../src/edi/dictionary/types.ts';
import { type DocumentLoop, documentSegments } from '../../src/edi/document-tree.ts';
import type { Standard } from '../../src/edi/envelope.ts';
import type { PlainSegment } from '../../src/edi/plain-segment.ts';
import { readAll } from '../../src/edi/read.ts';
import { type StructureFault, structureOf } from '../../src/edi/structure.ts';
import type { LoopInstance } from '../../src/edi/structure-types.ts';
import { unb, unh } from './support/edifact.ts';
import { plainSegments } from './support/plain.ts';
import { bytes, gs, isa, st } from './support/x12.ts';

const dictionaries = createDictionaries();

function definitionOf(standard: Standard, type: string): SetDefinition {
  const release = standard === 'x12' ? '004010' : 'D96A';
  const found = dictionaries.find(standard, release)?.dictionary.set(type);
  assert.ok(found !== undefined, type);
  return found;
}

/** A loop inside another by its name; a child level has the name of its parent. */
interface Draft {
  readonly name: string;
  readonly segments: readonly string[];
  readonly loops?: readonly Draft[];
}

function loopOf(node: LoopNode, { segments, loops = [] }: Omit<Draft, 'name'>): DocumentLoop {
  return {
    node,
    segments: segments.map((text): PlainSegment => {
      const [tag = '', ...elements] = text.split(/[*+]/);
      return [tag, ...elements];
    }),
    loops: loops.map((draft) => {
      const inner = node.children.find(
        (child): child is LoopNode => child.kind === 'loop' && child.name === draft.name,
      );
      return loopOf(draft.name === node.name ? node : (inner ?? assert.fail(draft.name)), draft);
    }),
  };
}

function written(standard: Standard, type: string, draft: Omit<Draft, 'name'>): readonly string[] {
  const separator = standard === 'x12' ? '*' : '+';
  return documentSegments(standard, loopOf(definitionOf(standard, type).root, draft)).map((segment) =>
    segment.join(separator),
  );
}

const level = (code: string, ...loops: readonly Draft[]): Draft => ({ name: 'HL', segments: [`HL***${code}`], loops });

describe('The segments of a document to be written', () => {
  it('stand in the order of the set, equal tags in their own', () => {
    const segments = ['CTT*1', 'DTM*011*20240102', 'BSN*00', 'DTM*017*20240103'];
    assert.deepEqual(written('x12', '856', { segments }), ['BSN*00', 'DTM*011*20240102', 'DTM*017*20240103', 'CTT*1']);
  });

  it('have HL numbers, parents and signs of children, each level behind what its parent says itself', () => {
    const party = { name: 'N1', segments: ['N1*ST', 'N3*1 Dock Street'] };
    const shipment = level('S', level('O', level('I'), level('I')), party, level('O'));
    assert.deepEqual(written('x12', '856', { segments: ['BSN*00'], loops: [shipment] }), [
      'BSN*00',
      'HL*1**S*1',
      'N1*ST',
      'N3*1 Dock Street',
      'HL*2*1*O*1',
      'HL*3*2*I*0',
      'HL*4*2*I*0',
      'HL*5*1*O*0',
    ]);
  });

  it('have CPS numbers and the numbers of lines through the whole message', () => {
    const line = { name: 'LIN', segments: ['QTY+12:5'] };
    const packages = { name: 'CPS', segments: ['FTX+AAI'], loops: [line, line] };
    const shipment = { name: 'CPS', segments: ['CPS+++5'], loops: [packages, line] };
    assert.deepEqual(written('edifact', 'DESADV', { segments: ['BGM+351'], loops: [shipment] }), [
      'BGM+351',
      'CPS+1++5',
      'LIN+1',
      'QTY+12:5',
      'CPS+2+1',
      'FTX+AAI',
      'LIN+2',
      'QTY+12:5',
      'LIN+3',
      'QTY+12:5',
    ]);
  });

  it('have the numbers of lines that the caller says, and no other', () => {
    const { root } = definitionOf('edifact', 'ORDERS');
    const lineNode = root.children.find((child) => child.kind === 'loop' && child.name === 'LIN');
    assert(lineNode?.kind === 'loop');
    const line = (...trigger: readonly string[]): DocumentLoop => ({
      node: lineNode,
      segments: [['LIN', ...trigger]],
      loops: [],
    });
    const loops = [line('10'), line('', '', 'A'), { node: lineNode, segments: [], loops: [] }];
    assert.deepEqual(documentSegments('edifact', { node: root, segments: [], loops }, new Set([lineNode])), [
      ['LIN', '10'],
      ['LIN', '', '', 'A'],
      ['LIN'],
    ]);
  });

  it('have LX and stop numbers where they say none', () => {
    const status = { name: 'LX', segments: [], loops: [{ name: 'AT7', segments: ['AT7*D1*NS'] }] };
    assert.deepEqual(written('x12', '214', { segments: ['B10*1*2*SCAC'], loops: [status, status] }), [
      'B10*1*2*SCAC',
      'LX*1',
      'AT7*D1*NS',
      'LX*2',
      'AT7*D1*NS',
    ]);
    const stops = ['S5**LD', 'S5*7*UL'].map((segment) => ({ name: 'S5', segments: [segment] }));
    assert.deepEqual(written('x12', '204', { segments: ['B2**SCAC'], loops: stops }).slice(1), ['S5*1*LD', 'S5*7*UL']);
  });

  it('stand at the end of their loop where the set has no place for them', () => {
    assert.deepEqual(written('x12', '856', { segments: ['ZZZ*1', 'CTT*1', 'BSN*00'] }), ['BSN*00', 'CTT*1', 'ZZZ*1']);
  });

  it('fill the places of a tag that a loop has several of, one after the other', () => {
    const segment = (tag: string, max: number) =>
      ({ kind: 'segment', tag, requirement: 'O', max, definition: { tag, elements: [], notes: [] } }) as const;
    const children = [segment('ST', 1), segment('DTM', 2), segment('REF', 1), segment('DTM', 1)];
    const node: LoopNode = { kind: 'loop', name: 'ST', requirement: 'M', max: 1, children, hierarchical: false };
    const segments: readonly PlainSegment[] = [['DTM', '1'], ['DTM', '2'], ['DTM', '3'], ['DTM', '4'], ['REF']];
    assert.deepEqual(
      documentSegments('x12', { node, segments, loops: [] }).map((one) => one.join('')),
      ['DTM1', 'DTM2', 'REF', 'DTM3', 'DTM4'],
    );
  });
});

describe('A document that was read', () => {
  const documents: readonly (readonly [Standard, string, readonly string[]])[] = [
    [
      'x12',
      '856',
      ['BSN*00', 'DTM*011', 'HL*1**S*1', 'REF*BM*1', 'N1*ST', 'HL*2*1*O*1', 'HL*3*2*I*0', 'LIN**UP*1', 'HL*4*1*O*0'],
    ],
    ['x12', '214', ['B10*1*2*SCAC', 'N1*SH', 'N3*A', 'LX*1', 'AT7*X3*NS', 'MS1*RENO', 'L11*1*BM', 'LX*2']],
    ['x12', '204', ['B2**SCAC', 'L11*1*BM', 'N1*SH', 'S5*1*LD', 'G62*10', 'N1*SF', 'S5*2*UL', 'OID*1']],
    ['edifact', 'DESADV', ['BGM+351', 'CPS+1++5', 'PAC+1', 'CPS+2+1', 'LIN+1', 'QTY+12:5', 'LIN+2', 'CPS+3+2']],
  ];
  for (const [standard, type, segments] of documents) {
    it(`has the segments of its tree again, in its order and with its numbers: ${type}`, () => {
      const { root, plain } = lay(standard, type, segments);
      assert.deepEqual(documentSegments(standard, treeOf(standard, root, plain)), plain.slice(1, -1));
    });
  }

  it('of any tree of HLs gives that tree when it is read again', () => {
    interface Level {
      readonly code: string;
      readonly below: readonly Level[];
    }
    const { levels } = fc.letrec<{ levels: readonly Level[] }>((tie) => ({
      levels: fc.oneof(
        { maxDepth: 5 },
        fc.constant([]),
        fc.array(
          fc.record({ code: fc.constantFrom('O', 'T', 'P', 'I'), below: tie('levels') }, { noNullPrototype: true }),
          { maxLength: 3 },
        ),
      ),
    }));
    const draft = ({ code, below }: Level): Draft => level(code, ...below.map(draft));
    fc.assert(
      fc.property(levels, (below) => {
        const texts = written('x12', '856', { segments: ['BSN*00'], loops: [level('S', ...below.map(draft))] });
        const { root, plain } = lay('x12', '856', texts);
        const again = ({ segments, children }: LoopInstance): Level => ({
          code: String(plain[segments[0] ?? 0]?.[3]),
          below: children.map(again),
        });
        assert.deepEqual(root.children.map(again), [{ code: 'S', below }]);
      }),
      { numRuns: 200 },
    );
  });
});

function lay(
  standard: Standard,
  type: string,
  segments: readonly string[],
): { readonly root: LoopInstance; readonly plain: readonly PlainSegment[] } {
  const file = standard === 'x12' ? isa({}, gs('XX', st(type, ...segments))) : unb({}, unh(type, ...segments));
  const item = readAll(bytes(file)).find(({ kind }) => kind === 'document');
  assert.ok(item?.kind === 'document');
  const faults: StructureFault[] = [];
  const { root } = structureOf(definitionOf(standard, type), item.document.segments, (fault) => faults.push(fault));
  assert.deepEqual(
    faults.filter(({ code }) => code !== 'SEGMENT_MISSING').map(({ code, tag }) => `${code} ${tag}`),
    [],
  );
  return { root, plain: plainSegments(item.document.segments) };
}

/** The tree of a document as it would be given to be written: without the numbers that the engine makes. */
function treeOf(standard: Standard, root: LoopInstance, plain: readonly PlainSegment[]): DocumentLoop {
  const blanked = (segment: PlainSegment): PlainSegment => {
    const [tag, first = '', second = '', ...rest] = segment;
    if (tag === 'HL') return ['HL', '', '', ...rest.slice(0, 1)];
    if (tag === 'CPS') return rest.length > 0 ? ['CPS', '', '', ...rest] : ['CPS'];
    const counted = standard === 'x12' ? ['LX', 'S5'] : ['LIN'];
    const others = segment.length > 2 ? [second, ...rest] : [];
    return [tag, ...(segment.length > 1 ? [counted.includes(tag) ? '' : first] : []), ...others];
  };
  const loop = ({ node, segments, children }: LoopInstance): DocumentLoop => ({
    node,
    segments: segments
      .map((segment) => blanked(plain[segment] ?? ['']))
      .filter(([tag]) => !/^(?:ST|SE|UNH|UNT)$/.test(tag)),
    loops: nested(children).map(loop),
  });
  /** CPS name their parent; here they lie under it. */
  const nested = (children: readonly LoopInstance[]): readonly LoopInstance[] => {
    const levels = children.filter(({ node }) => node.name === 'CPS');
    const numbers = new Map(levels.map((child) => [String(plain[child.segments[0] ?? 0]?.[1]), child]));
    const parentOf = (child: LoopInstance) =>
      child.node.name === 'CPS' ? numbers.get(String(plain[child.segments[0] ?? 0]?.[2] ?? '')) : undefined;
    const withBelow = (child: LoopInstance): LoopInstance => ({
      ...child,
      children: [...child.children, ...children.filter((other) => parentOf(other) === child).map(withBelow)],
    });
    return children.filter((child) => parentOf(child) === undefined).map(withBelow);
  };
  return loop(root);
}
