import { hash } from 'node:crypto';
import type { Finding } from '../edi/finding.ts';
import { finding } from '../edi/findings.ts';
import type { EventContext, EventDraft, Finished } from './context.ts';
import { eventTimeOf } from './event-time.ts';
import { eventType } from './event-types.ts';
import { planOf } from './plan.ts';
import { dataschemaOf } from './schemas.ts';
import type { Classifier, Json } from './types.ts';
import { type SchemaIssue, validateData } from './validate.ts';
import { whereOf } from './where.ts';

/** Of an event that is told for the first time; told anew it gets its id from revisedEvent. */
const REVISION = '0';

/**
 * Makes a canonical event of what a map read: gives local times their offset, adds the derived views and the envelope, and
 * checks the data against its schema; of a draft that keeps it already, only what is added here. Deterministic: the same draft
 * and context give the same event, and the id does not depend on when or in which file the document came. Data that breaks the
 * schema gives findings instead.
 * Throws RangeError when the partner's timezone does not exist.
 */
export function finishEvent(draft: EventDraft, context: EventContext): Finished {
  const entry = eventType(draft.type);
  const issues = (found: readonly SchemaIssue[]): Finished => ({
    findings: found.map((issue) => schemaFinding(draft, context, issue)),
  });
  if (entry === undefined) return issues(validateData(draft.type, draft.data));
  const plan = planOf(entry.body);
  const { when, published } = eventTimeOf(draft.data, plan.timeFields, context);
  const classifier = classifierOf(draft.data.classifier) ?? entry.classifier;
  const walked = plan.walk(draft.data, context.timezone);
  const { references } = walked;
  const where = whereOf(draft.data, plan.place, context.timezone);
  const data: Record<string, Json> = { ...walked.data };
  if (references.length > 0) data.refs = references;
  data.when = when;
  if (where !== undefined) data.where = where;
  data.classifier = draft.data.classifier ?? classifier;
  if (draft.keepsSchema !== true || !plan.shapeIsSchema || !walked.dated || !published) {
    const broken = validateData(draft.type, data);
    if (broken.length > 0) return issues(broken);
  }
  const event = {
    specversion: '1.0',
    id: idOf(draft, context),
    source: `/partners/${context.partnerId}/${context.documentType}`,
    type: draft.type,
    subject: plan.subject(draft.data, context),
    time: when.eventTime,
    datacontenttype: 'application/json',
    dataschema: dataschemaOf(entry),
    partnerid: context.partnerId,
    correlationid: context.fileId,
    causationid: context.documentId,
    classifier,
    receivedtime: receivedTime(context.receivedAt),
    mapversion: context.mapPin,
    data,
  } as const;
  return { event, references };
}

let received = { at: Number.NaN, text: '' };

/** All documents of a file came in at one moment. */
function receivedTime(at: number): string {
  if (at !== received.at) received = { at, text: new Date(at).toISOString() };
  return received.text;
}

function idOf(draft: EventDraft, context: EventContext): string {
  const { partnerId, documentType, contentHash } = context;
  const parts = [partnerId, documentType, contentHash, draft.key, draft.type, REVISION];
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32);
}

function classifierOf(value: Json | undefined): Classifier | undefined {
  return value === 'planned' || value === 'estimated' || value === 'actual' || value === 'requested'
    ? value
    : undefined;
}

function schemaFinding(draft: EventDraft, context: EventContext, issue: SchemaIssue): Finding {
  return finding('EVENT_SCHEMA', {
    path: draft.key === '' ? context.documentType : `${context.documentType}/${draft.key}`,
    position: { byte: context.documentStart ?? 0 },
    text: `In ${draft.type} the field data${issue.pointer} ${issue.message}.`,
    remedy: `Mend the rule of that field in the map ${context.mapPin}, or ask the partner for the value.`,
  });
}
