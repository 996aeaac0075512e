import { documentView } from './documents.ts';
import { fileView } from './files.ts';
import { component, listOf, record } from './json-schema.ts';
import { requiredText } from './parameters.ts';
import { json, type Route, route } from './route.ts';
import { sentDocumentView } from './sent-documents.ts';
import type { OperationsSources } from './sources.ts';

export const TRACE_SCHEMAS = {
  Trace: record('What a reference leads to, at most 100 of each.', {
    files: listOf(component('File')),
    documents: listOf(component('Document')),
    events: listOf(component('Event')),
    sent: { ...listOf(component('SentDocument')), description: 'Documents that we send.' },
  }),
} as const;

/** Looking up anything by any of its ids. */
export function traceRoutes({ ledger }: OperationsSources): readonly Route[] {
  const trace = route({
    path: '/v1/trace',
    operation: 'trace',
    summary: 'Everything that any id leads to.',
    parameters: {
      ref: requiredText('Any id, control number, business reference, file name, or hash of a file.', 'PO-778'),
    },
    answer: json('What was found', component('Trace')),
    handle: async ({ ref }, response) => {
      const { files, documents, events, sent } = await ledger.trace(ref);
      response.json({
        files: files.map(fileView),
        documents: documents.map(documentView),
        events: events.map(({ event }) => event),
        sent: sent.map(sentDocumentView),
      });
    },
  });
  return [trace];
}
