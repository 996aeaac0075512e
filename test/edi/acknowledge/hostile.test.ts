import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answersTo } from '../support/acknowledge.ts';
import { findingsOf } from '../support/check.ts';
import { sampleFiles, samplesFolder } from '../support/samples.ts';
import { gs, isa, st } from '../support/x12.ts';

const FILE = isa(
  { acknowledge: '1' },
  gs('SH', st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S', 'REF*BM*A:B'), st('856', 'CTT*0')),
  gs('QM', st('214', 'B10*1*2*SCAC', 'LX*1')),
);

/** Throws when an answer cannot be written, or its envelope has a fault of its own. */
function assertAnswerable(file: string): void {
  for (const answer of answersTo(file)) {
    const levels = findingsOf(answer)
      .filter(({ severity }) => severity === 'rejected')
      .map(({ ack }) => ack?.level);
    assert.ok(
      levels.every((level) => level === 'segment' || level === 'element'),
      answer.toString('latin1'),
    );
  }
}

describe('Whatever arrives', () => {
  it('is answered with a sound envelope, or not at all: damaged files', () => {
    const place = fc.nat(FILE.length - 1);
    const damage = fc.array(fc.tuple(place, fc.nat(3), fc.string({ unit: 'binary-ascii', maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, (changes) => {
        const file = changes.reduce((text, [at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone), FILE);
        assertAnswerable(file);
      }),
      { numRuns: 400 },
    );
  });

  const folder = samplesFolder();
  const published = folder === null ? [] : [...sampleFiles(folder, 'x12').values()];
  it(`is answered with a sound envelope, or not at all: ${published.length} published samples${folder === null ? ' (the folder is absent)' : ''}`, () => {
    for (const file of published) assertAnswerable(file.toString('latin1'));
  });
});
