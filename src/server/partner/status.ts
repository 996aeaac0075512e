import { GatewayError } from '../../errors.ts';
import type { DocumentRow, FileRow } from '../../ledger/types.ts';
import { REASON_OR_NULL, STATE } from '../common-schemas.ts';
import { COUNT, component, listOf, orNull, record, TEXT, TIME } from '../json-schema.ts';
import { inPath, PAGE_DEFAULT, PAGING } from '../parameters.ts';
import { json, type Route, route } from '../route.ts';
import { timeText, timeTextOrNull } from '../times.ts';
import { callerOf } from './caller.ts';
import type { PartnerSources } from './sources.ts';

const STATUS = record('What became of a file.', {
  id: TEXT,
  name: TEXT,
  size: COUNT,
  sha256: TEXT,
  receivedAt: TIME,
  state: STATE,
  reason: REASON_OR_NULL,
  settledAt: orNull(TIME),
  interchanges: listOf(
    record('An interchange of it.', {
      controlNumber: TEXT,
      state: TEXT,
      reason: REASON_OR_NULL,
      findings: listOf(component('Finding')),
    }),
  ),
  documents: listOf(
    record('A document of it.', {
      type: TEXT,
      controlNumber: TEXT,
      state: STATE,
      reason: REASON_OR_NULL,
      findings: listOf(component('Finding')),
    }),
  ),
  next: { ...orNull(TEXT), description: 'For more documents: give it as `after`.' },
  acknowledgment: {
    ...orNull(TEXT),
    description: 'The TA1, 997, 999 or CONTRL it is answered with; null while it is in flight and where there is none.',
  },
});

/** `GET /partner/v1/documents/{id}`: state, findings and acknowledgment of what this partner sent. */
export function statusRoute({ partners, ledger, acknowledgment }: PartnerSources): Route {
  return route({
    path: '/partner/v1/documents/{id}',
    operation: 'getSubmission',
    summary: 'State, findings and acknowledgment of what was sent.',
    parameters: { id: inPath('The id that sending answered.', 'fil_01'), ...PAGING },
    answer: json('Its state', STATUS),
    handle: async ({ id, after = null, limit = PAGE_DEFAULT }, response, request) => {
      const { partner } = callerOf(request, partners());
      const file = await ledger.file(id);
      // What belongs to another partner is told like what does not exist.
      if (file === null || file.partnerId !== partner.id) {
        throw new GatewayError(
          'NOT_FOUND',
          `You sent no document "${id.slice(0, 99)}". Use the id that sending answered.`,
        );
      }
      const { items, next } = await ledger.documents({ file: id }, after, limit);
      const interchanges = await ledger.interchangesOf(id);
      const settled = file.state === 'processed' || file.state === 'rejected';
      const answered = settled ? (await acknowledgment(file)).toString('latin1') : '';
      response.json({
        ...fileView(file),
        interchanges: interchanges.map(({ controlNumber, state, reason, findings }) => {
          return { controlNumber, state, reason, findings };
        }),
        documents: items.map(documentView),
        next,
        acknowledgment: answered === '' ? null : answered,
      });
    },
  });
}

function fileView({ id, name, size, sha256, receivedAt, state, reason, settledAt }: FileRow) {
  return {
    id,
    name,
    size,
    sha256,
    receivedAt: timeText(receivedAt),
    state,
    reason,
    settledAt: timeTextOrNull(settledAt),
  };
}

function documentView({ type, controlNumber, state, reason, findings }: DocumentRow) {
  return { type, controlNumber, state, reason, findings };
}
