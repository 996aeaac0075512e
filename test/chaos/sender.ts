import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../src/errors.ts';
import type { Place } from '../support/gateway.ts';
import type { Offer } from '../support/offers.ts';
import { CARRIER, WAREHOUSE } from '../support/warehouse.ts';
import type { Witness } from './witness.ts';

const KEYS = { warehouse: `cdk_wareh001.${'w'.repeat(43)}`, carrier: `cdk_carri001.${'c'.repeat(43)}` } as const;

/** Partners of the tests that have a folder and an API. */
export const PARTNERS = {
  'partners/warehouse/partner.yaml': withApi(WAREHOUSE, KEYS.warehouse),
  'partners/carrier/partner.yaml': withApi(CARRIER, KEYS.carrier),
} as const;

function withApi(partner: string, key: string): string {
  const hash = createHash('sha256').update(key).digest('base64');
  return partner.replace('inbound:', `  api: { http: { keys: "${key.slice(4, 12)}:sha256:${hash}" } }\ninbound:`);
}

/** How a file is offered: put into the partner's folder, or posted until it is answered 202. */
export type Way = 'folder' | 'http';

/** One answer to a post; null when there was none. */
export interface Answered {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly milliseconds: number;
}

/** Partners that offer files and remember what they were told. */
export interface Sender {
  /** Offers these, every other one over the API unless told how; resolves when each is dropped or answered 202. */
  send(offers: readonly Offer[], ways?: readonly Way[]): Promise<void>;
  /** Offers one over the API, once. */
  post(offer: Offer): Promise<Answered | null>;
  /** Every answer so far, also those of `send`. */
  readonly answers: readonly Answered[];
  /** Senders that try again give up. */
  stop(): void;
}

const AT_ONCE = 4;
const AGAIN = 250;
/** A sender that hears nothing for so long tries again, in milliseconds. */
const PATIENCE = 10_000;

/** `url` is where the partners' listener is at that moment. */
export function createSender(place: Place, witness: Witness, url: () => string): Sender {
  const answers: Answered[] = [];
  let stopped = false;

  async function post(offer: Offer): Promise<Answered | null> {
    witness.note(offer, 'offered', 'http');
    const began = performance.now();
    try {
      const response = await fetch(`${url()}/partner/v1/documents`, {
        method: 'POST',
        body: offer.content,
        headers: {
          authorization: `Bearer ${KEYS[offer.partner]}`,
          'idempotency-key': offer.name,
          'content-disposition': `attachment; filename="${offer.name}"`,
        },
        signal: AbortSignal.timeout(PATIENCE),
      });
      const text = await response.text();
      const answer = {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        milliseconds: performance.now() - began,
      };
      answers.push(answer);
      witness.note(offer, response.status === 202 ? 'acknowledged' : 'refused', text);
      return answer;
    } catch (error) {
      witness.note(offer, 'unknown', messageOf(error));
      return null;
    }
  }

  async function postUntilTaken(offer: Offer): Promise<void> {
    while (!stopped && (await post(offer))?.status !== 202) await pause(AGAIN);
  }

  async function drop(offer: Offer): Promise<void> {
    witness.note(offer, 'offered', 'folder');
    await place.drop(offer.partner, offer.name, offer.content);
  }

  return {
    answers,
    post,
    async send(offers, ways = ['folder', 'http']) {
      const waiting = [...offers.entries()];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined && !stopped; next = waiting.shift()) {
          const [index, offer] = next;
          await (ways[index % ways.length] === 'http' ? postUntilTaken(offer) : drop(offer));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
    stop() {
      stopped = true;
    },
  };
}
