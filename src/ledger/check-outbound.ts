import { sql } from 'kysely';
import type { Rule } from './check-rule.ts';
import { SENT_DOCUMENT_STATES } from './outbound-types.ts';

/** The accounting equations of what we send, A6 and A7: each asks for the rows that break it. */
export const OUTBOUND_RULES: readonly Rule[] = [
  {
    equation: 'A6 documents asked for = documents that were made',
    faults: sql`select outbound_events.event_id as subject, count(sent_documents.id) as "is",
        outbound_events.documents as "should" from outbound_events
      left join sent_documents on sent_documents.event_id = outbound_events.event_id
      group by outbound_events.event_id, outbound_events.documents
      having count(sent_documents.id) <> outbound_events.documents`,
    text: ({ is, should }) => `The event asked for ${should} documents, ${is} are there.`,
  },
  {
    equation: 'A6 sent = confirmed + answered + overdue + failed + cancelled + pending',
    faults: sql`select id as subject, state as "is", sent_at as "should" from sent_documents
      where state not in (${sql.join(SENT_DOCUMENT_STATES)})
        or (state in ('sent', 'overdue') and sent_at is null)`,
    text: ({ is, should }) => `The document is ${is}, yet its time of sending is ${should ?? 'missing'}.`,
  },
  {
    equation: 'A6 what waits to be sent has exactly one piece of work',
    faults: sql`select sent_documents.id as subject, count(work.id) as "is", 1 as "should" from sent_documents
      left join work on work.subject_id = sent_documents.id and work.kind = 'deliver'
      where sent_documents.state = 'queued'
      group by sent_documents.id having count(work.id) <> 1`,
    text: ({ is }) => `The document waits to be sent, with ${is} pieces of work for it.`,
  },
  {
    equation: 'A6 expected answers = answered + overdue + awaited',
    faults: sql`select sent_documents.id as subject, count(work.id) as "is", 1 as "should" from sent_documents
      left join work on work.subject_id = sent_documents.id and work.kind = 'expect'
      where sent_documents.state in ('sent', 'transport-confirmed') and sent_documents.sent_at is not null
        and sent_documents.expects is not null and sent_documents.answered_at is null
      group by sent_documents.id having count(work.id) <> 1`,
    text: ({ is }) => `The document waits for an answer, with ${is} pieces of work that would miss it.`,
  },
  {
    equation: 'A6 work has something that waits for it',
    faults: sql`select work.subject_id as subject, work.kind as "is", null as "should" from work
      where (work.kind in ('deliver', 'expect')
          and not exists (select 1 from sent_documents where sent_documents.id = work.subject_id))
        or (work.kind = 'reconcile' and not exists (select 1 from documents where documents.id = work.subject_id))`,
    text: ({ is }) => `There is work to ${is} it, and nothing that waits for that.`,
  },
  {
    equation: 'A7 control numbers: last - first + 1 = taken + voided',
    faults: sql`select partner_id || ' ' || kind as subject, count(*) as "is", max(serial) - min(serial) + 1 as "should"
      from sent_numbers group by partner_id, kind having count(*) <> max(serial) - min(serial) + 1`,
    text: ({ is, should }) => `${should} numbers were passed, ${is} are accounted for.`,
  },
  {
    equation: 'A7 every number is in its document, or voided for a reason',
    faults: sql`select sent_numbers.partner_id || ' ' || sent_numbers.kind || ' ' || sent_numbers.serial as subject,
        sent_numbers.document_id as "is", sent_numbers.voided_because as "should" from sent_numbers
      left join sent_documents
        on sent_documents.id = sent_numbers.document_id and sent_documents.sha256 = sent_numbers.sha256
      where (sent_documents.id is null) = (sent_numbers.voided_because is null)`,
    text: ({ is }) => `The number was taken for ${is ?? 'nothing'}, which does not have it with these bytes.`,
  },
  {
    equation: 'A7 no number on two different documents',
    faults: sql`select partner_id || ' ' || standard || ' ' || interchange_number as subject,
        count(distinct sha256) as "is", 1 as "should" from sent_documents where interchange_number <> ''
      group by partner_id, standard, interchange_number having count(distinct sha256) > 1`,
    text: ({ is }) => `The control number stands in ${is} different documents.`,
  },
];
