import assert from 'node:assert/strict';
import type { ReadAcknowledgment } from '../../../src/edi/acknowledge/acknowledged.ts';
import { readAcknowledgment } from '../../../src/edi/acknowledge/read-acknowledgment.ts';
import { readAll } from '../../../src/edi/read.ts';

/** The acknowledgments in a file, in its order. */
export function acknowledgmentsIn(file: Buffer): readonly ReadAcknowledgment[] {
  return readAll(file).flatMap((item) => {
    if (item.kind === 'interchange-acknowledgment') return readAcknowledgment(item.segments) ?? [];
    return item.kind === 'document' ? (readAcknowledgment(item.document.segments) ?? []) : [];
  });
}

/** The only one. */
export function acknowledgmentIn(file: Buffer): ReadAcknowledgment {
  const [only, ...more] = acknowledgmentsIn(file);
  assert.ok(only !== undefined && more.length === 0, 'not one acknowledgment');
  return only;
}
