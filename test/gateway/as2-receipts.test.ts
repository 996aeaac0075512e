import assert from 'node:assert/strict';
import { join } from 'node:path';
import { contentOf, gather } from '../../src/cms/content.ts';
import { openSqliteLedgerForReading } from '../../src/ledger/sqlite.ts';
import { buildMessage } from '../../src/transports/as2/build.ts';
import { type TestKey, testKey } from '../cms/support/keys.ts';
import { as2Agreement } from '../support/as2-agreement.ts';
import { addAs2Partner, as2PartnerFile } from '../support/as2-place.ts';
import { createPlace, type GatewayProcess, type Place, startGatewayWith } from '../support/gateway.ts';
import { POSTGRES } from '../support/servers/postgres.ts';
import { withServer } from '../support/servers/server.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';
import { dispositionIn } from '../transports/as2/support/station.ts';

/** What a partner sees of an answer. */
interface Answer {
  readonly status: number;
  /** Message-ID of the MDN. */
  readonly id: string | null;
  readonly text: string;
}

/** A message as bytes, to be sent as often as wanted. */
interface Ready {
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

async function send({ partner }: GatewayProcess, { headers, body }: Ready): Promise<Answer> {
  const response = await fetch(`${partner}/as2`, { method: 'POST', headers, body });
  const text = Buffer.from(await response.arrayBuffer()).toString('latin1');
  return { status: response.status, id: response.headers.get('message-id'), text };
}

describe('receipts of messages over AS2', function () {
  this.timeout(120_000);
  let keys: { readonly ours: TestKey; readonly theirs: TestKey };
  let place: Place;
  const running: GatewayProcess[] = [];

  async function prepare(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    keys = { ours: await testKey('us'), theirs: await testKey('them') };
    place = await createPlace(settings);
    await addAs2Partner(place, keys.ours, keys.theirs, as2PartnerFile('us', 'them', 'http://127.0.0.1:9/as2'));
  }

  async function start(env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
    const gateway = await startGatewayWith(place, { env });
    running.push(gateway);
    return gateway;
  }

  /** An advice as a message of the partner. */
  async function ready(id: string, number: number): Promise<Ready> {
    const document = Buffer.from(fromWarehouse(number, shippingAdvice(number), { sender: 'PEER' }));
    const us = { name: 'us', key: keys.ours };
    const agreement = as2Agreement({ name: 'them', key: keys.theirs }, us, { url: 'http://127.0.0.1:9/as2' });
    const { messageId, headers, body } = await buildMessage(
      [{ fileName: `${number}.edi`, contentType: 'application/edi-x12', body: contentOf(document) }],
      agreement,
      {
        now: Date.now(),
        messageId: `<${id}@them>`,
        boundary: () => `=_${id}_${number}_${performance.now()}`,
        keep: async (chunks) => contentOf(await gather(chunks)),
        subject: 'Documents',
      },
    );
    return {
      messageId,
      headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      body: Uint8Array.from(await gather(body.chunks())),
    };
  }

  /** The MDN that the ledger of the place has, while no gateway runs. */
  async function recorded(messageId: string): Promise<string | null> {
    const ledger = await openSqliteLedgerForReading({ file: join(place.data, 'ledger.sqlite') });
    const message = await ledger.message({ theirs: 'them', ours: 'us', messageId });
    await ledger.close();
    return message?.mdn?.body.toString('latin1') ?? null;
  }

  afterEach(async () => {
    for (const gateway of running.splice(0)) await gateway.kill9();
    place.remove();
  });

  it('are those of the first time when the gateway was killed before it could send them', async () => {
    await prepare();
    const message = await ready('killed', 1);
    await assert.rejects(send(await start({ NODE_ENV: 'test', FAILPOINTS: 'ingest.after_commit=kill' }), message));
    const first = await recorded(message.messageId);
    assert.notEqual(first, null);
    const gateway = await start();
    const answer = await send(gateway, message);
    assert.deepEqual([answer.status, dispositionIn(answer.text)], [200, 'processed']);
    assert.equal(answer.text, first);
    await gateway.settled('1.edi');
    assert.equal((await gateway.files()).length, 1);
  });

  it('are not there when it was killed before the documents were recorded, and come when they are sent again', async () => {
    await prepare();
    const message = await ready('lost', 1);
    await assert.rejects(send(await start({ NODE_ENV: 'test', FAILPOINTS: 'ingest.before_commit=kill' }), message));
    assert.equal(await recorded(message.messageId), null);
    const gateway = await start();
    assert.deepEqual(await gateway.files(), []);
    assert.equal(dispositionIn((await send(gateway, message)).text), 'processed');
    const [file] = await gateway.settled('1.edi');
    assert.equal(file?.state, 'processed');
  });

  describe('of two gateways on one PostgreSQL', () => {
    const server = withServer(POSTGRES);

    it('are the same, whichever of them a message reaches, also both at once', async () => {
      await prepare({ CROSSDOCK_DATABASE_URL: await server().createDatabase() });
      const [one, other] = await Promise.all([start(), start()]);
      const messages = await Promise.all([1, 2, 3, 4].map((number) => ready(`both-${number}`, number)));
      for (const message of messages) {
        const [first, second] = await Promise.all([send(one, message), send(other, message)]);
        assert.equal(dispositionIn(first.text), 'processed');
        assert.deepEqual(second, first);
        assert.deepEqual(await send(other, message), first);
      }
      assert.equal((await one.files()).length, messages.length);
    });

    it('refuse other documents under a Message-ID that the other one took', async () => {
      await prepare({ CROSSDOCK_DATABASE_URL: await server().createDatabase() });
      const [one, other] = await Promise.all([start(), start()]);
      assert.equal(dispositionIn((await send(one, await ready('same', 1))).text), 'processed');
      const { text } = await send(other, await ready('same', 2));
      assert.equal(dispositionIn(text), 'processed/error: unexpected-processing-error');
      assert.deepEqual(
        (await other.files()).map(({ name }) => name),
        ['1.edi'],
      );
    });
  });
});
