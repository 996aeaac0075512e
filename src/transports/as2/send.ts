import type { Clock } from '../../util/clock.ts';
import { failPoints } from '../../util/fail-point.ts';
import { awaitMdn, recordReceipt, rememberSent } from './await-mdn.ts';
import type { BuiltMessage } from './build.ts';
import { expectedOf, readReceipt } from './mdn-read.ts';
import { type PostOptions, post } from './post.ts';
import type { SentMessages } from './sent-messages.ts';
import type { As2Agreement } from './types.ts';

/** What one attempt came to. */
export type SendOutcome =
  /** The MDN says that the partner has the very bytes. */
  | { readonly result: 'delivered'; readonly warning: string | null }
  /** The partner's server took it, and no MDN was asked for; or the MDN comes later. */
  | { readonly result: 'taken' | 'awaiting-mdn' }
  /** It will not be better by sending the same again. */
  | { readonly result: 'refused'; readonly reason: string }
  /** To be sent again, unchanged and with the same Message-ID. */
  | { readonly result: 'again'; readonly reason: string };

export interface SendParts extends Omit<PostOptions, 'sealed'> {
  readonly sent: SentMessages;
  readonly clock: Clock;
}

/**
 * Posts a message once. What it must be compared with later is durable before. TARGET_REFUSED when the address is not one
 * that may be asked, as one without TLS for a message that is not encrypted.
 */
export async function sendMessage(
  message: BuiltMessage,
  agreement: As2Agreement,
  parts: SendParts,
): Promise<SendOutcome> {
  const { mdn } = agreement;
  if (mdn.mode === 'async') {
    const receipt = (await parts.sent.sent(message.messageId))?.receipt;
    // An earlier attempt arrived after all.
    if (receipt?.result === 'delivered') return { result: 'delivered', warning: receipt.reason };
    await rememberSent(message, agreement, parts);
  }
  const posted = await post(agreement.url, message.headers, message.body, {
    ...parts,
    sealed: agreement.encrypt !== null,
  });
  await failPoints?.reach('as2.after_post');
  if (posted.status === null) return { result: 'again', reason: posted.reason };
  const { status, entity } = posted;
  if (status < 200 || status > 299) return refusedStatus(status);
  if (mdn.mode === 'none') return { result: 'taken' };
  const later = mdn.mode === 'async';
  const receipt =
    later && entity.body.size === 0
      ? ({ result: 'no-receipt', reason: 'There is none.' } as const)
      : await readReceipt(entity, expectedOf(message, agreement, parts.clock.now()));
  if (receipt.result !== 'no-receipt') {
    // Some partners answer at once although the MDN was to come later.
    const sent = later ? await parts.sent.sent(message.messageId) : null;
    if (sent !== null) await recordReceipt(sent, receipt, parts);
    return receipt;
  }
  if (later) {
    await awaitMdn(message, agreement, parts);
    return { result: 'awaiting-mdn' };
  }
  return { result: 'again', reason: `The answer with status ${status} is no receipt. ${receipt.reason}` };
}

/** 408, 429 and 5xx may pass; everything else stays as it is. */
function refusedStatus(status: number): SendOutcome {
  const reason = `The partner's server answered ${status}.`;
  return { result: status === 408 || status === 429 || status >= 500 ? 'again' : 'refused', reason };
}
