import { contentOf } from '../../../../src/cms/content.ts';
import type { OwnKey } from '../../../../src/cms/decrypt.ts';
import { compressed, encrypted, type LayerTools, signed } from '../../../../src/transports/as2/layers.ts';
import { type Entity, readEntity } from '../../../../src/transports/as2/mime/entity.ts';
import { inMemory } from '../../../cms/support/messages.ts';
import { NOW, postRaw, type Station } from './station.ts';

/** A layer around a part, from the inside out. */
export type Layer = 'signed' | 'encrypted' | 'compressed';

let messages = 0;

/** A part written byte by byte. */
export async function part(text: string | Buffer): Promise<Entity> {
  const entity = await readEntity(contentOf(Buffer.isBuffer(text) ? text : Buffer.from(text, 'latin1')));
  if (entity === null) throw new Error('A part begins with its headers.');
  return entity;
}

/** The part within these layers, made with what the station has agreed. */
export async function wrapped(
  { agreement }: Station,
  inner: Entity,
  layers: readonly Layer[],
  as: { readonly signer?: OwnKey } = {},
): Promise<Entity> {
  const signer = as.signer ?? agreement.ourKeys[0]?.value;
  const recipient = agreement.theirCertificates[0]?.value;
  const { sign, encrypt } = agreement;
  if (signer === undefined || recipient === undefined || sign === null || encrypt === null) {
    throw new Error('The agreement of the station signs and encrypts.');
  }
  let entity = inner;
  for (const layer of layers) {
    const tools: LayerTools = { now: NOW, boundary: `raw-${++messages}`, keep: inMemory };
    if (layer === 'signed') entity = await signed(entity, signer, sign, agreement, tools);
    if (layer === 'encrypted') entity = await encrypted(entity, recipient, encrypt, agreement, tools);
    if (layer === 'compressed') entity = await compressed(entity, 'binary', tools);
  }
  return entity;
}

/** Headers of a message that asks for an unsigned MDN at once, which shows itself. */
export function as2Headers(
  { agreement }: Station,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    'AS2-From': agreement.ours,
    'AS2-To': agreement.theirs,
    'Message-ID': `<raw-${++messages}@tests>`,
    'Disposition-Notification-To': 'anybody',
    ...more,
  };
}

/** Posts a part from one station to the other, within layers, and answers what came back. */
export async function sendRaw(
  stations: readonly [Station, Station],
  inner: Entity,
  layers: readonly Layer[],
  more: Readonly<Record<string, string>> = {},
): ReturnType<typeof postRaw> {
  const [sender, receiver] = stations;
  return postEntity(receiver, as2Headers(sender, more), await wrapped(sender, inner, layers));
}

/** Posts an entity with these headers before its own. */
export async function postEntity(
  receiver: Station,
  headers: Readonly<Record<string, string>>,
  entity: Entity,
): ReturnType<typeof postRaw> {
  const own = Object.fromEntries(entity.headers.all.map(({ name, value }) => [name, value]));
  return postRaw(receiver, { ...headers, ...own }, await entity.body.bytes(0, entity.body.size));
}

/** The MIC that an unsigned MDN gives, in base64. */
export function micIn(text: string): string {
  return /^Received-Content-MIC: ([^,]*),/m.exec(text)?.[1] ?? 'none';
}
