import assert from 'node:assert/strict';
import { writeWhatFits } from '../../../src/mapping/writing/fitting.ts';
import { shippedMap } from '../support/maps.ts';
import { event } from '../support/written.ts';

const ANYWHERE = { timezone: null };

describe('Writing what fits of an event', () => {
  it('leaves out the field that is refused, and writes the others', () => {
    const map = shippedMap('x12/945@1.0.0');
    const data = { depositorOrder: 'D1', shipTo: { name: 'Dock 4', street: ['1', '2', '3', '4', '5'] } };
    const { documents, event: fitting } = writeWhatFits(map.writer, event(map, data), ANYWHERE);
    assert.equal(documents.length, 1);
    assert.deepEqual(fitting.data, { ...data, shipTo: { name: 'Dock 4', street: ['1', '2', '3', '4'] } });
  });

  it('leaves out the entry of a list that cannot be without the field', () => {
    const map = shippedMap('x12/850@1.0.0');
    const field = map.writer.domain.fields.get('parties')?.domain;
    assert(
      field?.kind === 'list' && field.items.kind === 'object' && field.items.fields.get('role')?.required === true,
    );
    const parties = [
      { role: 'no such role, and too long for a code', name: 'A' },
      { role: 'carrier', name: 'B' },
    ];
    const { event: fitting } = writeWhatFits(map.writer, event(map, { purchaseOrder: 'P1', parties }), ANYWHERE);
    assert.deepEqual(fitting.data, { purchaseOrder: 'P1', parties: [{ role: 'carrier', name: 'B' }] });
  });

  it('writes nothing of an event that cannot be without the field', () => {
    const map = shippedMap('x12/856@1.0.0');
    assert.equal(map.writer.domain.fields.get('adviceNumber')?.required, true);
    const said = event(map, { adviceNumber: 'longer than the thirty that it takes', shipment: { scac: 'DMCR' } });
    const { documents, event: fitting } = writeWhatFits(map.writer, said, ANYWHERE);
    assert.deepEqual([documents, fitting], [[], said]);
  });
});
