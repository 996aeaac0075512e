import assert from 'node:assert/strict';
import { findingsOf } from '../support/check.ts';
import { unb, unh } from '../support/edifact.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

/** Release as the document names it, the release as the note names it, and the nearest that is built in. */
const X12: readonly (readonly [version: string, release: string, used: string])[] = [
  ['003040', '003040', '004010'],
  ['004030VICS', '004030', '004010'],
  ['004060', '004060', '004010'],
  ['005030', '005030', '005010'],
  ['007030', '007030', '005010'],
  ['008010', '008010', '005010'],
];

const EDIFACT: readonly (readonly [version: string, release: string, used: string])[] = [
  ['D:93A:UN', 'D93A', 'D96A'],
  ['D:97A:UN', 'D97A', 'D96A'],
  ['D:99B:UN:EAN009', 'D99B', 'D01B'],
  ['D:10B:UN', 'D10B', 'D01B'],
  ['D:21B:UN', 'D21B', 'D01B'],
];

function notesOf(file: string): readonly string[] {
  const findings = findingsOf(bytes(file)).filter(({ code }) => code === 'RELEASE_NOT_INSTALLED');
  return findings.map(({ severity, text, remedy }) => `${severity}: ${text} ${remedy}`);
}

const note = (type: string, release: string, used: string): string =>
  `note: No table of ${release} describes ${type}; that of ${used} was used instead. Nothing to do; the operator may install tables of this release.`;

describe('A document of a release that is not installed', () => {
  for (const [version, release, used] of X12) {
    it(`is checked against the nearest: X12 ${release} against ${used}`, () => {
      const file = isa({ version: '00401' }, gs({ code: 'RE', version }, st('944', 'W17*J*20240301*RCPT1')));
      assert.deepEqual(notesOf(file), [note('944', release, used)]);
      const missing = findingsOf(bytes(file)).filter(({ code }) => code === 'SEGMENT_MISSING');
      assert.ok(missing.some(({ path }) => path === '944/W14'));
    });
  }

  for (const [version, release, used] of EDIFACT) {
    it(`is checked against the nearest: EDIFACT ${release} against ${used}`, () => {
      assert.deepEqual(notesOf(unb({}, unh({ type: 'DESADV', version }, 'BGM+351+1+9'))), [
        note('DESADV', release, used),
      ]);
    });
  }

  it('is checked without a note where the release is installed', () => {
    assert.deepEqual(notesOf(unb({}, unh({ type: 'DESADV', version: 'D:96A:UN' }, 'BGM+351+1+9'))), []);
  });

  it('is checked against a farther release where the nearest has no such set', () => {
    assert.deepEqual(notesOf(unb({}, unh({ type: 'INSDES', version: 'D:97A:UN' }, 'BGM+351+1+9'))), [
      note('INSDES', 'D97A', 'D01B'),
    ]);
  });
});
