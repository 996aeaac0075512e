import assert from 'node:assert/strict';
import { gs, isa, st } from '../edi/support/x12.ts';
import { createPlace, type FileView, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import {
  adviceSegments,
  controlNumber,
  fromCarrier,
  fromWarehouse,
  shippingAdvice,
  status,
} from '../support/warehouse.ts';

const advice = (number: number): string => fromWarehouse(number, shippingAdvice(number));

/** What a warehouse may send that is not right: the file, its state, its reason, and the documents in it by state. */
const FAULTS: readonly (readonly [
  title: string,
  content: string | Buffer,
  state: FileView['state'],
  code: string,
  documents: string,
])[] = [
  [
    'an interchange of an unknown sender',
    fromWarehouse(1, shippingAdvice(1), { sender: 'STRANGER' }),
    'quarantined',
    'SENDER_UNKNOWN',
    '1 quarantined',
  ],
  [
    'an interchange to somebody else',
    fromWarehouse(2, shippingAdvice(2), { receiver: 'ELSEWHERE' }),
    'quarantined',
    'RECEIVER_NOT_US',
    '1 quarantined',
  ],
  [
    'an interchange of another partner',
    fromCarrier(3, status(3)),
    'quarantined',
    'SENDER_NOT_ON_CONNECTION',
    '1 quarantined',
  ],
  [
    'a wrong segment count',
    fromWarehouse(4, gs('SW', st({ type: '945', count: 99 }, ...adviceSegments(4)))),
    'rejected',
    'SET_COUNT_WRONG',
    '1 rejected',
  ],
  [
    'a group whose trailer has another control number',
    fromWarehouse(5, gs({ code: 'SW', trailerControlNumber: '99' }, st('945', ...adviceSegments(5)))),
    'rejected',
    'GROUP_REJECTED',
    '1 rejected',
  ],
  ['a file cut off', advice(6).slice(0, -40), 'rejected', 'INTERCHANGE_TRAILER_MISSING', '1 rejected'],
  ['a file cut off in its header', advice(7).slice(0, 80), 'rejected', 'INTERCHANGE_HEADER_BROKEN', ''],
  ['an empty file', '', 'rejected', 'EMPTY_FILE', ''],
  [
    'bytes of any kind',
    Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919 + (at >> 3) * 31) % 256)),
    'rejected',
    'NOT_EDI',
    '',
  ],
  ['a text', 'Dear partner, please find attached our shipping advice.', 'rejected', 'NOT_EDI', ''],
];

describe('what is not right in a file', () => {
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

  async function dropped(name: string, content: string | Buffer): Promise<FileView> {
    await place.drop('warehouse', name, content);
    const [file] = await gateway.settled(name);
    assert(file !== undefined);
    return file;
  }

  for (const [title, content, state, code, documents] of FAULTS) {
    it(`${title}: ${state}, ${code}, in the API and in a trace, and no event comes of it`, async () => {
      const name = `${title.replaceAll(' ', '-')}.edi`;
      const file = await dropped(name, content);
      assert.deepEqual([file.state, file.reason?.code], [state, code]);
      assert.match(file.reason?.text ?? '', /\.$/);
      assert.equal(counted(file), documents);
      const rows = await gateway.documents(`file=${file.id}`);
      for (const { state: own, reason, events } of rows) {
        assert.deepEqual([own === 'received', reason === null, events], [false, false, 0]);
      }
      const traced = await place.run('trace', name);
      assert.equal(traced.code, 0, traced.stderr);
      assert.match(traced.stdout, new RegExp(`${state} \\(${code}: `));
    });
  }

  it('a bad set beside a good one: the good one flows, the bad one is rejected', async () => {
    const file = await dropped(
      'good-and-bad.edi',
      fromWarehouse(
        20,
        gs(
          'SW',
          st('945', ...adviceSegments(20)),
          st('945', 'W06*F*DO-21*20269904*SHP-21', 'LX*1', 'W12*CC*10*10*0*EA**VN*BOOT-43'),
          st('945', ...adviceSegments(22)),
        ),
      ),
    );
    assert.deepEqual([file.state, counted(file)], ['processed', '2 processed, 1 rejected']);
    const rows = await gateway.documents(`file=${file.id}`);
    assert.deepEqual(rows.map(({ controlNumber: number, state, reason }) => [number, state, reason?.code]).sort(), [
      ['0001', 'processed', undefined],
      ['0002', 'rejected', 'ELEMENT_DATE'],
      ['0003', 'processed', undefined],
    ]);
    assert.deepEqual(await ordersTold(file), ['DO-20', 'DO-22']);
  });

  it('an unknown set and a set without an agreement are told as document-received', async () => {
    const message = fromWarehouse(30, gs('TX', st('864', 'BMG*00', 'MIT*1*Holiday hours', 'MSG*Closed tomorrow')));
    const unknown = await dropped('unknown-set.edi', message);
    const foreign = await dropped(
      'without-agreement.edi',
      fromWarehouse(31, gs('QM', st('214', 'B10*P*S*CARR', 'LX*1', 'AT7*X3*NS***20261203*1555*CT'))),
    );
    for (const [file, type, code] of [
      [unknown, '864', 'SET_UNKNOWN'],
      [foreign, '214', 'NO_AGREEMENT'],
    ] as const) {
      assert.equal(file.state, 'processed');
      const [document] = await gateway.documents(`file=${file.id}`);
      assert.deepEqual([document?.type, document?.state, document?.reason?.code], [type, 'processed', code]);
      const [event, ...others] = await eventsOf(file);
      assert.deepEqual([event?.type, event?.data.set], ['logistics.exchange.document-received.v1', type]);
      assert.deepEqual(others, []);
    }
  });

  it('an interchange marked T from a live partner is translated and kept out of the feed', async () => {
    const file = await dropped('trial.edi', fromWarehouse(40, shippingAdvice(40), { usage: 'T' }));
    assert.deepEqual([file.state, counted(file)], ['processed', '1 processed']);
    const [document] = await gateway.documents(`file=${file.id}`);
    assert.deepEqual([document?.test, document?.events], [true, 1]);
    assert.deepEqual(await eventsOf(file), []);
    const [event] = await gateway.events(`test=true&document=${document?.id}`);
    assert.equal(event?.type, 'logistics.warehouse-order.shipped.v1');
  });

  it('rubbish around an interchange is passed over, and accounted for byte by byte', async () => {
    const file = await dropped('rubbish.edi', `Sent by mailbox 7\r\n\r\n${advice(50)}\r\n\u0000\u0000-- end --`);
    assert.equal(file.state, 'processed');
    const { gaps }: { gaps: readonly { reason: string; start: number; end: number }[] } = JSON.parse(
      await gateway.text(`/v1/files/${file.id}`),
    );
    assert.equal(gaps[0]?.start, 0);
    assert.equal(gaps.at(-1)?.end, file.size);
  });

  it('a name that would lead elsewhere or break a line is only a name', async () => {
    const name = 'a..\\..\n$(reboot) \u001b[31m.edi';
    const file = await dropped(name, advice(60));
    assert.deepEqual([file.state, file.name], ['processed', name]);
    const { stdout } = await place.run('trace', name);
    assert.match(stdout, /^file fil_/);
    assert.ok(!stdout.includes('\u001b'), 'a control character of the name reached the terminal');
    assert.equal((await gateway.documents(`ref=${controlNumber(60)}`)).length, 1);
  });

  it('TA1 alone in an interchange is no document and no fault', async () => {
    const file = await dropped(
      'ta1.edi',
      isa({ sender: 'WAREHOUSE', receiver: 'OURCO', controlNumber: '000000070' }, 'TA1*000000001*261204*1530*A*000'),
    );
    assert.deepEqual([file.state, file.reason, counted(file)], ['processed', null, '']);
  });

  it('leaves a ledger that balances and nothing in the drop folder', async () => {
    assert.deepEqual(await place.offered('warehouse'), []);
    const { code, stdout } = await place.run('ledger', 'check');
    assert.equal(code, 0, stdout);
  });

  async function eventsOf(file: FileView) {
    return (await gateway.events()).filter(({ correlationid }) => correlationid === file.id);
  }

  async function ordersTold(file: FileView): Promise<readonly unknown[]> {
    return (await eventsOf(file)).map(({ data }) => data.depositorOrder).sort();
  }
});

/** `2 processed, 1 rejected`; empty when there is no document. */
function counted({ documents }: FileView): string {
  const entries = Object.entries(documents).filter(([, count]) => count > 0);
  return entries.map(([state, count]) => `${count} ${state}`).join(', ');
}
