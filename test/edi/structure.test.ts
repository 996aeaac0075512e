import { strict as assert } from 'node:assert';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { readAll } from '../../src/edi/read.ts';
import { type StructureFault, structureOf } from '../../src/edi/structure.ts';
import type { LoopInstance, Structure } from '../../src/edi/structure-types.ts';
import { bytes, gs, isa, st } from './support/x12.ts';

const dictionary = createDictionaries().find('x12', '004010')?.dictionary;

function lay(type: string, ...body: string[]): { structure: Structure; faults: readonly StructureFault[] } {
  const items = readAll(bytes(isa({}, gs('XX', st(type, ...body)))));
  const item = items.find(({ kind }) => kind === 'document');
  const definition = dictionary?.set(type);
  assert.ok(item?.kind === 'document' && definition !== undefined);
  const faults: StructureFault[] = [];
  return { structure: structureOf(definition, item.document.segments, (fault) => faults.push(fault)), faults };
}

/** `ST BSN HL(HL REF)`: the tags of each loop, inner loops in brackets behind. */
function draw(structure: Structure, instance: LoopInstance): string {
  const own = instance.segments.map((segment) => structure.segments.tag(segment)).join(' ');
  const inner = instance.children.map((child) => ` ${child.node.name}(${draw(structure, child)})`);
  return own + inner.join('');
}

function drawn(type: string, ...body: string[]): string {
  const { structure, faults } = lay(type, ...body);
  assert.deepEqual(faults, []);
  return draw(structure, structure.root);
}

function told(type: string, ...body: string[]): readonly string[] {
  return lay(type, ...body).faults.map(({ code, segment, tag }) => `${code} ${segment} ${tag}`);
}

describe('The structure of a document', () => {
  it('puts segments into the loops that take them', () => {
    const tree = drawn(
      '214',
      'B10*1*2*SCAC',
      'N1*SH',
      'N3*A',
      'LX*1',
      'AT7*X3*NS',
      'MS1*RENO',
      'AT7*D1*NS',
      'L11*1*BM',
    );
    assert.equal(tree, 'ST B10 SE N1(N1 N3) LX(LX L11 AT7(AT7 MS1) AT7(AT7))');
  });

  it('hangs each HL under the HL it names, not under its neighbour', () => {
    const tree = drawn(
      '856',
      'BSN*00',
      'HL*1**S',
      'HL*2*1*O',
      'HL*3*2*I',
      'LIN**UP*1',
      'HL*4*1*O',
      'HL*5*2*I',
      'SN1**1*EA',
    );
    assert.equal(tree, 'ST BSN SE HL(HL HL(HL HL(HL LIN) HL(HL SN1)) HL(HL))');
  });

  it('keeps two HLs without a parent beside each other', () => {
    assert.equal(drawn('856', 'BSN*00', 'HL*1**S', 'HL*2**S'), 'ST BSN SE HL(HL) HL(HL)');
  });

  it('takes the reference behind an N1 for the party’s, and the next LX for a new line', () => {
    const tree = drawn('940', 'W05*N*1', 'N1*ST*A', 'N9*BM*1', 'LX*1', 'W01*1*EA', 'N9*LT*1', 'LX*2', 'W01*2*EA');
    assert.equal(tree, 'ST W05 N9 SE N1(N1) LX(LX W01(W01 N9)) LX(LX W01(W01))');
  });

  it('lets LX stand inside a line only between LS and LE', () => {
    const tree = drawn('945', 'W06*F', 'LX*1', 'W12*CC', 'LS*1', 'LX*1', 'N9*LT*1', 'LE*1', 'LX*2', 'W12*CC');
    assert.equal(tree, 'ST W06 SE LX(LX W12(W12 LS(LS LE LX(LX N9)))) LX(LX W12(W12))');
  });

  it('sends a segment on to a later place when the nearer one is full', () => {
    const body = ['W05*N*1', 'LX*1', 'N1*ST', 'W01*1*EA', 'N1*ST', 'N1*ST', 'N1*ST'];
    assert.equal(drawn('940', ...body), 'ST W05 SE LX(LX N1 W01(W01 N1 N1 N1))');
  });

  const faults: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['a mandatory segment that was left out', '997', ['AK9*A*1*1*1'], ['SEGMENT_MISSING 1 AK1']],
    ['a mandatory segment of a loop', '997', ['AK1*SH*1', 'AK2*856*0001', 'AK9*A*1*1*1'], ['SEGMENT_MISSING 3 AK5']],
    ['a mandatory loop', '856', ['BSN*00', 'CTT*1'], ['SEGMENT_MISSING 2 HL']],
    ['a mandatory segment at the very end', '997', ['AK1*SH*1'], ['SEGMENT_MISSING 2 AK9']],
    [
      'a mandatory segment that comes late only as late',
      '997',
      ['AK2*856*0001', 'AK5*A', 'AK9*A', 'AK1*SH*1'],
      ['SEGMENT_OUT_OF_ORDER 4 AK1'],
    ],
    ['a segment that comes too often', '856', ['BSN*00', 'BSN*00', 'HL*1**S'], ['SEGMENT_REPEATED 2 BSN']],
    ['a loop that comes too often', '940', ['W05*N*1', ...Array(11).fill('N1*ST')], ['LOOP_REPEATED 12 N1']],
    [
      'a segment behind others that should follow it',
      '856',
      ['BSN*00', 'HL*1**I', 'SN1**1*EA', 'LIN**UP*1'],
      ['SEGMENT_OUT_OF_ORDER 4 LIN'],
    ],
    [
      'a loop behind others that should follow it',
      '214',
      ['B10*1', 'LX*1', 'AT7*X3', 'G61*1', 'N1*SH', 'N3*A', 'LX*2'],
      ['SEGMENT_UNEXPECTED 4 G61', 'SEGMENT_OUT_OF_ORDER 5 N1'],
    ],
    ['a segment without the loop that takes it', '214', ['B10*1', 'MS1*RENO'], ['SEGMENT_UNEXPECTED 2 MS1']],
    ['a segment of other sets', '997', ['AK1*SH*1', 'BSN*00', 'AK9*A'], ['SEGMENT_NOT_IN_SET 2 BSN']],
    ['an HL number used twice', '856', ['BSN*00', 'HL*1**S', 'HL*1*1*O'], ['HIERARCHY_BROKEN 3 HL']],
    ['an HL under no earlier HL', '856', ['BSN*00', 'HL*1*2*S', 'HL*2*1*O'], ['HIERARCHY_BROKEN 2 HL']],
    ['an HL under itself', '856', ['BSN*00', 'HL*1*1*S'], ['HIERARCHY_BROKEN 2 HL']],
  ];
  for (const [what, type, body, expected] of faults) {
    it(`tells ${what}`, () => {
      assert.deepEqual(told(type, ...body), expected);
    });
  }

  it('puts a broken HL at the top, so that the rest still has its place', () => {
    const { structure } = lay('856', 'BSN*00', 'HL*1*7*S', 'HL*2*1*O', 'PRF*1');
    assert.equal(draw(structure, structure.root), 'ST BSN SE HL(HL HL(HL PRF))');
  });
});
