import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { CanonicalEvent, Json } from '../../src/events/types.ts';
import { CHECKOUT, jsonLines, run } from '../support/crossdock.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice, WAREHOUSE } from '../support/warehouse.ts';

/** A line of the answer. */
interface Explained {
  readonly event: string;
  readonly field: string;
  readonly value: Json;
  readonly raw: string;
  readonly map: { readonly file: string; readonly line: number };
  readonly overlay: string | null;
  readonly segment: string;
  readonly element: number;
  readonly bytes: readonly [number, number];
}

const SAMPLES = [
  ['demo-3pl', '856-ship-notice'],
  ['demo-3pl', '940-order'],
  ['demo-3pl', '945-short-shipped'],
  ['demo-carrier', '214-on-the-way'],
  ['demo-carrier', '214-delivered-late'],
] as const;

describe('crossdock explain', () => {
  const folder = tempFolder();

  for (const [partner, name] of SAMPLES) {
    it(`leads each field of ${name} to the bytes it stood in and the line of the map that read it`, async () => {
      const file = `partners/${partner}/samples/${name}.edi`;
      const [explained, translated] = await Promise.all([
        run(['explain', file, '--partner', partner]),
        run(['translate', file, '--partner', partner]),
      ]);
      assert.equal(explained.code, 0, explained.stderr);
      const events = new Map(jsonLines<CanonicalEvent>(translated.stdout).map((event) => [event.id, event]));
      const bytes = readFileSync(join(CHECKOUT, file));
      const lines = jsonLines<Explained>(explained.stdout);
      assert.ok(lines.length > 10);
      for (const line of lines) {
        const [from, to] = line.bytes;
        assert.equal(bytes.toString('latin1', from, to), line.raw, line.field);
        assert.deepEqual(valueAt(events.get(line.event)?.data, line.field), line.value, line.field);
        assert.ok(!isAbsolute(line.map.file) && line.map.file.startsWith('maps/'), line.map.file);
        const rule = readFileSync(join(CHECKOUT, line.map.file), 'utf8').split('\n')[line.map.line - 1] ?? '';
        assert.match(rule, /\S/);
        assert.equal(line.overlay, null);
        const segment = bytes.toString('latin1', 0, from).split('~').at(-1)?.trimStart() ?? '';
        assert.deepEqual([segment.split('*')[0], segment.split('*').length - 1], [line.segment, line.element]);
      }
    });
  }

  it('prints a line in the published shape', async () => {
    const file = 'partners/demo-3pl/samples/945-short-shipped.edi';
    const { stdout } = await run(['explain', file, '--partner', 'demo-3pl']);
    const line = jsonLines<Explained>(stdout).find(({ field }) => field === '/lines/1/shipped');
    const { event, map, bytes, ...rest } = line ?? {};
    assert.match(event ?? '', /^[0-9a-f]{32}$/);
    assert.equal(map?.file, 'maps/x12/945/1.0.0.yaml');
    assert.equal(bytes?.length, 2);
    assert.deepEqual(rest, {
      field: '/lines/1/shipped',
      value: 24,
      raw: '24',
      overlay: null,
      segment: 'W12',
      position: 14,
      element: 3,
      component: null,
    });
  });

  it('names the overlay that a field was read by', async () => {
    const partner = WAREHOUSE.replace('map: x12/945@1.0.0', 'map: x12/945@1.0.0, overlay: overlays/945.yaml');
    const overlay =
      'base: x12/945@1.0.0\nbecause: They write our shipment number into W0605.\ndata:\n  shipmentId: W0605\n  agentShipmentId: ~\n';
    await writeFiles(folder(), {
      'crossdock.yaml': `maps: ${resolve(CHECKOUT, 'maps')}\n`,
      'partners/warehouse/partner.yaml': partner,
      'partners/warehouse/overlays/945.yaml': overlay,
    });
    const input = fromWarehouse(1, shippingAdvice(1)).replace('*SHP-1~', '**SHP-9~');
    const { code, stdout, stderr } = await run(['explain', '-', '--partner', 'warehouse'], { cwd: folder(), input });
    const line = jsonLines<Explained>(stdout).find(({ field }) => field === '/shipmentId');
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      [line?.value, line?.overlay, line?.map],
      ['SHP-9', 'partners/warehouse/overlays/945.yaml', { file: 'partners/warehouse/overlays/945.yaml', line: 4 }],
    );
    const other = jsonLines<Explained>(stdout).find(({ field }) => field === '/depositorOrder');
    assert.equal(other?.overlay, null);
  });

  it('explains nothing of a rejected document, and ends with 3', async () => {
    const { code, stdout } = await run(['explain', 'partners/demo-3pl/samples/945-unreadable-date.edi']);
    assert.deepEqual([code, stdout], [3, '']);
  });
});

/** What a JSON Pointer leads to. */
function valueAt(data: Json | undefined, pointer: string): Json | undefined {
  let found = data;
  for (const name of pointer.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([key]) => key === name)?.[1];
  }
  return found;
}
