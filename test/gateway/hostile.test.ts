import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gs, st } from '../edi/support/x12.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

const BSN = 'BSN*00*ASN-1*20261203*1655';
/** A ship notice with these segments, joined as one text: there may be too many for anything else. */
const notice = (number: number, segments: readonly string[]): string =>
  fromWarehouse(number, gs('SH', st({ type: '856', count: segments.length + 3 }, BSN, segments.join('~'))));
const MEGABYTE = 1024 * 1024;
const LARGEST_MEMORY = 600 * MEGABYTE;

/** Made when it is needed: together they are large. */
const HOSTILE: readonly (readonly [title: string, content: () => string | Buffer, code: string])[] = [
  [
    '100 MB without a segment terminator',
    () => Buffer.concat([Buffer.from(notice(1, ['A']).slice(0, 170)), Buffer.alloc(100 * MEGABYTE, 'A')]),
    'INTERCHANGE_UNREADABLE',
  ],
  ['a segment of 1,000,000 elements', () => notice(2, [`REF${'*A'.repeat(1_000_000)}`]), 'INTERCHANGE_UNREADABLE'],
  ['a chain of 100,000 HLs', () => notice(3, chainOfHls(100_000)), 'HIERARCHY_BROKEN'],
  ['HLs in a circle', () => notice(4, ['HL*1*3*S', 'HL*2*1*O', 'HL*3*2*I']), 'HIERARCHY_BROKEN'],
  ['200,000 segments of no kind', () => notice(5, Array<string>(200_000).fill('XYZ*1')), 'SEGMENT_UNKNOWN'],
];

describe('a hostile file', () => {
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

  for (const [title, content, code] of HOSTILE) {
    it(`of ${title} is refused within seconds, with a reason`, async () => {
      const name = `${title}.edi`;
      await place.drop('warehouse', name, content());
      const [file] = await gateway.settled(name);
      assert.deepEqual([file?.state, file?.reason?.code], ['rejected', code]);
    });
  }

  it('keeps nobody else waiting, and the ledger balances after all of them', async () => {
    await place.drop('warehouse', 'good.edi', fromWarehouse(9, shippingAdvice(9)));
    const [file] = await gateway.settled('good.edi');
    assert.equal(file?.state, 'processed');
    const { code, stdout } = await place.run('ledger', 'check');
    assert.equal(code, 0, stdout);
  });

  it('costs less than 600 MB of memory (where /proc tells)', async function () {
    const status = `/proc/${gateway.pid}/status`;
    if (!existsSync(status)) this.skip();
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(status, 'utf8')) ?? [];
    const peak = Number(kilobytes) * 1024;
    assert.ok(peak < LARGEST_MEMORY, `the gateway held ${Math.round(peak / MEGABYTE)} MB`);
  });
});

/** Each under the one before it. */
function chainOfHls(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => (at === 0 ? 'HL*1**S' : `HL*${at + 1}*${at}*I`));
}
