import assert from 'node:assert/strict';
import { readJson } from '../../src/formats/json.ts';
import { treePaths } from '../../src/formats/paths.ts';
import type { TreeNode } from '../../src/formats/tree.ts';
import { readXml } from '../../src/formats/xml.ts';

function paths(root: TreeNode | null): readonly string[] {
  assert.ok(root !== null);
  return treePaths(root).paths.map(
    ({ path, count, example }) => `${path} ${count}${example === undefined ? '' : ` ${example}`}`,
  );
}

describe('The paths of a tree', () => {
  it('are those of elements and attributes, with the first text of each', () => {
    const xml = '<Loads v="1"><Load id="a"/><Load id="b"><Stop> </Stop><Stop>Reno</Stop></Load>and <b/>so on</Loads>';
    assert.deepEqual(paths(readXml(Buffer.from(xml)).root), [
      '@v 1 1',
      'Load 2',
      'Load/@id 2 a',
      'Load/Stop 2 Reno',
      'b 1',
    ]);
  });

  it('are those of keys, whose lists add nothing', () => {
    const json = '{"stops":[{"city":"Reno"},{"city":"Elko","at":[1,2,[3]]}],"count":2}';
    assert.deepEqual(paths(readJson(Buffer.from(json)).root), [
      'stops 2',
      'stops/city 2 Reno',
      'stops/at 3 1',
      'count 1 2',
    ]);
    assert.deepEqual(paths(readJson(Buffer.from('[[{"a":1}],{"a":2}]')).root), ['a 2 1']);
  });

  it('are no more than five hundred, of texts no more than the beginning', () => {
    const json = JSON.stringify(
      Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${index}`, 'x'.repeat(99)])),
    );
    const { root } = readJson(Buffer.from(json));
    const found = paths(root);
    assert.deepEqual([found.length, found[0]], [500, `k0 1 ${'x'.repeat(60)}`]);
    assert.equal(root !== null && treePaths(root).cut, true);
  });
});
