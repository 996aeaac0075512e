import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Archive } from '../archive/types.ts';
import { GatewayError } from '../errors.ts';
import type { FileRow } from '../ledger/types.ts';
import type { Answer } from './route.ts';
import { timeText } from './times.ts';

export const RAW: Answer = {
  description: 'The stored bytes, exactly.',
  mediaType: 'application/octet-stream',
  schema: { type: 'string', contentMediaType: 'application/octet-stream' },
};

/** Bytes that are not there any more, on purpose. */
export function purged(id: string, at: number): GatewayError {
  return new GatewayError(
    'BYTES_PURGED',
    `The bytes of ${id} were purged at ${timeText(at)}. Ask the partner for them.`,
  );
}

/**
 * Sends stored bytes as a download under a name of ours: what a sender calls a file is data.
 * A range that begins no answer, because the bytes are missing, is still answered with a problem; a whole file whose bytes have
 * changed ends without its end, so that nobody takes it for what came in.
 */
export async function sendRaw(
  archive: Archive,
  blob: Pick<FileRow, 'sha256' | 'size'> & { readonly id: string; readonly start: number; readonly end: number },
  request: Request,
  response: Response,
): Promise<void> {
  const { sha256, size, id, start, end } = blob;
  const whole = start === 0 && end === size;
  const source = archive.read(sha256, whole ? undefined : { start, end });
  await once(source, 'readable');
  response.set({
    'content-type': RAW.mediaType,
    'content-length': String(end - start),
    'content-disposition': `attachment; filename="${id.replace(/[^A-Za-z0-9_-]/g, '_')}.edi"`,
  });
  if (request.method === 'HEAD') {
    source.destroy();
    response.end();
  } else {
    await pipeline(source, response);
  }
}
