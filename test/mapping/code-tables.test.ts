import assert from 'node:assert/strict';
import { meaningOf, parseCodeTable, sectionFor } from '../../src/mapping/code-tables.ts';
import { parseConfig } from '../../src/util/config-tree.ts';
import { type Problem, problemLine } from '../../src/util/problem.ts';
import { dataOf, read } from './support/documents.ts';
import { compiled, map214, map856, shippedFiles } from './support/maps.ts';

function table(text: string, name = 't') {
  const { root, problems } = parseConfig('t.yaml', text);
  assert(root !== null, JSON.stringify(problems));
  const found: Problem[] = [];
  const parsed = parseCodeTable(root, name, found);
  return { table: parsed, problems: found.map(problemLine) };
}

function meaning(text: string, code: string, element = '355'): string | undefined {
  const section = sectionFor(table(text).table, 'x12', element);
  return section === undefined ? 'no section' : meaningOf(section, code);
}

describe('a code table', () => {
  const keep = 'codes: t\nx12: { EA: each, else: keep }\n';
  const fixed = 'codes: t\nx12: { EA: each, else: unknown }\n';
  const closed = 'codes: t\nx12: { EA: each }\n';
  const sections = 'codes: t\nx12: { LB: pound }\nx12-188: { L: pound }\nedifact: { LBR: pound }\n';

  it('gives the meaning of a code', () => assert.equal(meaning(keep, 'EA'), 'each'));
  it('keeps a code it does not know, where it says "else: keep"', () => assert.equal(meaning(keep, 'ZZ'), 'ZZ'));
  it('gives another code the fixed meaning after "else"', () => assert.equal(meaning(fixed, 'ZZ'), 'unknown'));
  it('refuses another code, where it says nothing', () => assert.equal(meaning(closed, 'ZZ'), undefined));
  it('knows no words that every object has', () => assert.equal(meaning(closed, 'constructor'), undefined));
  it('reads a code as it is typed', () =>
    assert.equal(meaning('codes: t\nx12: { 00: original, NO: none }\n', '00'), 'original'));

  it('takes the section of the element before that of the standard', () => {
    assert.equal(meaning(sections, 'L', '188'), 'pound');
    assert.equal(meaning(sections, 'LB', '188'), undefined);
    assert.equal(meaning(sections, 'LB', '355'), 'pound');
    assert.equal(meaning('codes: t\nedifact: { LBR: pound }\n', 'LBR'), 'no section');
  });

  const mistakes: readonly (readonly [string, string, RegExp])[] = [
    ['another name than its file', 'codes: u\nx12: { A: b }\n', /^t\.yaml:1:1 CODES_SHAPE .*Write "codes: t"/],
    ['no name', 'x12: { A: b }\n', /^t\.yaml:1:1 CODES_SHAPE .*Write "codes: t"/],
    ['no section', 'codes: t\n', /^t\.yaml:1:1 CODES_SHAPE The table has no section\. Write "x12:"/],
    ['a section of no standard', 'codes: t\nx13: { A: b }\nx12: { A: b }\n', /^t\.yaml:2:1 CODES_SECTION/],
    ['a section without codes', 'codes: t\nx12: EA\n', /^t\.yaml:2:6 CODES_SHAPE The section "x12" holds no codes/],
    [
      'a code without meaning',
      'codes: t\nx12:\n  A: b\n  C:\n',
      /^t\.yaml:4:5 CODES_SHAPE The code "C" has no meaning/,
    ],
  ];
  for (const [what, text, expected] of mistakes) {
    it(`with ${what} is a mistake`, () => assert.match(table(text).problems.join('\n'), expected));
  }

  it('ships without mistake, each with the name of its file', () => {
    for (const { path, text } of shippedFiles.filter(({ path }) => path.startsWith('maps/codes/'))) {
      assert.deepEqual(table(text, /([^/]+)\.yaml$/.exec(path)?.[1] ?? '').problems, [], path);
    }
  });
});

describe('codes in a map', () => {
  it('have a section for the number of the element that holds the code', () => {
    const map = compiled(
      map214('  weight: { value: { at: AT8(01=G)03, as: number }, unit: { at: AT8(01=G)02, codes: weight-unit } }\n'),
    );
    const [data] = dataOf(map, ['B10*1*2*ABCD', 'LX*1', 'AT7*AF*NS', 'AT8*G*L*500']);
    assert.deepEqual(data, { weight: { value: 500, unit: 'pound' } });
  });

  it('may be keyed by several elements', () => {
    const codes = { both: 'codes: both\nx12: { CTN 25: cardboard-carton, CTN: carton, else: keep }\n' };
    const map = compiled(map856('  shipment: { in: HL(S), packaging: { at: [ PKG01, PKG02 ], codes: both } }\n'), {
      codes,
    });
    const packaging = (pkg: string) => dataOf(map, ['BSN*00*S1*20261204*1030', 'HL*1**S', pkg])[0]?.shipment;
    assert.deepEqual(packaging('PKG*CTN*25'), { packaging: 'cardboard-carton' });
    assert.deepEqual(packaging('PKG*CTN'), { packaging: 'carton' });
    assert.deepEqual(packaging('PKG*CTN*90'), { packaging: 'CTN 90' });
  });

  it('that a closed table refuses are a finding which lists the known ones', () => {
    const map = compiled(map856('  shipment: { in: HL(S), packaging: { at: TD101, codes: fulfilment } }\n'));
    const { events, findings } = read(map, ['BSN*00*S1*20261204*1030', 'HL*1**S', 'TD1*ZZ']);
    assert.deepEqual(events, []);
    assert.deepEqual(
      findings.map(({ code, path, value, expected }) => [code, path, value, expected]),
      [['MAP_VALUE', '856/HL[1]/TD1/01', 'ZZ', 'a code of table fulfilment (CC, BO)']],
    );
  });
});
