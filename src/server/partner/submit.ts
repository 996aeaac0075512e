import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { GatewayError } from '../../errors.ts';
import type { Accepted, HandedOver } from '../../inbound/accept.ts';
import { tooLarge } from '../../inbound/accept.ts';
import type { Origin } from '../../inbound/receive.ts';
import { connectionName } from '../../partners/connection-name.ts';
import { COUNT, oneOf, record, TEXT, TIME } from '../json-schema.ts';
import { json, type Route, route } from '../route.ts';
import { timeText } from '../times.ts';
import { type Caller, callerOf } from './caller.ts';
import { signedHeaders, verified } from './signature.ts';
import type { PartnerSources } from './sources.ts';

const SUBMITTED = record('What was taken; its state is at `status`.', {
  id: TEXT,
  state: { ...oneOf(['received', 'duplicate']), description: '`duplicate`: you sent the same bytes before.' },
  size: COUNT,
  sha256: TEXT,
  receivedAt: TIME,
  status: { ...TEXT, description: 'Path of its state, findings and acknowledgment.' },
});

/** Forms that are about forms, not documents. */
const NO_DOCUMENT = /^(multipart\/|application\/x-www-form-urlencoded)/i;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const LONGEST_NAME = 255;

/** `POST /partner/v1/documents`: the body is the document; 202 once it is durable. */
export function submitRoute({ partners, secrets, clock, accept }: PartnerSources): Route {
  return route({
    method: 'post',
    path: '/partner/v1/documents',
    operation: 'submitDocuments',
    summary: 'Takes a file of documents: X12, EDIFACT, XML, JSON or CSV as the body.',
    parameters: {},
    answer: json('Durable here', SUBMITTED),
    handle: async (_input, response, request) => {
      const caller = callerOf(request, partners());
      checkForm(request, caller);
      const { signed, largest } = caller.connection;
      const headers = signed === null ? null : signedHeaders(request, clock.now());
      const bytes: AsyncIterable<Buffer> =
        headers === null || signed === null ? request : verified(request, headers, secrets(signed));
      const origin = originOf(caller);
      const key = idempotencyKey(request) ?? headers?.id ?? null;
      const file: HandedOver = {
        sourceKey: `${origin.connection}:${key === null ? `once:${randomUUID()}` : `key:${key}`}`,
        name: nameOf(request),
        bytes,
        largest,
      };
      const { id, size, sha256, outcome }: Accepted = await accept(origin, file);
      const status = `/partner/v1/documents/${encodeURIComponent(id)}`;
      if (outcome === 'known') response.set('idempotent-replayed', 'true');
      response.status(202).set('location', status);
      const state = outcome === 'duplicate' ? 'duplicate' : 'received';
      response.json({ id, state, size, sha256, receivedAt: timeText(clock.now()), status });
    },
  });
}

/** `http:acme-3pl/api`. */
function originOf({ partner, connection }: Caller): Origin {
  return { connection: connectionName('http', partner.id, connection.id), partnerId: partner.id };
}

function checkForm(request: Request, { connection }: Caller): void {
  const type = request.get('content-type') ?? '';
  if (NO_DOCUMENT.test(type)) {
    const what = `A body of type ${type.slice(0, 60)} is not taken.`;
    throw new GatewayError('TYPE_UNSUPPORTED', `${what} Send the document itself as the body, one a request.`);
  }
  const encoding = request.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    const what = `A body encoded as ${encoding.slice(0, 60)} is not taken.`;
    throw new GatewayError('TYPE_UNSUPPORTED', `${what} Send it as it is.`);
  }
  if (Number(request.get('content-length') ?? 0) > connection.largest) throw tooLarge(connection.largest);
}

function idempotencyKey(request: Request): string | null {
  const key = request.get('idempotency-key');
  if (key === undefined) return null;
  if (IDEMPOTENCY_KEY.test(key)) return key;
  throw new GatewayError(
    'REQUEST_INVALID',
    'The Idempotency-Key must be 1 to 255 visible ASCII characters. Send a UUID.',
  );
}

/** The name a sender gives its file, as in `Content-Disposition: attachment; filename="850.edi"`: data, nothing else. */
function nameOf(request: Request): string {
  const [, quoted, plain] =
    /filename="([^"\\]*)"|filename=([^;"\s]+)/i.exec(request.get('content-disposition') ?? '') ?? [];
  const name = (quoted ?? plain ?? '').slice(0, LONGEST_NAME);
  return name === '' ? 'document' : name;
}
