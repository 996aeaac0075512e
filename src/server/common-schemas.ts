import { COUNT, component, oneOf, orNull, record, TEXT } from './json-schema.ts';

/** Of files and documents. */
export const STATES = ['received', 'processed', 'rejected', 'quarantined', 'duplicate'] as const;

/** Components that several nouns share. */
export const COMMON_SCHEMAS = {
  State: { ...oneOf(STATES), description: '`received` is in flight; the others are settled.' },
  Reason: record('Why something is in its state.', { code: TEXT, text: TEXT }),
  Finding: record(
    'One fault of a document.',
    {
      code: TEXT,
      severity: oneOf(['note', 'accepted-with-errors', 'rejected']),
      path: TEXT,
      position: record(
        'Where in the file; counts begin at 1, bytes at 0.',
        { byte: COUNT },
        { segment: COUNT, tag: TEXT, element: COUNT, component: COUNT, repetition: COUNT },
      ),
      text: TEXT,
      remedy: TEXT,
    },
    {
      value: TEXT,
      expected: TEXT,
      ack: record(
        "The standards' own codes.",
        { level: oneOf(['interchange', 'group', 'document', 'segment', 'element']) },
        { x12: TEXT, contrl: TEXT, elementNumber: TEXT },
      ),
    },
  ),
  Attempt: record('An attempt at a step of work that failed.', {
    kind: oneOf(['split', 'translate', 'deliver', 'reconcile', 'expect']),
    attempt: COUNT,
    at: { type: 'string', format: 'date-time' },
    error: TEXT,
  }),
} as const;

export const STATE = component('State');
export const REASON_OR_NULL = orNull(component('Reason'));
