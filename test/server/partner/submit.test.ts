import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mock } from 'node:test';
import { systemClock } from '../../../src/util/clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice } from '../../support/warehouse.ts';
import { at } from '../support.ts';
import { idOf, KEYS, type PartnerApi, signed, startPartnerApi } from './support.ts';

const ADVICE = fromWarehouse(1, shippingAdvice(1));
const OTHER = fromWarehouse(2, shippingAdvice(2));

describe('a partner that posts documents', () => {
  const folder = tempFolder();
  let api: PartnerApi;
  beforeEach(async () => {
    api = await startPartnerApi(folder(), { idle: 5_000, headers: 5_000, request: 10_000, connections: 50 });
  });
  afterEach(() => api.stop());

  const code = (posted: { json: unknown }) => at(posted.json, 'code');
  const files = async () => (await api.test.files()).map(({ name, connection, size }) => ({ name, connection, size }));

  it('gets 202 and where its state is, once the file is durable', async () => {
    const posted = await api.submit(ADVICE, { 'content-disposition': 'attachment; filename="945.edi"' });
    assert.equal(posted.status, 202);
    assert.equal(at(posted.json, 'state'), 'received');
    assert.equal(posted.headers.get('location'), `/partner/v1/documents/${idOf(posted)}`);
    assert.deepEqual(await files(), [{ name: '945.edi', connection: 'http:warehouse/api', size: ADVICE.length }]);
  });

  it('finds state, documents and the acknowledgment later', async () => {
    const id = idOf(await api.submit(ADVICE));
    const before = await api.status(id);
    assert.deepEqual([at(before.json, 'state'), at(before.json, 'acknowledgment')], ['received', null]);
    await api.test.workOff();
    const { json } = await api.status(id);
    assert.deepEqual(
      [at(json, 'state'), at(json, 'documents', '0', 'type'), at(json, 'documents', '0', 'state')],
      ['processed', '945', 'processed'],
    );
    assert.match(String(at(json, 'acknowledgment')), /\nAK1\*SW\*1~\nAK2\*945\*0001~\nAK5\*A~\nAK9\*A\*1\*1\*1~\n/);
  });

  it('reads the same acknowledgment at every question, however long after', async () => {
    const id = idOf(await api.submit(ADVICE));
    await api.test.workOff();
    const acknowledgment = async () => at((await api.status(id)).json, 'acknowledgment');
    const first = await acknowledgment();
    assert.match(String(first), /^ISA\*/);
    // Made anew it would bear the moment of the second question.
    const { now } = systemClock;
    mock.method(systemClock, 'now', () => now() + 3_600_000);
    const second = await acknowledgment();
    mock.restoreAll();
    assert.equal(second, first);
  });

  it('reads what is wrong with a document, and the acknowledgment that rejects it', async () => {
    const id = idOf(await api.submit(ADVICE.replace(/~SE\*\d+\*/, '~SE*99*')));
    await api.test.workOff();
    const { json } = await api.status(id);
    assert.equal(at(json, 'state'), 'rejected');
    assert.equal(at(json, 'documents', '0', 'findings', '0', 'code'), 'SET_COUNT_WRONG');
    assert.match(String(at(json, 'acknowledgment')), /\nAK5\*R\*4~\n/);
  });

  it('is refused with the same words whatever is wrong with its key', async () => {
    const wrong = [
      '',
      'Bearer x',
      `Basic ${KEYS.warehouse}`,
      `Bearer ${KEYS.warehouse.slice(0, -1)}x`,
      'Bearer cdk_nobody01.x',
    ];
    const answers = await Promise.all(wrong.map((authorization) => api.submit(ADVICE, { authorization })));
    assert.deepEqual(
      [...new Set(answers.map((answer) => `${answer.status} ${String(at(answer.json, 'detail'))}`))],
      ['401 The request shows no key that is known here. Send the header "Authorization: Bearer" with your key.'],
    );
    assert.deepEqual(await files(), []);
  });

  it('may use either of two keys while one is replaced', async () => {
    assert.equal((await api.submit(ADVICE, { authorization: `Bearer ${KEYS.warehouseNext}` })).status, 202);
  });

  it('that guesses keys is held up', async () => {
    const guess = () => api.submit('', { authorization: 'Bearer cdk_nobody01.x' });
    const answers = await Promise.all(Array.from({ length: 40 }, guess));
    const held = answers.filter(({ status }) => status === 429);
    assert.equal(held.length, 10);
    assert.equal(code(held[0] ?? { json: null }), 'RATE_LIMITED');
    assert.match(held[0]?.headers.get('retry-after') ?? '', /^\d+$/);
  });

  it('sees nothing of what another partner sent', async () => {
    const id = idOf(await api.submit(ADVICE));
    const asked = await api.status(id, KEYS.carrier);
    assert.deepEqual([asked.status, code(asked)], [404, 'NOT_FOUND']);
    assert.equal(
      asked.text.replaceAll(id, 'X').replace(/"traceId":"[^"]*"/, ''),
      (await api.status('X', KEYS.carrier)).text.replace(/"traceId":"[^"]*"/, ''),
    );
  });

  it('may send the same again under one idempotency key, and gets the same answer', async () => {
    const first = await api.submit(ADVICE, { 'idempotency-key': 'order-7' });
    const second = await api.submit(ADVICE, { 'idempotency-key': 'order-7' });
    assert.deepEqual([second.status, idOf(second)], [202, idOf(first)]);
    assert.equal(second.headers.get('idempotent-replayed'), 'true');
    assert.equal((await files()).length, 1);
  });

  it('sends twice at once under one idempotency key, and one file comes of it', async () => {
    const both = await Promise.all([1, 2].map(() => api.submit(ADVICE, { 'idempotency-key': 'order-7' })));
    assert.equal(new Set(both.map(idOf)).size, 1);
    assert.equal((await files()).length, 1);
  });

  it('is refused when one idempotency key comes with other bytes', async () => {
    await api.submit(ADVICE, { 'idempotency-key': 'order-7' });
    const other = await api.submit(OTHER, { 'idempotency-key': 'order-7' });
    assert.deepEqual([other.status, code(other)], [422, 'IDEMPOTENCY_CONFLICT']);
    assert.equal((await files()).length, 1);
  });

  it('shares no idempotency key with another partner', async () => {
    await api.submit(ADVICE, { 'idempotency-key': 'order-7' });
    const other = await api.submit(OTHER, { 'idempotency-key': 'order-7', authorization: `Bearer ${KEYS.carrier}` });
    assert.equal(other.status, 202);
  });

  it('is told when the same bytes came before', async () => {
    await api.submit(ADVICE);
    assert.equal(at((await api.submit(ADVICE)).json, 'state'), 'duplicate');
  });

  it('is refused where the body is empty, too large, a form, or encoded', async () => {
    const refused = [
      await api.submit(''),
      await api.submit('x'.repeat(64 * 1024 + 1)),
      await api.submit(ADVICE, { 'content-type': 'multipart/form-data; boundary=x' }),
      await api.submit(ADVICE, { 'content-encoding': 'gzip' }),
      await api.submit(ADVICE, { 'idempotency-key': 'two words' }),
    ];
    assert.deepEqual(
      refused.map((answer) => `${answer.status} ${String(code(answer))}`),
      [
        '400 REQUEST_INVALID',
        '413 PAYLOAD_TOO_LARGE',
        '415 TYPE_UNSUPPORTED',
        '415 TYPE_UNSUPPORTED',
        '400 REQUEST_INVALID',
      ],
    );
    assert.deepEqual(await files(), []);
  });

  it('is cut off while a body without a length grows beyond the limit', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(16 * 1024)),
    });
    const headers = { authorization: `Bearer ${KEYS.warehouse}` };
    const sent = fetch(`${api.url}/partner/v1/documents`, { method: 'POST', body: endless, headers, duplex: 'half' });
    const outcome = await sent.then(
      (response) => response.status,
      () => 'cut off',
    );
    assert.ok(outcome === 413 || outcome === 'cut off', String(outcome));
    assert.deepEqual(await files(), []);
  });

  it('that sends a byte now and then, or stops, holds a socket for a moment only', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.on('error', () => {});
    const head = `POST /partner/v1/documents HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${KEYS.warehouse}\r\ncontent-length: 999\r\n\r\nISA`;
    socket.write(head);
    socket.resume();
    await once(socket, 'close');
    assert.deepEqual(await files(), []);
  });

  it('that leaves in the middle of a body leaves nothing behind', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    const head = `POST /partner/v1/documents HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${KEYS.warehouse}\r\ncontent-length: ${ADVICE.length}\r\n\r\n`;
    socket.write(head + ADVICE.slice(0, 100));
    await once(socket, 'ready');
    socket.destroy();
    assert.equal((await api.submit(OTHER)).status, 202);
    assert.deepEqual(
      (await files()).map(({ size }) => size),
      [OTHER.length],
    );
  });

  it('with a hostile file name gives data, not a path', async () => {
    for (const name of ['../../etc/passwd', 'C:\\CON', '<img src=x>', 'a'.repeat(4096)]) {
      const posted = await api.submit(fromWarehouse(name.length, shippingAdvice(name.length)), {
        'content-disposition': `attachment; filename="${name.replaceAll('\\', '')}"`,
      });
      assert.equal(posted.status, 202, name);
    }
    assert.ok((await files()).every(({ name }) => name.length <= 255));
  });

  it('that signs its requests is believed when the signature fits', async () => {
    const posted = await api.submit(ADVICE, signed(ADVICE));
    assert.equal(posted.status, 202);
    const again = await api.submit(ADVICE, signed(ADVICE));
    assert.deepEqual([idOf(again), again.headers.get('idempotent-replayed')], [idOf(posted), 'true']);
  });

  it('that should sign is refused unsigned, signed for other bytes, with a cut signature, or too long ago', async () => {
    const fit = signed(ADVICE);
    const { 'webhook-signature': signature = '' } = fit;
    const refused = [
      await api.submit(ADVICE, { authorization: `Bearer ${KEYS.warehouseSigning}` }),
      await api.submit(OTHER, fit),
      await api.submit(ADVICE, { ...fit, 'webhook-signature': signature.slice(0, -8) }),
      await api.submit(ADVICE, { ...fit, 'webhook-id': 'msg_2' }),
      await api.submit(ADVICE, signed(ADVICE, 301)),
      await api.submit(ADVICE, signed(ADVICE, -301)),
    ];
    assert.deepEqual(
      refused.map((answer) => `${answer.status} ${String(code(answer))}`),
      Array.from({ length: 6 }, () => '401 CREDENTIALS_REFUSED'),
    );
    assert.deepEqual(await files(), []);
  });
});
