import { strict as assert } from 'node:assert';
import { groupOfSet, setsOfGroup } from '../../../src/edi/dictionary/groups.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';

describe('Functional groups', () => {
  it('know the group of every set that has a table', () => {
    for (const release of ['004010', '005010']) {
      const dictionary = createDictionaries().find('x12', release)?.dictionary;
      for (const type of dictionary?.sets ?? []) assert.equal(groupOfSet(type), dictionary?.set(type)?.group, type);
    }
  });

  it('know the sets of a group, and nothing of what is in no list', () => {
    assert.deepEqual(setsOfGroup('FA'), ['997', '999']);
    assert.equal(setsOfGroup('constructor'), undefined);
    assert.equal(groupOfSet('999999'), undefined);
  });
});
