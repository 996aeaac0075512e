import assert from 'node:assert/strict';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { findingsOf } from '../support/check.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';
import { SMALL_DOCUMENTS } from './small-documents.ts';
import { DOCUMENTS_OF_005010 } from './small-documents-005010.ts';

const DOCUMENTS = [...SMALL_DOCUMENTS, ...DOCUMENTS_OF_005010];

const RELEASES = [
  { release: '004010', version: '00401', repetition: 'U' },
  { release: '005010', version: '00501', repetition: '^' },
] as const;

describe('A small document of every X12 set', () => {
  for (const { release, version, repetition } of RELEASES) {
    for (const { set, group, segments, only } of DOCUMENTS) {
      if (only !== undefined && only !== release) continue;
      it(`checks clean: ${set} of ${release}`, () => {
        const file = isa({ version, repetition }, gs({ code: group, version: release }, st(set, ...segments)));
        assert.deepEqual(findingsOf(bytes(file)), []);
      });
    }
  }

  it('is there for each set that has a table', () => {
    for (const { release } of RELEASES) {
      const sets = createDictionaries().find('x12', release)?.dictionary.sets ?? [];
      const documents = DOCUMENTS.filter(({ only }) => only === undefined || only === release);
      assert.deepEqual([...new Set(documents.map(({ set }) => set))].toSorted(), sets.toSorted(), release);
    }
  });

  it('is read with tables that are ready within a second', () => {
    for (const { release } of RELEASES) {
      const begun = performance.now();
      createDictionaries().find('x12', release)?.dictionary.set('856');
      assert.ok(performance.now() - begun < 1000, release);
    }
  });
});
