import assert from 'node:assert/strict';
import { validateData } from '../../src/events/validate.ts';
import { ADVISED, DELIVERED } from './examples.ts';

describe('data that breaks its schema', () => {
  for (const { title, type, data, expected } of [
    { title: 'a required field is missing', type: ADVISED, data: {}, expected: '/adviceNumber is missing' },
    {
      title: 'a field is misspelt',
      type: DELIVERED,
      data: { proNumbre: '1' },
      expected: '/proNumbre is no field of this event (did you mean "proNumber"?)',
    },
    {
      title: 'a field is unknown',
      type: DELIVERED,
      data: { proNumber: '1', colourOfTruck: 'red' },
      expected: '/colourOfTruck is no field of this event',
    },
    {
      title: 'an identifier is a number',
      type: DELIVERED,
      data: { proNumber: 1 },
      expected: '/proNumber must be text, not a number',
    },
    {
      title: 'text ends with a blank',
      type: DELIVERED,
      data: { place: { city: 'Reno ' } },
      expected: '/place/city must be text that is not empty and neither begins nor ends with a blank',
    },
    {
      title: 'a list is empty',
      type: DELIVERED,
      data: { purchaseOrders: [] },
      expected: '/purchaseOrders must not be empty; leave out what has no value',
    },
    {
      title: 'a time has no offset',
      type: DELIVERED,
      data: { eventTime: '2026-12-04T10:30:00' },
      expected: '/eventTime must be a date (2026-12-04) or a date and time with offset (2026-12-04T10:30:00-08:00)',
    },
    {
      title: 'a classifier is none',
      type: DELIVERED,
      data: { classifier: 'hoped' },
      expected: '/classifier must be one of planned, estimated, actual, requested',
    },
    {
      title: 'a list entry is null',
      type: ADVISED,
      data: { adviceNumber: '1', orders: [null] },
      expected: '/orders/0 must be an object, not null',
    },
  ]) {
    it(`says so when ${title}`, () => {
      const issues = validateData(type, data).map(({ pointer, message }) => `${pointer} ${message}`);
      assert.deepEqual(issues, [expected]);
    });
  }

  it('is not described in more than 20 issues', () => {
    const purchaseOrders = Array.from({ length: 50 }, () => 7);
    assert.equal(validateData(DELIVERED, { purchaseOrders }).length, 20);
  });
});
