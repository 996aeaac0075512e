import { GatewayError } from '../errors.ts';
import { eventType } from '../events/event-types.ts';
import { planOf } from '../events/plan.ts';
import type { JsonObject } from '../events/types.ts';
import type { NumberedDocument, SentDocumentRow } from '../ledger/outbound-types.ts';
import type { DocumentReference } from '../ledger/types.ts';
import type { MapStandard } from '../mapping/trees/standards.ts';
import { failPoints } from '../util/fail-point.ts';
import { type Addressee, addresseeOf, type OutboundLine } from './addressee.ts';
import { type OutboundEvent, readOutboundEvent } from './event.ts';
import { type Numbering, numberDocument, type Serials } from './number.ts';
import { partnerEnvelope } from './partner-envelope.ts';
import type { OutboundParts } from './parts.ts';
import { render } from './render.ts';

/** An event that will be sent, and the documents made of it. */
export interface AcceptedEvent {
  readonly eventId: string;
  readonly partnerId: string;
  readonly documents: readonly SentDocumentRow[];
}

/** How often documents are numbered anew when another process was faster. */
const MOST_TRIES = 50;
/** More findings than this say nothing new. */
const MOST_FINDINGS = 5;

/** Lets one event of a partner be numbered at a time, in this process. */
export type Turns = (partnerId: string) => Promise<() => void>;

/**
 * Step one: accept · translate · number · envelope. When it answers, the event, its documents, their control numbers and the
 * work to deliver them are durable, in one transaction; the bytes are in the archive before. The id of the event is the key: the
 * same event gives the same answer, another one of that id is EVENT_CONFLICT. A refusal takes no number.
 */
export async function accept(parts: OutboundParts, turns: Turns, body: JsonObject): Promise<AcceptedEvent> {
  const event = readOutboundEvent(body);
  const known = await knownAnswer(parts, event);
  if (known !== null) return known;
  const addressee = addresseeOf(parts.configuration(), event);
  const partnerId = addressee.partner.id;
  for (const { agreement } of addressee.lines) checkConnection(parts, partnerId, agreement.via);
  const leave = await turns(partnerId);
  try {
    await record(parts, event, addressee);
  } finally {
    leave();
  }
  await failPoints?.reach('outbound.after_number');
  parts.ring();
  const answer = await knownAnswer(parts, event);
  if (answer === null) throw new GatewayError('INTERNAL', 'The ledger did not say what it recorded. Send it again.');
  return answer;
}

async function knownAnswer({ ledger }: OutboundParts, event: OutboundEvent): Promise<AcceptedEvent | null> {
  const known = await ledger.outboundEvent(event.id);
  if (known === null) return null;
  if (known.contentHash !== event.contentHash) {
    const what = `The event "${event.id}" came before with other content.`;
    throw new GatewayError('EVENT_CONFLICT', `${what} Give each event an id of its own.`);
  }
  return { eventId: event.id, partnerId: known.partnerId, documents: await ledger.documentsOfEvent(event.id) };
}

function checkConnection({ senderOf }: OutboundParts, partnerId: string, via: string): void {
  if (senderOf(partnerId, via) !== null) return;
  const what = `The connection "${via}" of ${partnerId} cannot send.`;
  throw new GatewayError('CONNECTION_NOT_FOUND', `${what} Name one of a folder with "dropOff", SFTP or AS2 in "via".`);
}

async function record(parts: OutboundParts, event: OutboundEvent, addressee: Addressee): Promise<void> {
  const { ledger, clock } = parts;
  const partnerId = addressee.partner.id;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const acceptedAt = clock.now();
    const documents = await makeDocuments(parts, event, addressee, await ledger.nextSerials(partnerId), acceptedAt);
    const { id, contentHash, json } = event;
    const row = { eventId: id, partnerId, contentHash, body: json, acceptedAt };
    if ((await ledger.recordOutbound(row, documents)) !== 'numbers-taken') return;
  }
  throw new GatewayError('LEDGER_UNAVAILABLE', 'Others took every control number meanwhile. Send the event again.');
}

async function makeDocuments(
  parts: OutboundParts,
  event: OutboundEvent,
  { partner, lines }: Addressee,
  first: Serials,
  acceptedAt: number,
): Promise<readonly NumberedDocument[]> {
  const references = referencesOf(event);
  const made: NumberedDocument[] = [];
  let serials = first;
  for (const line of lines) {
    const numbering = numberDocument(serials, line.agreement.standard);
    serials = numbering.next;
    const numbers = numbering.numbers;
    const envelope = partnerEnvelope(partner, line.map, {
      style: line.agreement.style,
      now: new Date(acceptedAt),
      numbers,
    });
    const bytes = write(parts, event, line, { envelope, timezone: partner.timezone });
    const stored = await parts.archive.put(once(bytes), bytes.length);
    const document = { ...facts(parts, event, line, numbering), ...stored, partnerId: partner.id, acceptedAt };
    made.push({ document: { ...document, test: envelope.test }, numbers: numbering.taken, references });
  }
  return made;
}

/** The bytes of one document; DOCUMENT_NOT_WRITTEN tells what the event or the map lacks. */
function write(
  { configuration }: OutboundParts,
  event: OutboundEvent,
  { map }: OutboundLine,
  context: Pick<Parameters<typeof render>[1], 'envelope' | 'timezone'>,
): Buffer {
  const { dictionaries } = configuration();
  const { bytes, findings } = render([event], { ...context, map, dictionaries });
  if (bytes !== null) return bytes;
  const faults = findings.filter(({ severity }) => severity === 'rejected').slice(0, MOST_FINDINGS);
  const said = faults.map(({ code, path, text, remedy }) => `${code} ${path}: ${text} ${remedy}`).join(' ');
  throw new GatewayError('DOCUMENT_NOT_WRITTEN', `${map.pin} writes no document of this event. ${said}`);
}

function facts({ ids }: OutboundParts, event: OutboundEvent, { agreement, map }: OutboundLine, numbering: Numbering) {
  const id = ids('doc');
  const { document: type, standard, via, expect } = agreement;
  const { interchangeControlNumber, groupControlNumber, controlNumber } = numbering;
  const { ending, contentType } = FILES[standard];
  return {
    id,
    eventId: event.id,
    eventType: event.type,
    connection: via,
    standard,
    type,
    release: map.document.release,
    mapPin: map.pin,
    groupCode: 'group' in map.document ? map.document.group : '',
    interchangeControlNumber,
    groupControlNumber,
    controlNumber,
    // A name of ours: nothing of the event's text gets into a path.
    name: `${type}-${id.slice(id.indexOf('_') + 1)}.${ending}`,
    contentType,
    expect,
  };
}

const FILES: Readonly<Record<MapStandard, { readonly ending: string; readonly contentType: string }>> = {
  x12: { ending: 'edi', contentType: 'application/edi-x12' },
  edifact: { ending: 'edi', contentType: 'application/edifact' },
  json: { ending: 'json', contentType: 'application/json' },
  xml: { ending: 'xml', contentType: 'application/xml' },
  csv: { ending: 'csv', contentType: 'text/csv' },
};

function referencesOf({ type, data }: OutboundEvent): readonly DocumentReference[] {
  const entry = eventType(type);
  return entry === undefined ? [] : planOf(entry.body).walk(data, null).references;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
