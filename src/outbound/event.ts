import { createHash } from 'node:crypto';
import { GatewayError } from '../errors.ts';
import { isList, isObject } from '../events/json.ts';
import type { Json, JsonObject } from '../events/types.ts';
import { validateData } from '../events/validate.ts';
import type { EventToWrite } from '../mapping/writing/types.ts';

/** An event that is to be sent to a partner. */
export interface OutboundEvent extends EventToWrite {
  readonly id: string;
  /** The extension `partnerid`; null where it names nobody. */
  readonly partnerId: string | null;
  /** The whole event as JSON. */
  readonly json: string;
  /** Of the event, whatever the order of its fields. */
  readonly contentHash: string;
}

const LONGEST_TEXT = 1_000;
const LONGEST_ID = 200;
/** As many faults as one answer tells. */
const MOST_FAULTS = 20;

/**
 * Reads a CloudEvent in structured JSON whose data fits its schema. EVENT_INVALID tells everything that is wrong with it, each
 * by its JSON Pointer.
 */
export function readOutboundEvent(body: JsonObject): OutboundEvent {
  const { id, type, data, partnerid } = body;
  const faults = envelopeFaults(body);
  if (typeof type !== 'string' || typeof id !== 'string' || !isObject(data) || faults.length > 0) throw invalid(faults);
  const issues = validateData(type, data).map(({ pointer, message }) => `/data${pointer} ${message}`);
  if (issues.length > 0) throw invalid(issues);
  const partnerId = typeof partnerid === 'string' ? partnerid : null;
  const contentHash = createHash('sha256').update(canonical(body)).digest('hex');
  return { id, type, data, partnerId, json: JSON.stringify(body), contentHash };
}

function envelopeFaults(body: JsonObject): readonly string[] {
  const faults: string[] = [];
  const { specversion, id, data, datacontenttype } = body;
  if (specversion !== '1.0') faults.push('/specversion must be "1.0"');
  for (const name of ['id', 'source', 'type']) {
    if (typeof body[name] !== 'string' || body[name].trim() === '') faults.push(`/${name} must be text`);
  }
  if (typeof id === 'string' && id.length > LONGEST_ID) faults.push(`/id is longer than ${LONGEST_ID} characters`);
  if (!isObject(data ?? null)) faults.push('/data must be an object');
  if (datacontenttype !== undefined && datacontenttype !== 'application/json') {
    faults.push('/datacontenttype must be application/json');
  }
  for (const [name, value] of Object.entries(body)) {
    if (name === 'data') continue;
    if (!/^[a-z0-9]{1,40}$/.test(name)) faults.push(`/${name.slice(0, 40)} is no attribute of a CloudEvent`);
    else if (isObject(value) || isList(value)) faults.push(`/${name} must be a single value`);
    else if (typeof value === 'string' && value.length > LONGEST_TEXT) faults.push(`/${name} is too long`);
  }
  return faults;
}

function invalid(faults: readonly string[]): GatewayError {
  const remedy = 'Send a CloudEvent in JSON whose data fits its schema; /v1/schemas has them.';
  return new GatewayError('EVENT_INVALID', `The event: ${faults.slice(0, MOST_FAULTS).join('; ')}. ${remedy}`);
}

/** The same text for the same value, whatever the order of its fields. */
function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`;
}
