import assert from 'node:assert/strict';
import { linesOf, load, map856, map945, shippedLibrary } from './support/maps.ts';

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
});
