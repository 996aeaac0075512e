import type { JsonObject } from '../events/types.ts';
import { OWNERS } from '../exceptions/causes.ts';
import type { Act } from '../ledger/exception-types.ts';
import { assignOpen, exceptionOf, exceptionView, resolveOpen, retryOpen } from '../work/exceptions.ts';
import { OPERATOR } from './authorize.ts';
import { COUNT, component, oneOf, orNull, pageSchema, record, TEXT, TIME } from './json-schema.ts';
import { choice, inPath, PAGE_DEFAULT, PAGING, text } from './parameters.ts';
import { json, postRoute, type Route, route } from './route.ts';
import type { OperationsSources } from './sources.ts';

const STATES = ['open', 'resolved'] as const;

const EXCEPTION_FIELDS = {
  id: TEXT,
  fingerprint: { ...TEXT, description: 'Of cause, partner and scope: one that comes back has it again.' },
  code: { ...TEXT, description: 'The cause.' },
  title: { ...TEXT, description: 'What the cause means.' },
  class: {
    ...oneOf(['transient', 'config', 'permanent']),
    description: 'What trying again can do: it may pass by itself, after somebody mended it, nothing.',
  },
  owner: { ...oneOf(OWNERS), description: 'Whose turn it is.' },
  partnerId: orNull(TEXT),
  scope: {
    ...TEXT,
    description: 'What else keeps it apart: identifiers, a document type, a connection; may be empty.',
  },
  text: { ...TEXT, description: 'Why, in a sentence with the values of this case.' },
  remedy: { ...TEXT, description: 'What to do.' },
  state: oneOf(STATES),
  assignee: orNull(TEXT),
  affected: { ...COUNT, description: 'Files, interchanges, documents or connections since it was opened.' },
  firstSeen: TIME,
  lastSeen: TIME,
  resolvedAt: orNull(TIME),
  resolution: orNull(TEXT),
};

export const EXCEPTION_SCHEMAS = {
  Exception: record('An open problem that somebody must see, or one that was.', EXCEPTION_FIELDS),
  ExceptionPage: pageSchema('Exception'),
  ExceptionDetail: record('An exception with what it is still about.', {
    ...EXCEPTION_FIELDS,
    subjects: component('ExceptionSubjectPage'),
  }),
  ExceptionSubject: record('A file, interchange or document, a document that we send, or a connection by its name.', {
    kind: oneOf(['file', 'interchange', 'document', 'sent-document', 'connection']),
    id: TEXT,
    fileId: orNull(TEXT),
  }),
  ExceptionSubjectPage: pageSchema('ExceptionSubject'),
  ExceptionRetry: record('An exception of which something was tried again.', {
    ...EXCEPTION_FIELDS,
    retried: { ...COUNT, description: 'Files and documents that are due again because of this request.' },
  }),
} as const;

const NO_BODY: JsonObject = { type: 'object', additionalProperties: false };
const RESOLVE: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['because'],
  properties: {
    because: { type: 'string', minLength: 1, maxLength: 500, description: 'Why nothing is left to do.' },
  },
};
const ASSIGN: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['to'],
  properties: {
    to: {
      anyOf: [{ type: 'string', minLength: 1, maxLength: 100 }, { type: 'null' }],
      description: 'Who looks after it; null for nobody.',
    },
  },
};

const EXCEPTION_ID = inPath('Id of the exception.', 'exc_01');
const ONE = { id: EXCEPTION_ID } as const;

/** What waits for a person, and what was done about it. */
export function exceptionRoutes({
  ledger,
  clock,
  ring = () => {},
}: Pick<OperationsSources, 'ledger' | 'clock' | 'ring'>): readonly Route[] {
  const now = (): Act => ({ actor: OPERATOR, at: clock.now() });

  const list = route({
    path: '/v1/exceptions',
    operation: 'listExceptions',
    summary: 'Open problems that somebody must see, and those that were, newest first.',
    parameters: {
      ...PAGING,
      state: choice('State of the exception.', STATES),
      cause: text('Code of the cause.', 'NO_AGREEMENT'),
      partner: text('Id of a partner.', 'acme-3pl'),
      owner: choice('Whose turn it is.', OWNERS),
    },
    answer: json('Exceptions', component('ExceptionPage')),
    handle: async ({ after = null, limit = PAGE_DEFAULT, cause, ...rest }, response) => {
      const filter = { ...rest, ...(cause === undefined ? {} : { code: cause }) };
      const { items, next } = await ledger.exceptions(filter, after, limit);
      response.json({ items: items.map(exceptionView), next });
    },
  });

  const single = route({
    path: '/v1/exceptions/{id}',
    operation: 'getException',
    summary: 'One exception, with a page of what it is still about.',
    parameters: { ...ONE, ...PAGING },
    answer: json('The exception', component('ExceptionDetail')),
    handle: async ({ id, after = null, limit = PAGE_DEFAULT }, response) => {
      const row = await exceptionOf(ledger, id);
      response.json({ ...exceptionView(row), subjects: await ledger.subjectsOf(id, after, limit) });
    },
  });

  const retry = postRoute<typeof ONE, Record<never, never>>({
    path: '/v1/exceptions/{id}/retry',
    operation: 'retryException',
    summary: 'Tries again what it is about; it is resolved with the last that goes well.',
    parameters: ONE,
    body: NO_BODY,
    answer: json('The exception', component('ExceptionRetry')),
    handle: async ({ id }, _body, response) => {
      const view = await retryOpen(ledger, id, now());
      ring();
      response.json(view);
    },
  });

  const resolve = postRoute<typeof ONE, { readonly because: string }>({
    path: '/v1/exceptions/{id}/resolve',
    operation: 'resolveException',
    summary: 'Closes it for a reason; what it is about stays as it is.',
    parameters: ONE,
    body: RESOLVE,
    answer: json('The exception', component('Exception')),
    handle: async ({ id }, { because }, response) => {
      response.json(await resolveOpen(ledger, id, because, now()));
    },
  });

  const assign = postRoute<typeof ONE, { readonly to: string | null }>({
    path: '/v1/exceptions/{id}/assign',
    operation: 'assignException',
    summary: 'Gives it to somebody, or to nobody.',
    parameters: ONE,
    body: ASSIGN,
    answer: json('The exception', component('Exception')),
    handle: async ({ id }, { to }, response) => {
      response.json(await assignOpen(ledger, id, to, now()));
    },
  });
  return [list, single, retry, resolve, assign];
}
