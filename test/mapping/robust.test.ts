import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LoopNode } from '../../src/edi/dictionary/types.ts';
import type { PlainSegment } from '../../src/edi/plain-segment.ts';
import type { Structure } from '../../src/edi/structure-types.ts';
import { validateData } from '../../src/events/validate.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { load, PARTS, shippedLibrary } from './support/maps.ts';
import { GOOD } from './support/mistakes.ts';

const TEXTS = [
  '',
  ' ',
  '00',
  'S',
  'O',
  'I',
  'P',
  'ST',
  'BM',
  'UP',
  'D1',
  '20261204',
  '1030',
  '12.5',
  'ET',
  'Text',
  ':',
  '1',
  '2',
];

function tagsOf(loop: LoopNode): readonly string[] {
  return loop.children.flatMap((child) => (child.kind === 'loop' ? tagsOf(child) : [child.tag]));
}

const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  '856': ['BSN*00*S1*20261204*1030', 'HL*1**S', 'HL*2*1*O'],
  '214': ['B10*PRO1*SHP1*ABCD', 'LX*1', 'AT7*D1'],
  '940': ['W05*N*D1'],
  '945': ['W06*F*D1'],
};

/** Documents of any segments of the set in any order, mostly after a good beginning, their elements filled with anything. */
function documents(map: CompiledMap): fc.Arbitrary<readonly PlainSegment[]> {
  const envelope = ['ST', 'SE', 'UNH', 'UNT'];
  const tag = fc.constantFrom(...tagsOf(map.definition.root).filter((name) => !envelope.includes(name)));
  const text = fc.constantFrom(...TEXTS);
  const composite = fc.array(text, { minLength: 1, maxLength: 4 });
  const element = map.document.standard === 'x12' ? text : fc.oneof(text, composite);
  const segment = fc
    .tuple(tag, fc.array(element, { maxLength: 12 }))
    .map(([name, all]): PlainSegment => [name, ...all]);
  const good = (BEGINNINGS[map.document.set] ?? []).map(plain);
  const beginning = fc.constantFrom(good, good, []);
  return fc.tuple(beginning, fc.array(segment, { maxLength: 15 })).map(([first, others]) => [...first, ...others]);
}

function plain(text: string): PlainSegment {
  const [tag = '', ...elements] = text.split('*');
  return [tag, ...elements];
}

/** The segments as a document that was read. */
function structureOf(map: CompiledMap, segments: readonly PlainSegment[]): Structure {
  const structure = map.structureOf(segments);
  assert(!('why' in structure), 'why' in structure ? structure.why : '');
  return structure;
}

describe('whatever a document holds', () => {
  for (const map of shippedLibrary.maps) {
    it(`${map.pin} reads it to events that fit their schema, or to findings`, () => {
      fc.assert(
        fc.property(documents(map), (segments) => {
          const document = structureOf(map, segments);
          const reading = map.read(document);
          const { events, findings } = reading;
          assert(events.length > 0 || findings.length > 0);
          for (const { type, data } of events) {
            assert.deepEqual(findings, []);
            // Local times wait for the offset of their place; it is added when the event is finished.
            const issues = validateData(type, data).filter(({ message }) => !message.includes('date'));
            assert.deepEqual(issues, []);
            assert(map.eventTypes.includes(type));
          }
          assert.deepEqual(map.read(document), reading);
          map.lineage(document);
        }),
        { numRuns: 150 },
      );
    });
  }
});

describe('whatever a map file holds', () => {
  const characters = fc.constantFrom(...'{}[]:,~*&|#"\'\n /().=09AZaz-_', 'HL(S)', 'use: party', '..', 'N1(01=ST)');
  const edit = fc.tuple(fc.nat(GOOD.length), fc.nat(12), fc.array(characters, { maxLength: 4 }));

  it('loading tells problems with places in its files, and never fails', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), fc.boolean(), (edits, inParts) => {
        const base = inParts ? PARTS : GOOD;
        const text = edits.reduce((all, [at, cut, put]) => all.slice(0, at) + put.join('') + all.slice(at + cut), base);
        const map = { 'x12/856/next.yaml': inParts ? GOOD : text };
        const { problems, maps } = load(inParts ? { maps: map, parts: text } : { maps: map });
        assert(problems.length > 0 || maps.length === 1);
        for (const { file, line, column, what, remedy } of problems) {
          assert.match(file, /^m\/x12\/(856\/next|parts)\.yaml$/);
          assert(line >= 1 && column >= 1);
          assert(what.length > 5 && remedy.length > 5, `${what} ${remedy}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
