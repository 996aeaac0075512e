import { createChecker } from '../../../src/edi/check/index.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import type { Finding } from '../../../src/edi/finding.ts';
import { readAll } from '../../../src/edi/read.ts';

const dictionaries = createDictionaries();

/** Everything that checking a file finds, in the order in which it is said. */
export function findingsOf(file: Buffer): readonly Finding[] {
  const checker = createChecker(dictionaries);
  const findings = readAll(file).flatMap((item) => checker.check(item)?.findings ?? []);
  return [...findings, ...checker.end(file.length)];
}

/** True when the envelopes of a file have no fault, whatever its documents say. */
export function hasSoundEnvelope(file: Buffer): boolean {
  const inside = ['segment', 'element'];
  return findingsOf(file).every(
    ({ severity, ack, code }) =>
      severity === 'note' || code === 'SET_NOT_IN_GROUP' || inside.includes(ack?.level ?? ''),
  );
}
