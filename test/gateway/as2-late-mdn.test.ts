import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testKey } from '../cms/support/keys.ts';
import { addAs2Partner, as2PartnerFile } from '../support/as2-place.ts';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';
import { withStubs } from '../transports/as2/support/stub.ts';

/** What an HTTP message has that matters here. */
interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer<ArrayBuffer>;
}

describe('an MDN that comes later', function () {
  this.timeout(120_000);
  const stub = withStubs();
  let places: readonly Place[] = [];
  const running: GatewayProcess[] = [];

  afterEach(async () => {
    for (const gateway of running.splice(0)) await gateway.kill9();
    for (const place of places) place.remove();
  });

  async function start(place: Place): Promise<GatewayProcess> {
    const gateway = await startGateway(place);
    running.push(gateway);
    return gateway;
  }

  it('is an exception when it is overdue, closes that when it comes late, and counts once; an unknown one is told', async () => {
    const [alpha, beta] = [await testKey('alpha'), await testKey('beta')];
    places = [await createPlace({ CROSSDOCK_ALLOW_PRIVATE_TARGETS: 'true' }), await createPlace()];
    const [sender, receiver] = places;
    assert.ok(sender !== undefined && receiver !== undefined);
    await addAs2Partner(receiver, beta, alpha, as2PartnerFile('beta', 'alpha', 'http://127.0.0.1:9/as2'));
    const receiving = await start(receiver);
    const taking = await stub((response) => response.end());
    const later = 'mdn: async\n      mdnTo: http://127.0.0.1:9/as2\n      mdnWithin: 1s';
    await addAs2Partner(sender, alpha, beta, as2PartnerFile('alpha', 'beta', taking.url).replace('mdn: sync', later));

    const file = join(sender.folder, 'advice.edi');
    await writeFile(file, fromWarehouse(1, shippingAdvice(1), { sender: 'PEER' }));
    const sent = await sender.run('as2', 'send', file, '--partner', 'peer', '--json');
    assert.equal(sent.code, 0, sent.stderr);
    const { reference, confirmed }: { reference: string; confirmed: boolean } = JSON.parse(sent.stdout);
    assert.equal(confirmed, false);
    const due = Date.now() + 1_000;
    await eventually('the deadline is over', () => Date.now() > due);
    const gateway = await start(sender);
    const open = async (): Promise<string> => (await sender.run('exceptions', 'list', '--json')).stdout;
    assert.match(await open(), new RegExp(`"MDN_OVERDUE".*${reference}`, 's'));

    const [message] = taking.posted;
    assert.ok(message !== undefined);
    /** What the other side answers to the message; under another id it is an MDN for what we never sent. */
    const mdnFor = async (messageId: string): Promise<Posted> => {
      const kept = [
        'as2-from',
        'as2-to',
        'content-type',
        'disposition-notification-to',
        'disposition-notification-options',
      ];
      const headers = Object.fromEntries(kept.map((name) => [name, String(message.headers[name])]));
      const body = Buffer.from(message.body, 'latin1');
      const answer = await post(`${receiving.partner}/as2`, { headers: { ...headers, 'message-id': messageId }, body });
      const names = ['as2-from', 'as2-to', 'message-id', 'content-type', 'as2-version', 'mime-version'];
      return { ...answer, headers: Object.fromEntries(names.map((name) => [name, answer.headers[name] ?? ''])) };
    };
    const bring = async (mdn: Posted): Promise<void> => {
      assert.equal((await post(`${gateway.partner}/as2`, mdn)).status, 200);
    };
    const late = await mdnFor(reference);
    await bring(late);
    await eventually('it is resolved', async () => !(await open()).includes('MDN_OVERDUE'));
    await bring(late);
    await eventually('the second is told', () => /Another MDN came/.test(gateway.log()));
    await bring(await mdnFor('<never@alpha>'));
    await eventually('the unknown one is told', () =>
      /An MDN came for a message that was not sent/.test(gateway.log()),
    );
    assert.doesNotMatch(await open(), /MDN_OVERDUE|DELIVERY_REFUSED/);
  });
});

async function post(url: string, { headers, body }: Posted): Promise<Posted & { readonly status: number }> {
  const response = await fetch(url, { method: 'POST', headers, body });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  };
}
