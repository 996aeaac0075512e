import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lockedName } from '../../src/mapping/lock.ts';
import { CODES, linesOf, load, map856, PARTS } from './support/maps.ts';

const MAP = map856('').replace('version: next', 'version: 1.0.0');

function locked(name: string, text: string): string {
  return `${name} ${createHash('sha256').update(text).digest('hex')}\n`;
}

const LOCK = locked('x12/856@1.0.0', MAP) + locked('x12/parts', PARTS) + locked('codes/uom', CODES.uom ?? '');

function problems(lock: string, changed: { map?: string; parts?: string } = {}): readonly string[] {
  const maps = { 'x12/856/1.0.0.yaml': changed.map ?? MAP };
  return linesOf(load({ maps, lock, parts: changed.parts ?? PARTS }));
}

describe('the lock of released maps', () => {
  it('fits the files as they were released', () => assert.deepEqual(problems(`# released\n\n${LOCK}`), []));

  it('tells that a released map was changed, and where changes belong', () => {
    assert.deepEqual(problems(LOCK, { map: MAP.replace('BSN02', 'BSN396') }), [
      'm/x12/856/1.0.0.yaml:1:1 LOCK_CHANGED x12/856@1.0.0 was changed after its release. ' +
        'Take the change back and make it in next.yaml, to be released as a new version.',
    ]);
  });

  it('tells that parts which released maps share were changed, and gives the line that means it', () => {
    const parts = PARTS.replace('N401', 'N402');
    assert.deepEqual(problems(LOCK, { parts }), [
      'm/x12/parts.yaml:1:1 LOCK_CHANGED x12/parts was changed after its release. Every map that uses it changes: ' +
        `run the tests of the maps, then write "${locked('x12/parts', parts).trim()}" into the lock.`,
    ]);
  });

  it('tells that a locked file is gone, in its own line', () => {
    assert.deepEqual(problems(LOCK + locked('x12/945@1.0.0', '')), [
      'm/maps.lock:4:1 LOCK_GONE x12/945@1.0.0 is locked and not there. Bring the file back; partners may pin it.',
    ]);
  });

  it('has one name and one hash a line', () => {
    assert.deepEqual(problems(`${LOCK}x12/945@1.0.0\n`), [
      'm/maps.lock:4:1 LOCK_SYNTAX "x12/945@1.0.0" is no line of a lock. Write the name and its sha256.',
    ]);
  });

  it('leaves files alone that are not released yet', () => assert.deepEqual(problems(''), []));

  it('knows which files can be locked', () => {
    const names = [
      'x12/856/1.0.0.yaml',
      'x12/parts.yaml',
      'codes/uom.yaml',
      'x12/856/next.yaml',
      'x12/856/tests/a.json',
    ];
    assert.deepEqual(names.map(lockedName), ['x12/856@1.0.0', 'x12/parts', 'codes/uom', null, null]);
  });
});
