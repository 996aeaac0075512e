import type { Request } from 'express';
import { GatewayError } from '../errors.ts';

/** More than this is no request of ours, in bytes, where a route says nothing else. */
const LARGEST = 64 * 1024;

/**
 * The body of a request as JSON, `{}` where there is none. TYPE_UNSUPPORTED for any other form, PAYLOAD_TOO_LARGE above
 * `largest` bytes, REQUEST_INVALID for what is no JSON.
 */
export async function readJsonBody(request: Request, largest = LARGEST): Promise<unknown> {
  const type = request.get('content-type');
  if (type !== undefined && !/^application\/(?:cloudevents\+)?json\s*(;|$)/i.test(type)) {
    throw new GatewayError('TYPE_UNSUPPORTED', `A body of type ${type.slice(0, 60)} is not taken. Send JSON.`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largest) throw new GatewayError('PAYLOAD_TOO_LARGE', `The body is larger than ${largest} bytes.`);
    chunks.push(chunk);
  }
  if (size === 0) return {};
  if (type === undefined) {
    throw new GatewayError('TYPE_UNSUPPORTED', 'The body has no type. Send it with content-type: application/json.');
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch (cause) {
    throw new GatewayError('REQUEST_INVALID', 'The body is no JSON. Send one JSON object.', { cause });
  }
}
