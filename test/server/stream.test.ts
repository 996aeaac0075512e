import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import type { Ledger } from '../../src/ledger/types.ts';
import { newEvent } from '../contracts/ledger-samples.ts';
import { eventually } from '../support/eventually.ts';
import { ask, at, begin, events, type Gateway, startGateway } from './support.ts';

interface Frame {
  readonly id: string;
  readonly event: unknown;
}

/** The frames of a stream, read as they are asked for. */
async function* framesOf(stream: IncomingMessage): AsyncGenerator<Frame> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const frame = /^id: (.+)\ndata: (.+)$/.exec(text.slice(0, end));
      text = text.slice(end + 2);
      if (frame !== null) yield { id: String(frame[1]), event: JSON.parse(String(frame[2])) };
    }
  }
}

async function take(frames: AsyncGenerator<Frame>, count: number): Promise<readonly Frame[]> {
  const taken: Frame[] = [];
  while (taken.length < count) {
    const { value, done } = await frames.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

const idsOf = (frames: readonly Frame[]) => frames.map(({ event }) => at(event, 'id'));

describe('the event stream', () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway();
  });
  afterEach(() => gateway.stop());

  const open = (query = '', headers: Readonly<Record<string, string>> = {}) =>
    begin(`${gateway.url}/v1/events/stream${query}`, { headers });

  it('sends what is recorded, and what is recorded later', async () => {
    await gateway.record(events(1, 250));
    const stream = await open();
    assert.match(String(stream.headers['content-type']), /^text\/event-stream/);
    assert.match(String(stream.headers['cache-control']), /no-transform/);
    assert.equal(stream.headers['content-encoding'], undefined);
    const frames = framesOf(stream);
    const past = await take(frames, 250);
    assert.deepEqual(past[0]?.event, (await gateway.ledger.event('e1'))?.event);
    await gateway.record(events(251, 252));
    assert.deepEqual(
      idsOf([...past, ...(await take(frames, 2))]),
      events(1, 252).map(({ id }) => id),
    );
    stream.destroy();
  });

  it('goes on after Last-Event-ID, which wins over the query', async () => {
    await gateway.record(events(1, 10));
    const first = await open();
    const [, second] = await take(framesOf(first), 2);
    first.destroy();
    assert.ok(second !== undefined);
    const resumed = await open('', { 'last-event-id': second.id });
    const frames = framesOf(resumed);
    assert.deepEqual(
      idsOf(await take(frames, 8)),
      events(3, 10).map(({ id }) => id),
    );
    await gateway.record(events(11, 11));
    const [last] = await take(frames, 1);
    assert.deepEqual(idsOf(last === undefined ? [] : [last]), ['e11']);
    resumed.destroy();
    const both = await open(`?after=${last?.id}`, { 'last-event-id': second.id });
    assert.deepEqual(idsOf(await take(framesOf(both), 1)), ['e3']);
    both.destroy();
  });

  it('shares its cursors with the feed', async () => {
    await gateway.record(events(1, 3));
    const page = await ask(`${gateway.url}/v1/events?limit=2`);
    const stream = await open(`?after=${at(page.json, 'next')}`);
    const [frame] = await take(framesOf(stream), 1);
    stream.destroy();
    assert.equal(at(frame?.event, 'id'), 'e3');
    assert.deepEqual(at((await ask(`${gateway.url}/v1/events?after=${frame?.id}`)).json, 'items'), []);
  });

  it('filters as the feed does', async () => {
    const stream = await open('?type=logistics.transport.*&subject=shipment/B');
    const held = newEvent('held', { type: 'logistics.transport.held.v1', subject: 'shipment/B' });
    await gateway.record([...events(1, 3), held]);
    assert.deepEqual(idsOf(await take(framesOf(stream), 1)), ['held']);
    stream.destroy();
  });

  it('refuses a cursor it never gave, and other parameters', async () => {
    assert.equal((await open('', { 'last-event-id': '7' })).statusCode, 400);
    assert.equal((await open('?limit=3')).statusCode, 400);
    const head = await ask(`${gateway.url}/v1/events/stream`, { method: 'HEAD' });
    assert.equal(head.status, 200);
  });

  it('ends when the server closes, at once and cleanly', async () => {
    await gateway.record(events(1, 1));
    const frames = framesOf(await open());
    await take(frames, 1);
    const closed = gateway.server.close();
    assert.deepEqual(await take(frames, 1), []);
    await closed;
  });
});

describe('the event stream of a quiet or slow client', () => {
  it('hears from the server every fifteen seconds when nothing happens', async () => {
    let now = 0;
    const gateway = await startGateway(() => ({ clock: { now: () => now } }));
    const stream = await begin(`${gateway.url}/v1/events/stream`);
    const chunks = stream.setEncoding('utf8')[Symbol.asyncIterator]();
    for (const at of [15_000, 30_000]) {
      now = at;
      gateway.server.notify();
      assert.equal((await chunks.next()).value, ': heartbeat\n\n');
    }
    stream.destroy();
    await gateway.stop();
    assert.deepEqual(gateway.log.lines, []);
  });

  it('reads the ledger no further than the client takes', async () => {
    const padding = 'x'.repeat(20_000);
    let read = 0;
    const endless: Ledger['events'] = async (_filter, after, limit) => {
      const positions = Array.from({ length: limit }, (_, index) => after + index + 1);
      read = after + limit;
      return positions.map((position) => {
        const event = newEvent(`e${position}`, { data: { padding } });
        return { position, json: JSON.stringify(event), event };
      });
    };
    const gateway = await startGateway(({ ledger }) => ({ ledger: { ...ledger, events: endless } }));
    const stream = await begin(`${gateway.url}/v1/events/stream`);
    let quietLooks = 0;
    let before = -1;
    await eventually('the server stops reading', () => {
      quietLooks = read === before ? quietLooks + 1 : 0;
      before = read;
      return quietLooks > 40;
    });
    // What fits into the sockets of both sides and one page, of a ledger without end.
    assert.ok(read * padding.length < 32 * 1024 * 1024, `${read} events were read ahead`);
    const frames = await take(framesOf(stream), before + 500);
    assert.equal(frames.length, before + 500);
    assert.deepEqual(
      idsOf(frames),
      frames.map((_, index) => `e${index + 1}`),
    );
    stream.destroy();
    await gateway.stop();
  });
});
