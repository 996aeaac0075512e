import { contentOf } from '../../cms/content.ts';
import type { OwnKey } from '../../cms/decrypt.ts';
import { type Mic, writeMic } from './digest-names.ts';
import { type Disposition, writeDisposition } from './disposition.ts';
import { type LayerTools, multipartBody, signed } from './layers.ts';
import { createEntity, type Entity } from './mime/entity.ts';
import { type Header, headerBlock } from './mime/headers.ts';
import { writeName } from './names.ts';
import type { As2Agreement } from './types.ts';

export interface MdnContent {
  /** AS2 name of whom the message was for: us. */
  readonly recipient: string;
  /** As it came, byte for byte; null when it had none. */
  readonly originalMessageId: string | null;
  readonly disposition: Disposition;
  /** Null when the message could not be read so far. */
  readonly mic: Mic | null;
}

/** Who signs an MDN, and with what. */
export interface MdnSigner {
  readonly key: OwnKey;
  readonly sign: NonNullable<As2Agreement['sign']>;
  readonly style: Pick<As2Agreement, 'identifiedBy' | 'algorithmProtection' | 'digestNames'>;
}

const REPORTING = 'Crossdock';

/** A multipart/report (RFC 4130 7.4), signed where there is a signer. */
export async function buildMdn(
  content: MdnContent,
  signer: MdnSigner | null,
  tools: LayerTools & { readonly boundary: string },
): Promise<Entity> {
  const report = `${tools.boundary}-report`;
  const type = `multipart/report; report-type=disposition-notification; boundary="${report}"`;
  const parts = [humanPart(content), fieldsPart(content, signer?.style.digestNames ?? 'dashed')];
  const plain = createEntity([{ name: 'Content-Type', value: type }], multipartBody(parts, report));
  return signer === null ? plain : signed(plain, signer.key, signer.sign, signer.style, tools);
}

function humanPart({ disposition }: MdnContent): Entity {
  return createEntity(
    [
      { name: 'Content-Type', value: 'text/plain; charset=us-ascii' },
      { name: 'Content-Transfer-Encoding', value: '7bit' },
    ],
    contentOf(Buffer.from(`${sentenceOf(disposition)}\r\n`)),
  );
}

/** Nothing of what was received is repeated: a partner's text must not reach other readers by way of ours. */
function sentenceOf(disposition: Disposition): string {
  switch (disposition.type) {
    case 'processed':
      return 'The message was received and stored. This says nothing about the documents in it.';
    case 'processed/warning':
      return 'The message was received before; it was not processed again.';
    case 'processed/error':
    case 'failed/failure':
      return `The message was not processed: ${disposition.modifier}.`;
  }
}

function fieldsPart({ recipient, originalMessageId, disposition, mic }: MdnContent, names: 'dashed' | 'plain'): Entity {
  const fields: Header[] = [
    { name: 'Reporting-UA', value: REPORTING },
    { name: 'Original-Recipient', value: `rfc822; ${writeName(recipient)}` },
    { name: 'Final-Recipient', value: `rfc822; ${writeName(recipient)}` },
  ];
  if (originalMessageId !== null) fields.push({ name: 'Original-Message-ID', value: originalMessageId });
  fields.push({ name: 'Disposition', value: writeDisposition(disposition) });
  if (mic !== null) fields.push({ name: 'Received-Content-MIC', value: writeMic(mic, names) });
  return createEntity(
    [
      { name: 'Content-Type', value: 'message/disposition-notification' },
      { name: 'Content-Transfer-Encoding', value: '7bit' },
    ],
    contentOf(headerBlock(fields)),
  );
}
