import assert from 'node:assert/strict';
import { load } from '../support/maps.ts';

/** A map without a mistake, which tests put one into. */
const GOOD = `map: json/orders
version: next
document: { standard: json, having: [ order ] }
layout:
  order: text 1..22
  action: text
  shipOn: date
  shipTo: { name: text, city: text }
  parties*: { role: text, name: text }
  lines*:
    item: text
    quantity: number
    notes*: text
event:
  by: action
  type: logistics.warehouse-order.released.v1
  new: logistics.warehouse-order.released.v1
data:
  depositorOrder: order
  requestedShipDate: { at: shipOn, as: date }
  shipTo: { in: shipTo, name: name, city: city }
  billTo: { in: parties(role=payer), name: name }
  lines:
    each: lines
    sku: item
    quantity: { at: quantity, as: number }
    notes: { each: notes, text: . }
`;

type Mistake = readonly [what: string, from: string, to: string, told: string, words: string];

const MISTAKES: readonly Mistake[] = [
  ['no layout', 'layout:\n', 'layuot:\n', '4:1 MAP_WORD', 'Did you mean "layout"?'],
  ['a kind that is none', 'shipOn: date', 'shipOn: dato', '7:11 MAP_LAYOUT', '"dato" is no kind of value.'],
  ['a form of date that is none', 'shipOn: date', 'shipOn: date MM.DD.YYYY', '7:11 MAP_LAYOUT', 'Write text,'],
  ['a form for a number', 'quantity: number', 'quantity: number DD.MM.YYYY', '12:15 MAP_LAYOUT', 'no kind of value'],
  ['an attribute of JSON', 'action: text', '"@action": text', '6:3 MAP_LAYOUT', 'is no name of a value'],
  [
    'a value that has others inside',
    'shipTo: { name: text,',
    'shipTo: { .: text,',
    '8:11 MAP_LAYOUT',
    'a value of its own',
  ],
  ['a key of another format', 'having: [ order ]', 'root: Order', '3:29 MAP_WORD', 'no key of document for json'],
  ['a name to be known by', '[ order ]', '[ ordr ]', '3:39 MAP_LAYOUT', 'Did you mean "order"?'],
  ['a misspelt value', 'city: city', 'city: citty', '21:43 MAP_NAME_UNKNOWN', 'Did you mean "city"?'],
  ['a misspelt block', 'each: lines', 'each: line', '24:11 MAP_NAME_UNKNOWN', 'Did you mean "lines"?'],
  ['a value in place of a block', 'in: shipTo', 'in: order', '21:17 MAP_NAME_UNKNOWN', 'that holds values'],
  [
    'a block in place of a value',
    'depositorOrder: order',
    'depositorOrder: shipTo',
    '19:19 MAP_NAME_UNKNOWN',
    'shipTo holds values and is none',
  ],
  ['a condition on nothing', '(role=payer)', '(rolle=payer)', '22:17 MAP_NAME_UNKNOWN', 'In parties there is nothing'],
  ['a condition without a value', '(role=payer)', '(role)', '22:17 MAP_REFERENCE', 'such as city, @id'],
  ['an empty step', 'sku: item', 'sku: lines//item', '25:10 MAP_REFERENCE', 'is no name'],
  ['text where a number is wanted', '{ at: quantity, as: number }', 'quantity', '26:15 MAP_CONVERSION', 'as: number'],
  ['a field that the event has not', 'sku: item', 'skuu: item', '25:5 MAP_FIELD', 'Did you mean "sku"?'],
  [
    'two rules for one value',
    'sku: item',
    'sku: item\n    gtin: item',
    '26:11 MAP_CELL',
    'item is read by another rule',
  ],
  [
    'a word of the language misspelt',
    'each: lines',
    'eech: lines',
    '24:11 MAP_NAME_UNKNOWN',
    'Write "in:" or "each:" with it',
  ],
  ['a set of EDI', 'standard: json', 'standard: json, set: 940', '3:29 MAP_WORD', 'no key of document for json'],
];

describe('mistakes in maps for JSON, XML and CSV', () => {
  it('are none in the map that they are made in', () => {
    assert.deepEqual(load({ maps: { 'json/orders/next.yaml': GOOD } }).problems, []);
  });

  for (const [what, from, to, told, words] of MISTAKES) {
    it(`(${what}) are told at their place, in names of the document, with what to do`, () => {
      assert.ok(GOOD.includes(from), from);
      const [first] = load({ maps: { 'json/orders/next.yaml': GOOD.replace(from, to) } }).problems;
      assert.equal(`${first?.line}:${first?.column} ${first?.code}`, told);
      const text = `${first?.what} ${first?.remedy}`;
      assert.ok(text.includes(words), text);
      assert.doesNotMatch(text, /ZQ/);
    });
  }

  it('are told for a table without rows and for an XML document without its root', () => {
    const table = GOOD.replaceAll('json', 'csv');
    const [nested] = load({ maps: { 'csv/orders/next.yaml': table } }).problems;
    assert.equal(nested?.code, 'MAP_LAYOUT');
    const xml = GOOD.replaceAll('json', 'xml').replace(', having: [ order ]', '');
    const [rootless] = load({ maps: { 'xml/orders/next.yaml': xml } }).problems;
    assert.deepEqual([rootless?.code, rootless?.remedy], ['MAP_HEADER', 'Write "root:" with its name.']);
  });
});
