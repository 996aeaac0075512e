import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { testKey } from '../cms/support/keys.ts';
import { addAs2Partner, as2PartnerFile } from '../support/as2-place.ts';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway, startGatewayWith } from '../support/gateway.ts';
import { OUTBOUND_940, orderEvent, send, settledAs } from '../support/outbound.ts';
import { writeFiles } from '../support/temp-folder.ts';

describe('a gateway that sends orders over AS2', function () {
  this.timeout(120_000);
  let sender: Place;
  let receiver: Place;
  let receiving: GatewayProcess;
  let file: string;
  let mirrored: string;
  let gateway: GatewayProcess | undefined;

  before(async () => {
    const [alpha, beta] = [await testKey('alpha'), await testKey('beta')];
    sender = await createPlace({ CROSSDOCK_ALLOW_PRIVATE_TARGETS: 'true' });
    receiver = await createPlace({ CROSSDOCK_ALLOW_PRIVATE_TARGETS: 'true' });
    mirrored = as2PartnerFile('beta', 'alpha', 'http://127.0.0.1:9/as2')
      .replace('x12: ZZ/PEER', 'x12: ZZ/OURCO')
      .replace(/(us: \{.*)x12: ZZ\/OURCO/, '$1x12: ZZ/PEER');
    await addAs2Partner(receiver, beta, alpha, mirrored);
    receiving = await startGateway(receiver);
    const line = OUTBOUND_940.replace('expect: 997', 'retry: 1s..1s for 1h, expect: MDN');
    file = as2PartnerFile('alpha', 'beta', `${receiving.partner}/as2`) + line;
    await addAs2Partner(sender, alpha, beta, file);
  });
  afterEach(() => gateway?.kill9());
  after(async () => {
    await receiving?.kill9();
    for (const place of [sender, receiver]) place?.remove();
  });

  /** The 940s that the other side has. */
  const arrived = async () =>
    (await receiving.documents('type=940')).map(({ controlNumber, state }) => `${controlNumber} ${state}`);

  it('sends a message once, whose MDN was lost with the process, under the same Message-ID', async () => {
    const env = { NODE_ENV: 'test', FAILPOINTS: 'as2.after_post=kill@1' };
    const first = await startGatewayWith(sender, { env });
    await send(first, orderEvent('e1'));
    await eventually('it is dead', () => !first.running());
    await eventually('the order is there', async () => (await arrived())[0] === '0001 processed');
    const second = await startGateway(sender);
    gateway = second;
    const { id, reference, answeredAt } = await settledAs(second, 'e1', 'transport-confirmed');
    assert.equal(reference, `<${id}@crossdock>`);
    assert.notEqual(answeredAt, null, 'the MDN is what was expected');
    await send(second, orderEvent('e2'));
    await settledAs(second, 'e2', 'transport-confirmed');
    await eventually('each order is there once', async () =>
      isDeepStrictEqual((await arrived()).sort(), ['0001 processed', '0002 processed']),
    );
    assert.equal((await receiving.files()).length, 2);
    assert.equal(await second.stop(), 0);
    const { code, stdout } = await sender.run('ledger', 'check');
    assert.equal(code, 0, stdout);
  });

  it('says why a partner refuses a message, and does not try it again', async () => {
    const plain = file.replace('sign: sha256', 'sign: no');
    await writeFiles(sender.config, { 'partners/peer/partner.yaml': plain });
    gateway = await startGateway(sender);
    await send(gateway, orderEvent('e3'));
    const { reason } = await settledAs(gateway, 'e3', 'failed');
    assert.equal(reason?.code, 'DELIVERY_REFUSED');
    assert.match(reason?.text ?? '', /The partner refused the message: error: insufficient-message-security/);
    const { items } = JSON.parse(await gateway.text('/v1/exceptions?state=open'));
    assert.deepEqual(
      items.map(({ code }: { code: string }) => code),
      ['DELIVERY_REFUSED'],
    );
  });

  it('tries again what a partner that is away does not take, and others do not wait for it', async () => {
    const { partner } = receiving;
    await receiving.kill9();
    await writeFiles(sender.config, {
      'partners/peer/partner.yaml': file,
      'partners/near/partner.yaml': NEAR,
    });
    const sending = await startGateway(sender);
    gateway = sending;
    await send(sending, { ...orderEvent('far'), partnerid: 'peer' });
    await send(sending, { ...orderEvent('near'), partnerid: 'near' });
    await settledAs(sending, 'near', 'transport-confirmed');
    const { id, state } = await settledAs(sending, 'far', 'queued');
    assert.equal(state, 'queued');
    const attempts = async () => JSON.parse(await sending.text(`/v1/documents/${id}/attempts`)).items;
    await eventually('it was tried', async () => (await attempts()).length > 0);
    assert.match((await attempts())[0].error, /as2:peer\/main: .* It is tried again\./);
    receiving = await startAt(receiver, partner);
    await settledAs(sending, 'far', 'transport-confirmed');
  });

  it('is told by a receipt that comes later that the partner has the document, or refused it', async () => {
    const before = await startGateway(sender);
    await before.kill9();
    const { partner } = receiving;
    await receiving.kill9();
    const mdnTo = `${before.partner}/as2`;
    const allowing = mirrored.replace('mdn: sync', `mdn: sync\n      mdnAllowed: ["${mdnTo}"]`);
    await writeFiles(receiver.config, { 'partners/peer/partner.yaml': allowing });
    receiving = await startAt(receiver, partner);
    const later = file.replace('mdn: sync', `mdn: async\n      mdnTo: ${mdnTo}`);
    await writeFiles(sender.config, { 'partners/peer/partner.yaml': later });
    gateway = await startAt(sender, before.partner);
    await send(gateway, { ...orderEvent('later'), partnerid: 'peer' });
    const { answeredAt } = await settledAs(gateway, 'later', 'transport-confirmed');
    assert.notEqual(answeredAt, null, 'the MDN is what was expected');
    await gateway.kill9();

    await writeFiles(sender.config, { 'partners/peer/partner.yaml': later.replace('sign: sha256', 'sign: no') });
    gateway = await startAt(sender, before.partner);
    await send(gateway, { ...orderEvent('never'), partnerid: 'peer' });
    const { reason } = await settledAs(gateway, 'never', 'failed');
    assert.match(reason?.text ?? '', /insufficient-message-security/);
    const { items } = JSON.parse(await gateway.text('/v1/exceptions?state=open&cause=DELIVERY_REFUSED'));
    assert.deepEqual(
      items.map(({ scope }: { scope: string }) => scope),
      ['940', 'main'],
      'told once each: of this document, and of the one before at its delivery',
    );
  });
});

/** On the address that it had before, for those who know it by that. */
function startAt(place: Place, partner: string): Promise<GatewayProcess> {
  return startGatewayWith(place, { env: { CROSSDOCK_PARTNER: new URL(partner).host } });
}

const NEAR = `partner: near
name: A folder nearby
timezone: America/Chicago
identifiers: { x12: ZZ/NEAR }
us: { x12: ZZ/OURCO }
connections:
  main:
    folder: { dropOff: drop/near, every: 1s, ready: rename }
${OUTBOUND_940}`;
