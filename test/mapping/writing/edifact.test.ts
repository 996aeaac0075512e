import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/events/types.ts';
import type { MapWriting } from '../../../src/mapping/writing/types.ts';
import { compiled, mapDesadv, shippedMap } from '../support/maps.ts';

function write(rules: string, data: JsonObject): MapWriting {
  const event = { type: 'logistics.shipment.advised.v1', data: { adviceNumber: 'D1', ...data } };
  return compiled(mapDesadv(rules)).writer.write([event], { timezone: null });
}

/** The segments behind the beginning, with `+` and `:`. */
function segmentsOf({ documents, findings }: MapWriting): readonly string[] {
  assert.deepEqual(findings, []);
  const texts = documents[0]?.segments.map((segment) =>
    segment
      .map((element) => (Array.isArray(element) ? element.join(':') : element))
      .join('+')
      .replace(/\++$/, ''),
  );
  return texts?.slice(1) ?? [];
}

describe('writing EDIFACT', () => {
  const party =
    '  shipment: { shipTo: { in: NAD(3035=ST), gln: NAD(3055=9)3039, code: NAD(3055!=9)3039, idQualifier: { also: NAD(3055!=9)3055 } } }\n';

  it('a condition with != writes nothing by itself', () => {
    assert.deepEqual(segmentsOf(write(party, { shipment: { shipTo: { code: '17' } } })), ['NAD+ST+17']);
  });

  it('a condition with != agrees with any other code', () => {
    const shipment = { shipTo: { code: '17', idQualifier: '92' } };
    assert.deepEqual(segmentsOf(write(party, { shipment })), ['NAD+ST+17::92']);
  });

  it('a condition with != refuses the code', () => {
    const { findings } = write(party, { shipment: { shipTo: { gln: '4012345000009', code: '17' } } });
    assert.deepEqual(
      findings.map(({ code, path }) => `${code} ${path}`),
      ['MAP_WRITE_CONFLICT data/shipment/shipTo/code'],
    );
  });

  it('pairs of components fill the composites of a segment', () => {
    const rules = '  shipment: { in: CPS, items: { each: LIN, sku: PIA(7143=SA)7140, lot: PIA(7143=NB)7140 } }\n';
    const written = write(rules, { shipment: { items: [{ sku: 'A', lot: 'L' }] } });
    assert.deepEqual(segmentsOf(written), ['CPS+1', 'LIN+1', 'PIA++A:SA+L:NB']);
  });

  it('a list of components fills the first of each composite, then further segments', () => {
    const rules = '  shipment: { in: CPS, items: { each: LIN, serialNumbers: { all: GIN(7405=BN)7402-1 } } }\n';
    const serialNumbers = ['1', '2', '3', '4', '5', '6'];
    assert.deepEqual(segmentsOf(write(rules, { shipment: { items: [{ serialNumbers }] } })), [
      'CPS+1',
      'LIN+1',
      'GIN+BN+1+2+3+4+5',
      'GIN+BN+6',
    ]);
  });
});

describe('writing orders that only lines name (`per`)', () => {
  const { writer } = shippedMap('edifact/desadv@1.0.0');
  const codesOf = (orders: readonly JsonObject[]): readonly string[] => {
    const event = { type: 'logistics.shipment.advised.v1', data: { adviceNumber: 'D1', orders } };
    return writer.write([event], { timezone: null }).findings.map(({ code, path }) => `${code} ${path}`);
  };
  const item = { sku: 'A' };

  it('takes an order with a line in a package', () => {
    assert.deepEqual(codesOf([{ purchaseOrder: 'PO1', packages: [{ items: [item] }] }]), []);
  });

  it('refuses an order without a line', () => {
    assert.deepEqual(codesOf([{ purchaseOrder: 'PO1' }]), ['MAP_WRITE_VALUE data/orders/0']);
  });

  it('refuses a package without a line, which would belong to nobody', () => {
    assert.deepEqual(codesOf([{ purchaseOrder: 'PO1', items: [item], packages: [{ sscc: ['1'] }] }]), [
      'MAP_WRITE_VALUE data/orders/0/packages/0',
    ]);
  });

  it('takes a package without a line on a pallet that has one', () => {
    const pallets = [{ items: [item], packages: [{ sscc: ['1'] }] }];
    assert.deepEqual(codesOf([{ purchaseOrder: 'PO1', pallets }]), []);
  });

  it('refuses lines of an order without a number', () => {
    assert.deepEqual(codesOf([{ items: [item] }]), ['MAP_WRITE_VALUE data/orders/0']);
  });
});
