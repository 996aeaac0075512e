import { hash } from 'node:crypto';
import type { CanonicalEvent } from '../events/types.ts';

/**
 * An event of a test, under an id of its own: when the same document comes live later, its events are new and reach the
 * feed, which test events never do.
 */
export function testEvent(event: CanonicalEvent): CanonicalEvent {
  return { ...event, id: hash('sha256', `test ${event.id}`, 'hex').slice(0, 32) };
}
