import assert from 'node:assert/strict';
import { loadMaps } from '../../src/mapping/library.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { compiled, dictionaries, map945, shippedFiles, shippedMap } from '../mapping/support/maps.ts';
import { checkLaw } from './check-law.ts';

const EVENTS = 1000;
const SEED = 1;
const GOOD = shippedMap('x12/945@1.0.0');
const OF_945 = /^maps\/(?:codes\/.*|x12\/parts|x12\/945\/1\.0\.0)\.yaml$/;

/** The shipped 945 with these lines of it, or of a code table, replaced. */
function with945(...changes: readonly (readonly [line: string, wrong: string])[]): CompiledMap {
  const files = shippedFiles.filter(({ path }) => OF_945.test(path));
  const changed = files.map(({ path, text }) => ({
    path,
    text: path.includes('/codes/') && !path.endsWith('/uom.yaml') ? text : changes.reduce(replaced, text),
  }));
  assert.notDeepEqual(changed, files);
  const map = loadMaps(changed, 'maps', dictionaries).find('x12/945@1.0.0');
  assert(map !== undefined, 'The changed map does not load.');
  return map;
}

function replaced(text: string, [line, wrong]: readonly [string, string]): string {
  return text.replace(`  ${line}\n`, `  ${wrong}\n`);
}

/** A map that writes as it should and reads by another: what a fault in the reading half of the program would make of it. */
function readBy(read: CompiledMap['read']): CompiledMap {
  const { writer } = GOOD;
  return { ...GOOD, writer, read };
}

/** Reads a weight as a whole number. */
function roundedOff(structure: Parameters<CompiledMap['read']>[0]): ReturnType<CompiledMap['read']> {
  const reading = GOOD.read(structure);
  const events = reading.events.map((event) => {
    const said = JSON.stringify(event.data, (name, value) => (name === 'value' ? Math.trunc(Number(value)) : value));
    return { ...event, data: JSON.parse(said) };
  });
  return { ...reading, events };
}

/** What is wrong with a map, and what is said of it. */
const WRONG: readonly (readonly [what: string, map: () => CompiledMap, said: RegExp])[] = [
  [
    'two rules that read each from the place of the other',
    () =>
      with945(
        ['shipmentId: W0604', 'shipmentId: { either: [ { at: W0604, only: write }, { at: W0606, only: read } ] }'],
        [
          'purchaseOrder: W0606',
          'purchaseOrder: { either: [ { at: W0606, only: write }, { at: W0604, only: read } ] }',
        ],
      ),
    /^\/(shipmentId|purchaseOrder): .*, got .* \(maps\/x12\/945\/1\.0\.0\.yaml:1[0-9] \1: \{ either: .* \}\)$/m,
  ],
  [
    'a qualifier that is written, and another that is read',
    () => readBy(with945(['billOfLading: N9(01=BM)02', 'billOfLading: N9(01=BL)02']).read),
    /^\/billOfLading: ".*", got absent \(maps\/x12\/945\/1\.0\.0\.yaml:22 billOfLading: N9\(01=BM\)02\)$/m,
  ],
  [
    'a code table that reads codes otherwise than they are written',
    () => readBy(with945(['EA: each', 'EA: case'], ['CA: case', 'CA: each']).read),
    /^\/lines\/0\/unit: "(each|case)", got "(?!\1)(?:each|case)" \(maps\/x12\/945\/1\.0\.0\.yaml:47 lines\[\]\/unit: \{ at: 05, codes: uom \}\)$/m,
  ],
  [
    'a conversion that loses the decimals of a number',
    () => readBy(roundedOff),
    /^(?:\/lines\/0)?\/weight\/value: .*, got .* \(maps\/x12\/945\/1\.0\.0\.yaml:[0-9]+ (?:lines\[\]\/)?weight\/value: \{ at: .*, as: number \}\)$/m,
  ],
];

describe('A wrong map', () => {
  for (const [what, map, said] of WRONG) {
    it(`with ${what} is told, with a small event and the rule whose fault it is`, () => {
      const { fault } = checkLaw(map(), EVENTS, SEED);
      assert.match(fault ?? 'Nothing is told.', said);
      const [, shown = ''] = /^Event: (.*)$/m.exec(fault ?? '') ?? [];
      const { data } = JSON.parse(shown);
      assert.equal(Object.keys(data).length, 1, shown);
      assert.ok(shown.length < 250, shown);
    });
  }

  it('that cannot write much of what its rules say is told', () => {
    const map = compiled(map945('  weight: { value: { at: W0302, as: number } }\n'));
    assert.match(
      checkLaw(map, EVENTS, SEED).fault ?? 'Nothing is told.',
      /^x12\/945@next: [0-9]+ of 1000 events said nothing that can be written\.$/,
    );
  });

  it('is told again with the same seed', () => {
    const [first, second] = [1, 2].map(() => checkLaw(readBy(roundedOff), EVENTS, SEED));
    assert.equal(first?.fault, second?.fault);
  });
});
