import { contentOf, gather } from '../../cms/content.ts';
import type { MessageKey, StoredMdn } from '../../ledger/message-types.ts';
import type { Clock } from '../../util/clock.ts';
import type { Ids } from '../../util/ids.ts';
import type { Log } from '../../util/log.ts';
import type { Disposition } from './disposition.ts';
import { buildMdn, type MdnSigner } from './mdn-build.ts';
import type { AskedMdn } from './mdn-request.ts';
import type { Header } from './mime/headers.ts';
import { writeName } from './names.ts';
import type { OpenedMessage } from './open.ts';
import { chosen } from './rollover.ts';
import type { As2Agreement } from './types.ts';

interface AnswerParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** The MDN of a message, with the headers of its own. */
export async function answerMdn(
  disposition: Disposition,
  opened: Pick<OpenedMessage, 'mic' | 'signed'> | null,
  { key }: { readonly key: MessageKey },
  agreement: As2Agreement,
  asked: AskedMdn,
  { clock, ids, log }: AnswerParts,
): Promise<StoredMdn> {
  const now = clock.now();
  const id = ids('mdn');
  const digest = asked.digests[0] ?? opened?.signed?.digest ?? 'sha256';
  const mic = opened === null ? null : { digest, value: await opened.mic(digest) };
  const content = { recipient: key.ours, originalMessageId: key.messageId, disposition, mic };
  const keep = async (chunks: AsyncIterable<Buffer>) => contentOf(await gather(chunks));
  const signer = asked.signed ? mdnSigner(agreement, now) : null;
  const entity = await buildMdn(content, signer, { now, boundary: `=_${id}`, keep });
  const due = mdnTarget(asked, agreement);
  if (asked.url !== null && due === null) {
    const details = { connection: agreement.connection, messageId: key.messageId, url: asked.url };
    log.error(details, 'The MDN is to go to an address that is not agreed; it was answered at once instead.');
  }
  const headers: readonly Header[] = [
    { name: 'AS2-Version', value: '1.2' },
    { name: 'AS2-From', value: writeName(key.ours) },
    { name: 'AS2-To', value: writeName(key.theirs) },
    { name: 'Message-ID', value: `<${id}@crossdock>` },
    { name: 'Date', value: new Date(now).toUTCString() },
    { name: 'MIME-Version', value: '1.0' },
    { name: 'EDIINT-Features', value: 'multiple-attachments, AS2-Reliability' },
    ...entity.headers.all,
  ];
  return { headers, body: await gather(entity.body.chunks()), due };
}

/** Where an asynchronous MDN may go: the partner's own host, or an address that is agreed. Null for anywhere else. */
export function mdnTarget({ url }: AskedMdn, { url: own, mdnTargets }: As2Agreement): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, origin } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return origin === new URL(own).origin || mdnTargets.includes(url) ? url : null;
}

function mdnSigner(agreement: As2Agreement, now: number): MdnSigner | null {
  const key = chosen(agreement.ourKeys, ({ certificate }) => certificate, now);
  if (key === undefined) return null;
  return { key, sign: agreement.sign ?? { digest: 'sha256', scheme: 'pkcs1' }, style: agreement };
}
