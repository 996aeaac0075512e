import assert from 'node:assert/strict';
import { createPlace, type FileView, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { fromWarehouse, shipNotices, shippingAdvice, shippingOrder } from '../support/warehouse.ts';

describe('what comes a second time', () => {
  let place: Place;
  let gateway: GatewayProcess;

  before(async () => {
    place = await createPlace();
    gateway = await startGateway(place);
  });

  after(async () => {
    await gateway.kill9();
    place.remove();
  });

  /** Drops a file and waits for what becomes of it. */
  async function dropped(name: string, content: string): Promise<FileView> {
    const before = (await gateway.files()).filter((file) => file.name === name).length;
    await place.drop('warehouse', name, content);
    const files = await gateway.settled(...Array<string>(before + 1).fill(name));
    const file = files.at(-1);
    assert(file !== undefined);
    return file;
  }

  const told = ({ state, reason }: FileView): readonly unknown[] => [state, reason?.code];

  /** How many events of the feed name this text. */
  async function eventsNaming(text: string): Promise<number> {
    return (await gateway.events()).filter(({ data }) => JSON.stringify(data).includes(`"${text}"`)).length;
  }

  for (const [title, first, second] of [
    ['another name', 'a.edi', 'b.edi'],
    ['the same name', 'c.edi', 'c.edi'],
  ] as const) {
    it(`is a duplicate when the same bytes come under ${title}`, async () => {
      const number = title.length;
      const text = fromWarehouse(number, shippingAdvice(number));
      const original = await dropped(first, text);
      const copy = await dropped(second, text);
      assert.deepEqual(told(original), ['processed', undefined]);
      assert.deepEqual([...told(copy), copy.duplicateOf], ['duplicate', 'SAME_BYTES', original.id]);
      assert.equal(await eventsNaming(`DO-${number}`), 1);
    });
  }

  it('is a duplicate when the same interchange comes with line breaks and blanks at the end of elements', async () => {
    const text = fromWarehouse(20, shippingAdvice(20));
    assert.deepEqual(told(await dropped('20.edi', text)), ['processed', undefined]);
    const wrapped = fromWarehouse(20, shippingAdvice(20), { after: '\r\n' }).replace('*SHP-20~', '*SHP-20   ~');
    assert.notEqual(wrapped.length, text.length);
    const copy = await dropped('20-wrapped.edi', `${wrapped}\r\n  \r\n`);
    assert.deepEqual(told(copy), ['duplicate', 'DUPLICATE_INTERCHANGE']);
    assert.equal(copy.documents.duplicate, 1);
    assert.equal(await eventsNaming('DO-20'), 1);
  });

  it('is a duplicate beside a new interchange in one file, which is processed', async () => {
    const old = fromWarehouse(30, shippingAdvice(30));
    await dropped('30.edi', old);
    const both = await dropped('30-31.edi', old + fromWarehouse(31, shippingAdvice(31)));
    assert.equal(both.state, 'processed');
    assert.deepEqual([both.documents.processed, both.documents.duplicate], [1, 1]);
    assert.deepEqual([await eventsNaming('DO-30'), await eventsNaming('DO-31')], [1, 1]);
    const [document] = await gateway.documents(`file=${both.id}&state=duplicate`);
    assert.equal(document?.reason?.code, 'DUPLICATE_INTERCHANGE');
  });

  it('adds no events when the partner sends a document again under new control numbers', async () => {
    await dropped('40.edi', fromWarehouse(40, shipNotices(40, 41)));
    const again = await dropped('40-again.edi', fromWarehouse(45, shipNotices(40, 41)));
    assert.deepEqual([again.documents.duplicate, again.documents.processed], [2, 0]);
    const [document] = await gateway.documents(`file=${again.id}`);
    assert.equal(document?.reason?.code, 'RESEND');
    assert.deepEqual([await eventsNaming('ASN-40'), await eventsNaming('ASN-41')], [1, 1]);
  });

  it('adds only the new document of a resend that holds one', async () => {
    await dropped('50.edi', fromWarehouse(50, shipNotices(50)));
    const grown = await dropped('50-grown.edi', fromWarehouse(51, shipNotices(50, 51)));
    assert.deepEqual([grown.state, grown.documents.duplicate, grown.documents.processed], ['processed', 1, 1]);
    assert.deepEqual([await eventsNaming('ASN-50'), await eventsNaming('ASN-51')], [1, 1]);
  });

  it('is quarantined when a control number comes again with other content', async () => {
    await dropped('60.edi', fromWarehouse(60, shippingAdvice(60)));
    const reused = await dropped('60-other.edi', fromWarehouse(60, shippingAdvice(61)));
    assert.deepEqual(told(reused), ['quarantined', 'CONTROL_NUMBER_REUSED']);
    assert.match(reused.reason?.text ?? '', /000000060/);
    assert.deepEqual([await eventsNaming('DO-60'), await eventsNaming('DO-61')], [1, 0]);
    const traced = await place.run('trace', '60-other.edi');
    assert.match(traced.stdout, /quarantined \(CONTROL_NUMBER_REUSED: /);
  });

  it('is another file when other content comes under the same name', async () => {
    const first = await dropped('daily.edi', fromWarehouse(65, shippingAdvice(65)));
    const second = await dropped('daily.edi', fromWarehouse(66, shippingAdvice(66)));
    assert.deepEqual([...told(first), ...told(second)], ['processed', undefined, 'processed', undefined]);
    assert.notEqual(first.sha256, second.sha256);
    assert.deepEqual([await eventsNaming('DO-65'), await eventsNaming('DO-66')], [1, 1]);
  });

  it('may be tried again whole after it was cut off', async () => {
    const text = fromWarehouse(70, shippingAdvice(70));
    const cut = await dropped('70-cut.edi', text.slice(0, -30));
    assert.equal(cut.state, 'rejected');
    assert.deepEqual(told(await dropped('70.edi', text)), ['processed', undefined]);
    assert.equal(await eventsNaming('DO-70'), 1);
  });

  it('may carry the control number of a test interchange, whose numbers are counted by themselves', async () => {
    const trial = await dropped('80-test.edi', fromWarehouse(80, shippingAdvice(80), { usage: 'T' }));
    assert.deepEqual(told(trial), ['processed', undefined]);
    const live = await dropped('80-other.edi', fromWarehouse(80, shippingOrder(80)));
    assert.deepEqual(told(live), ['processed', undefined]);
  });

  it('is told when it came before only as a test', async () => {
    await dropped('90-test.edi', fromWarehouse(90, shippingAdvice(90), { usage: 'T' }));
    assert.equal(await eventsNaming('DO-90'), 0);
    const live = await dropped('90.edi', fromWarehouse(91, shippingAdvice(90)));
    assert.deepEqual(told(live), ['processed', undefined]);
    assert.equal(await eventsNaming('DO-90'), 1);
  });

  it('leaves a ledger that balances', async () => {
    const { code, stdout } = await place.run('ledger', 'check');
    assert.equal(code, 0, stdout);
  });
});
