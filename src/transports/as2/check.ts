import { type Content, contentOf, gather } from '../../cms/content.ts';
import { messageOf } from '../../errors.ts';
import type { As2Connection } from '../../partners/as2-types.ts';
import type { TradingPartner } from '../../partners/types.ts';
import type { Secrets } from '../../settings/secrets.ts';
import type { Clock } from '../../util/clock.ts';
import type { Ids } from '../../util/ids.ts';
import { type CheckStep, type CheckSteps, passed, stuck, tried } from '../check.ts';
import { checkServer } from '../http/check.ts';
import type { HttpClient } from '../http/client.ts';
import { readAgreement } from './agreement.ts';
import { buildMessage } from './build.ts';
import { complaintOf, expectedOf, readReceipt } from './mdn-read.ts';
import type { Entity } from './mime/entity.ts';
import { post } from './post.ts';
import { chosen } from './rollover.ts';
import type { As2Agreement } from './types.ts';

export interface As2CheckOptions {
  readonly client: HttpClient;
  readonly allowPrivate: boolean;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly ids: Ids;
}

const DEADLINE = 60_000;
const LARGEST_ANSWER = 1_048_576;
const TEXT = 'This message tests the connection between us. It holds no document: please ignore it.\r\n';

/**
 * Tries a connection: keys and certificates, the partner's server, and a message as agreed that holds a line of text, with its
 * MDN in the answer. Nothing of it is remembered here.
 */
export async function* checkAs2(
  partner: Pick<TradingPartner, 'id' | 'folder'>,
  connection: As2Connection,
  options: As2CheckOptions,
): CheckSteps {
  const { client, allowPrivate, secrets, clock } = options;
  const read = await tried(readAgreement(partner, connection, secrets));
  if ('error' in read) {
    return yield stuck('keys', messageOf(read.error), 'ours', 'Put the file or the secret that is named in its place.');
  }
  const agreement = read.value;
  yield* checkCertificates(agreement, clock.now());
  const sealed = agreement.encrypt !== null;
  if (!(yield* checkServer(new URL(agreement.url), { key: 'url', allowPrivate, sealed }))) return;
  yield await checkMessage(toTry(agreement), client, options);
}

/** The MDN is asked for in the answer, whatever is agreed. That certificates have ended was told: what else is wrong shows all the same. */
function toTry(agreement: As2Agreement): As2Agreement {
  const { mdn } = agreement;
  const tried = { ...agreement, endedCertificates: 'take' } as const;
  return mdn.mode === 'none' ? tried : { ...tried, mdn: { ...mdn, mode: 'sync', url: null } };
}

async function* checkCertificates(agreement: As2Agreement, now: number): CheckSteps {
  const ours = chosen(agreement.ourKeys, ({ certificate }) => certificate, now)?.certificate;
  const theirs = chosen(agreement.theirCertificates, (certificate) => certificate, now);
  if (ours !== undefined) {
    yield ours.validTo > now
      ? passed('our certificate', `${ours.fingerprint}, with its key`)
      : stuck(
          'our certificate',
          `it ended on ${day(ours.validTo)}`,
          'ours',
          'Make another and send it to the partner.',
        );
  }
  if (theirs === undefined) return;
  yield theirs.validTo > now
    ? passed('their certificate', theirs.fingerprint)
    : stuck('their certificate', `it ended on ${day(theirs.validTo)}`, 'theirs', 'The partner sends us its new one.');
}

function day(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

async function checkMessage(
  agreement: As2Agreement,
  client: HttpClient,
  { clock, ids }: Pick<As2CheckOptions, 'clock' | 'ids'>,
): Promise<CheckStep> {
  const body = contentOf(Buffer.from(TEXT));
  const keep = async (chunks: AsyncIterable<Buffer>): Promise<Content> => contentOf(await gather(chunks));
  const payload = { fileName: 'connection-test.txt', contentType: 'text/plain', body };
  try {
    const message = await buildMessage([payload], agreement, {
      now: clock.now(),
      messageId: `<${ids('check')}@crossdock>`,
      boundary: () => `=_${ids('part')}`,
      keep,
      subject: 'Connection test',
    });
    const sealed = agreement.encrypt !== null;
    const options = { client, sealed, deadline: DEADLINE, limit: LARGEST_ANSWER };
    const posted = await post(agreement.url, message.headers, message.body, options);
    if (posted.status === null) {
      return stuck('message', posted.reason, 'theirs', 'The partner looks why its AS2 server does not answer.');
    }
    if (posted.status < 200 || posted.status > 299) return refusedStatus(posted.status);
    if (agreement.mdn.mode === 'none') return passed('message', 'the server took it; no MDN is agreed');
    const receipt = await readReceipt(posted.entity, expectedOf(message, agreement, clock.now()));
    if (receipt.result !== 'delivered')
      return await refusedMessage(agreement, posted.entity, receipt.reason, clock.now());
    const how = agreement.mdn.signed ? 'signed by the partner, and about the bytes we sent' : 'not signed, as agreed';
    return passed('message', `it was taken; the MDN is ${how}`);
  } catch (error) {
    return stuck('message', messageOf(error), 'ours', 'Mend the connection as it says.');
  }
}

function refusedStatus(status: number): CheckStep {
  const says = `the server answers ${status}`;
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) {
    return stuck('message', says, 'ours', 'Compare "url" with what the partner gave out; redirects are not followed.');
  }
  return stuck('message', says, 'theirs', 'The partner looks into the log of its AS2 server.');
}

/** The partner's words for what is wrong say whose turn it is. */
async function refusedMessage(agreement: As2Agreement, answer: Entity, says: string, now: number): Promise<CheckStep> {
  const { ours, theirs, ourKeys, theirCertificates } = agreement;
  const said = ((await complaintOf(answer)) ?? '').replace(/^\w+: /, '');
  const step = (turn: CheckStep['fix'] & object): CheckStep => stuck('message', says, turn.turn, turn.what);
  switch (said) {
    case 'unknown-trading-partner':
    case 'unknown-trading-relationship':
      return step({ turn: 'theirs', what: `The partner enters our AS2 name "${ours}", and its own, "${theirs}".` });
    case 'authentication-failed': {
      const own = chosen(ourKeys, ({ certificate }) => certificate, now)?.certificate.fingerprint;
      return step({ turn: 'theirs', what: `The partner enters our certificate ${own ?? ''}.` });
    }
    case 'decryption-failed': {
      const used = chosen(theirCertificates, (certificate) => certificate, now)?.fingerprint;
      return step({ turn: 'theirs', what: `The partner looks whether ${used ?? ''} is still its certificate.` });
    }
    case 'insufficient-message-security':
      return step({ turn: 'ours', what: 'Ask what the partner demands, and set "sign" and "encrypt".' });
    default:
      return step({ turn: 'theirs', what: 'The partner looks into the log of its AS2 server.' });
  }
}
