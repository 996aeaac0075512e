import assert from 'node:assert/strict';
import { EVENT_TYPES } from '../../src/events/event-types.ts';
import { type Shape, shapeOf } from '../../src/events/shape.ts';
import { ADVISED, DELIVERED } from './examples.ts';

describe('the shape of an event', () => {
  it('is known for every type and for no other', () => {
    for (const { type } of EVENT_TYPES) assert.equal(shapeOf(type)?.kind, 'object', type);
    assert.equal(shapeOf('logistics.shipment.beamed.v1'), undefined);
  });

  it('follows references to the shared definitions', () => {
    assert.deepEqual(at(shapeOf(ADVISED), 'orders', '*', 'pallets', '*', 'packages', '*', 'sscc'), {
      kind: 'list',
      items: { kind: 'text' },
    });
    assert.deepEqual(at(shapeOf(ADVISED), 'shipment', 'weight', 'value'), { kind: 'number' });
    assert.deepEqual(at(shapeOf(ADVISED), 'shipment', 'mode'), { kind: 'text' });
  });

  it('knows which fields are required, also where a reference is narrowed', () => {
    const advice = shapeOf(ADVISED);
    assert(advice?.kind === 'object');
    assert.equal(advice.fields.get('adviceNumber')?.required, true);
    assert.equal(advice.fields.get('createdAt')?.required, false);
    const party = at(shapeOf(DELIVERED), 'parties', '*');
    assert(party?.kind === 'object');
    assert.equal(party.fields.get('role')?.required, true);
    const shipTo = at(advice, 'shipment', 'shipTo');
    assert(shipTo?.kind === 'object');
    assert.equal(shipTo.fields.get('role')?.required, false);
  });

  it('knows moments and the place whose clock tells them, and closed lists', () => {
    assert.deepEqual(at(shapeOf(ADVISED), 'shipment', 'expectedAt'), { kind: 'moment', place: '/shipment/shipTo' });
    assert.deepEqual(at(shapeOf(ADVISED), 'createdAt'), { kind: 'moment', place: null });
    assert.equal(at(shapeOf(DELIVERED), 'classifier')?.kind, 'enum');
  });

  it('leaves out the derived views', () => {
    for (const view of ['refs', 'when', 'where', 'classifier']) assert.equal(at(shapeOf(ADVISED), view), undefined);
  });
});

function at(shape: Shape | undefined, ...steps: readonly string[]): Shape | undefined {
  let current = shape;
  for (const step of steps) {
    if (current?.kind === 'list' && step === '*') current = current.items;
    else current = current?.kind === 'object' ? current.fields.get(step)?.shape : undefined;
  }
  return current;
}
