import assert from 'node:assert/strict';
import { mapDifference } from '../../../src/mapping/map-difference.ts';
import { readTreeDocuments } from '../../../src/mapping/trees/documents.ts';
import type { CompiledMap } from '../../../src/mapping/types.ts';
import { problemLine } from '../../../src/util/problem.ts';
import { shippedLibrary, shippedMap } from '../support/maps.ts';

const AT = { file: 'partner.yaml', line: 1, column: 1 };

function overlaid(pin: string, rules: string): CompiledMap {
  const text = `base: ${pin}\nbecause: Their guide says so.\n${rules}`;
  const { map, problems } = shippedLibrary.overlaid(pin, { path: 'overlays/own.yaml', text }, AT);
  assert.ok(map !== null, problems.map(problemLine).join('\n'));
  return map;
}

function structureOf(map: CompiledMap, document: string) {
  const [found] = readTreeDocuments(Buffer.from(document), map).documents;
  assert.ok(found !== undefined);
  return found.structure;
}

const ORDER = 'Order;PO;Item;Quantity;Unit\nW-1;;SKU-1;2;EA\nW-1;;S2;12;XX\n';

describe('agreements over JSON, XML and CSV', () => {
  it('change rules and codes in an overlay, which lineage names', () => {
    const map = overlaid(
      'csv/orders@1.0.0',
      'data: { purchaseOrder: Order, depositorOrder: { also: Order } }\ncodes: { uom: { x12: { XX: bundle } } }\n',
    );
    const structure = structureOf(map, ORDER);
    const [event] = map.read(structure).events;
    assert.deepEqual(event?.data, {
      depositorOrder: 'W-1',
      purchaseOrder: 'W-1',
      lines: [
        { sku: 'SKU-1', quantity: 2, uom: 'each' },
        { sku: 'S2', quantity: 12, uom: 'bundle' },
      ],
    });
    const line = map.lineage(structure).find(({ field }) => field === '/purchaseOrder');
    assert.deepEqual([line?.overlay, line?.segment.tag, line?.raw], [true, 'Order', 'W-1']);
  });

  it('demand more than the layout does, and findings name the place in the document', () => {
    const map = overlaid(
      'csv/orders@1.0.0',
      'expect:\n  - { at: PO, required: yes }\n  - { each: row, at: Item, length: 4.. }\n  - { of: row, count: 3.. }\n',
    );
    const findings = map.expect(structureOf(map, ORDER));
    assert.deepEqual(
      findings.map(({ severity, path, value }) => [severity, path, value]),
      [
        ['rejected', 'orders/PO', undefined],
        ['rejected', 'orders/row[2]/Item', 'S2'],
        ['rejected', 'orders/row[1]', undefined],
      ],
    );
    for (const { text, ack } of findings) {
      assert.doesNotMatch(text, /ZQ/);
      assert.equal(ack, undefined);
    }
  });

  it('show a changed rule in names of the document', () => {
    const [before, after] = [
      shippedMap('csv/orders@1.0.0'),
      overlaid('csv/orders@1.0.0', 'data: { purchaseOrder: { also: Service } }\n'),
    ];
    const [difference] = mapDifference(before.source, after.source);
    assert.deepEqual(
      [difference?.name, difference?.before?.text, difference?.after?.text],
      ['purchaseOrder', 'PO', '{ also: Service }'],
    );
  });
});
