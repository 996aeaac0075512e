import assert from 'node:assert/strict';
import { linesOf, load, map856, map945, mapDesadv, shippedLibrary } from './support/maps.ts';

function version(text: string, number: string): string {
  return text.replace('version: next', `version: ${number}`);
}

const library = load({
  maps: {
    'x12/856/1.0.0.yaml': version(map856(''), '1.0.0'),
    'x12/856/1.2.0.yaml': version(map856(''), '1.2.0'),
    'x12/856/1.10.0.yaml': version(map856(''), '1.10.0'),
    'x12/856/next.yaml': map856(''),
    'x12/945/next.yaml': map945(''),
    'x12/945/tests/a.json': '{}',
    'README.md': '# Maps',
  },
});

describe('the maps folder', () => {
  it('loads every map by its exact pin', () => {
    assert.deepEqual(linesOf(library), []);
    assert.deepEqual(library.pins, [
      'x12/856@1.0.0',
      'x12/856@1.10.0',
      'x12/856@1.2.0',
      'x12/856@next',
      'x12/945@next',
    ]);
    assert.equal(library.find('x12/856@1.2.0')?.pin, 'x12/856@1.2.0');
    assert.equal(library.find('x12/856@1.2'), undefined);
    assert.equal(library.find('x12/856'), undefined);
  });

  it('tells the newest released map of a set by number, and never the one being worked on', () => {
    assert.equal(library.newest('x12', '856', '004010')?.version, '1.10.0');
    assert.equal(library.newest('x12', '856', '005010')?.version, '1.10.0');
    assert.equal(library.newest('x12', '945', '004010'), undefined);
    assert.equal(library.newest('x12', '204', '004010'), undefined);
  });

  it('names the pin of a broken map, and does not load it', () => {
    const broken = load({ maps: { 'x12/856/next.yaml': map856('  bogus: BSN03\n') } });
    assert.deepEqual(broken.pins, ['x12/856@next']);
    assert.equal(broken.find('x12/856@next'), undefined);
    assert.equal(broken.problems.length, 1);
  });

  it('ships with maps that load', () => {
    assert.deepEqual(linesOf(shippedLibrary), []);
    assert(shippedLibrary.maps.length >= 4);
  });

  const D01B = `map: edifact/desadv-d01b
version: next
base: edifact/desadv@1.0.0
document: { release: D01B }
data: { createdAt: ~, shipment: { billOfLading: RFF(1153=BM)1154 } }
`;
  const desadv = version(
    mapDesadv(
      '  createdAt: { at: DTM(2005=137)2380..2379, as: datetime }\n  shipment: { proNumber: RFF(1153=CN)1154 }\n',
    ),
    '1.0.0',
  );
  const other = 'edifact/desadv-d01b/next.yaml';

  it('lays a map for another release over its base: merged by key, and what it takes away is gone', () => {
    const both = load({ maps: { 'edifact/desadv/1.0.0.yaml': desadv, [other]: D01B } });
    assert.deepEqual(linesOf(both), []);
    const map = both.find('edifact/desadv-d01b@next');
    assert.deepEqual(map?.document, { standard: 'edifact', set: 'DESADV', release: 'D01B', group: '', tree: null });
    assert.deepEqual(
      map?.source.data.fields.map(({ name }) => name),
      ['adviceNumber', 'shipment'],
    );
    const shipment = map?.source.data.fields.find(({ name }) => name === 'shipment')?.rule;
    assert(shipment?.kind === 'object');
    assert.deepEqual(
      shipment.fields.map(({ name }) => name),
      ['proNumber', 'billOfLading'],
    );
  });

  it('takes the map whose release is the same, else the one whose release is the nearest', () => {
    const released = { 'edifact/desadv-d01b/1.0.0.yaml': version(D01B, '1.0.0') };
    const both = load({ maps: { 'edifact/desadv/1.0.0.yaml': desadv, ...released } });
    const names = ['D96A', 'D97A', 'D99B', 'D01B', 'D10A'].map((of) => both.newest('edifact', 'DESADV', of)?.name);
    assert.deepEqual(names, [
      'edifact/desadv',
      'edifact/desadv',
      'edifact/desadv-d01b',
      'edifact/desadv-d01b',
      'edifact/desadv-d01b',
    ]);
  });

  const mistakes = [
    [
      'a base that is not there',
      D01B.replace('1.0.0', '1.0.1'),
      'There is no map "edifact/desadv@1.0.1". Did you mean "edifact/desadv@1.0.0"?',
    ],
    [
      'a base that is the map itself',
      D01B.replace('desadv@1.0.0', 'desadv-d01b@next'),
      'The map edifact/desadv-d01b@next has a base itself. Name a map that has none.',
    ],
  ] as const;
  for (const [what, text, told] of mistakes) {
    it(`tells ${what}`, () => {
      const library = load({ maps: { 'edifact/desadv/1.0.0.yaml': desadv, [other]: text } });
      assert.deepEqual(linesOf(library), [`m/${other}:3:7 MAP_BASE ${told}`]);
    });
  }

  it('tells a released map that stands on one that is not', () => {
    const text = version(D01B.replace('@1.0.0', '@next'), '1.0.0');
    const maps = {
      'edifact/desadv/next.yaml': version(desadv, '1.0.0').replace('1.0.0', 'next'),
      'edifact/desadv-d01b/1.0.0.yaml': text,
    };
    assert.deepEqual(linesOf(load({ maps })), [
      'm/edifact/desadv-d01b/1.0.0.yaml:3:7 MAP_BASE edifact/desadv@next is not released, and this map is. Name a released version.',
    ]);
  });

  it('tells a mistake of the base once, and what the release lacks at the line of the base', () => {
    const bogus = `${desadv}  bogus: BGM1004\n`;
    const codes = linesOf(load({ maps: { 'edifact/desadv/1.0.0.yaml': bogus, [other]: D01B } }));
    assert.equal(codes.length, 1);
    assert.match(codes[0] ?? '', /^m\/edifact\/desadv\/1\.0\.0\.yaml:\d+:3 MAP_FIELD /);
  });
});

describe('the shipped maps', () => {
  it('write what the standards demand: no agreement is refused for a gap', () => {
    const gaps = shippedLibrary.maps.flatMap(({ pin, writer }) => writer.gaps.map(({ what }) => `${pin} ${what}`));
    assert.deepEqual(gaps, []);
  });
});
