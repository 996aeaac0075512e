import assert from 'node:assert/strict';
import { run } from '../support/crossdock.ts';

const ORDER = 'partners/demo-3pl/samples/940-order.edi';

describe('crossdock render', () => {
  it('writes the order that was read, as the partner agreed to get it', async () => {
    const events = await run(['translate', ORDER, '--partner', 'demo-3pl']);
    const { code, stdout, stderr } = await run(['render', '-', '--partner', 'demo-3pl'], { input: events.stdout });
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout.split('~\n');
    assert.match(
      lines[0] ?? '',
      /^ISA\*00\* {10}\*00\* {10}\*ZZ\*CROSSDOCK {6}\*ZZ\*DEMO3PL {8}\*\d{6}\*\d{4}\*U\*00401\*000000001\*0\*P\*:$/,
    );
    assert.match(lines[1] ?? '', /^GS\*OW\*CROSSDOCK\*DEMO3PL\*\d{8}\*\d{4}\*1\*X\*004010$/);
    assert.deepEqual(lines.slice(2, 5), ['ST*940*0001', 'W05*N*DO-10021*PO-7781', 'N1*SF*Demo 3PL Reno*92*DEMO-RENO']);
    assert.deepEqual(lines.slice(-4), ['SE*23*0001', 'GE*1*1', 'IEA*1*000000001', '']);
    const again = await run(['translate', '-', '--map', 'x12/940@1.0.0'], { input: stdout });
    assert.deepEqual(dataOf(again.stdout), dataOf(events.stdout));
  });

  it('takes one event, a list of events, or one a line', async () => {
    const event = {
      type: 'logistics.warehouse-order.released.v1',
      data: { depositorOrder: 'DO-1', lines: [{ quantity: 3, uom: 'each', sku: 'S1' }] },
    };
    const texts = [JSON.stringify(event, null, 2), JSON.stringify([event]), `${JSON.stringify(event)}\n\n`];
    for (const input of texts) {
      const { code, stdout } = await run(['render', '-', '--map', 'x12/940@1.0.0'], { input });
      assert.equal(code, 0);
      assert.deepEqual(stdout.split('~\n').slice(3, 6), ['W05*N*DO-1', 'LX*1', 'W01*3*EA**VN*S1']);
    }
  });

  it('shows nothing of an event that cannot be written, says why, and ends with 3', async () => {
    const input = JSON.stringify({
      type: 'logistics.warehouse-order.released.v1',
      data: { depositorOrder: 'D'.repeat(40) },
    });
    const { code, stdout, stderr } = await run(['render', '-', '--map', 'x12/940@1.0.0'], { input });
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /^rejected MAP_WRITE_VALUE data\/depositorOrder .*W0502 takes 1 to 22 characters/s);
  });

  const faults: readonly (readonly [string, readonly string[], string, RegExp])[] = [
    ['what is no JSON', [], '{', /EVENT_INVALID -:1 is no JSON: .* Write one event a line\./],
    ['what is no event', [], '{"id":"1"}', /EVENT_INVALID -, event 1 has no "type" and "data"/],
    ['an empty file', [], '', /EVENT_INVALID - holds no event/],
    [
      'an event that no map writes',
      [],
      '{"type":"logistics.x.y.v1","data":{}}',
      /MAP_NOT_FOUND no map writes logistics\.x\.y\.v1/,
    ],
    [
      'an event that the partner is not sent',
      ['--partner', 'demo-carrier'],
      '{"type":"logistics.x.y.v1","data":{}}',
      /AGREEMENT_NOT_FOUND demo-carrier is sent nothing for logistics\.x\.y\.v1\. Add a line to "outbound"/,
    ],
  ];
  for (const [what, options, input, told] of faults) {
    it(`refuses ${what} and ends with 1`, async () => {
      const { code, stdout, stderr } = await run(['render', '-', ...options], { input });
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, told);
    });
  }
});

/** What the document says; the derived view of the time is that of its envelope. */
function dataOf(lines: string): readonly unknown[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => ({ ...JSON.parse(line).data, when: null }));
}
