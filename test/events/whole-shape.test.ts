import assert from 'node:assert/strict';
import { BODIES } from '../../src/events/bodies.ts';
import type { JsonObject } from '../../src/events/types.ts';
import { isWholeShape } from '../../src/events/whole-shape.ts';

const TEXT = { $ref: 'common.json#/$defs/text' };

function object(over: JsonObject): JsonObject {
  return { type: 'object', additionalProperties: false, minProperties: 1, properties: { name: TEXT }, ...over };
}

describe('the shape of a schema', () => {
  it('says all that the schemas of events ask', () => {
    for (const [body, schema] of Object.entries(BODIES)) assert(isWholeShape(schema), body);
    assert(isWholeShape(object({ required: ['name'], description: 'Anything.', 'x-time': ['/name'] })));
  });

  const rows: readonly (readonly [what: string, schema: JsonObject])[] = [
    ['a keyword that shapes do not know', object({ maxProperties: 3 })],
    ['a keyword of a field', object({ properties: { name: { ...TEXT, maxLength: 35 } } })],
    ['another pattern', object({ properties: { name: { type: 'string', pattern: '^[A-Z]+$' } } })],
    ['another format', object({ properties: { name: { type: 'string', format: 'email' } } })],
    ['longer texts', object({ properties: { name: { type: 'string', minLength: 2 } } })],
    ['longer lists', { type: 'array', minItems: 2, items: TEXT }],
    ['several types', { type: ['string', 'number'] }],
    ['a whole number', { type: 'integer' }],
    ['a field that is required and not described', object({ required: ['code'] })],
    [
      'fewer fields beside a $ref than the definition has',
      { $ref: 'common.json#/$defs/reference', required: ['value'] },
    ],
  ];
  for (const [what, schema] of rows) {
    it(`does not say all of one that asks for ${what}`, () => assert.equal(isWholeShape(schema), false));
  }
});
