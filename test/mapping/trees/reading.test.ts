import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/events/types.ts';
import { readTreeDocuments } from '../../../src/mapping/trees/documents.ts';
import { load } from '../support/maps.ts';

const XML = `map: xml/orders
version: next
document: { standard: xml, root: Order }
layout:
  "@id": text
  Total: { "@unit": text, .: number }
  Party*: { "@role": text, Name: text, City: text }
  Line*:
    "@no": text
    Item: text
    Quantity: number
    Party*: { "@role": text, Name: text }
event: logistics.warehouse-order.released.v1
data:
`;
const LINES = '  lines:\n    each: Line\n    quantity: { at: Quantity, as: number }\n';
const DOCUMENT = `<Order id="W-1"><Total unit="KG">12.5</Total>
<Party role="ST"><Name>Store</Name><City>Seattle</City></Party><Party role="BT"><Name>Payer</Name></Party>
<Line no="1"><Item>A</Item><Quantity>2</Quantity><Party role="MF"><Name>Maker</Name></Party></Line>
<Line no="2"><Item>B</Item><Quantity>3</Quantity></Line></Order>`;

function read(rules: string, document = DOCUMENT) {
  const library = load({ maps: { 'xml/orders/next.yaml': XML + rules } });
  assert.deepEqual(library.problems, []);
  const map = library.find('xml/orders@next');
  assert.ok(map !== undefined);
  const [found] = readTreeDocuments(Buffer.from(document), map).documents;
  assert.ok(found !== undefined);
  return map.read(found.structure);
}

function dataOf(rules: string): JsonObject | undefined {
  return read(rules).events[0]?.data;
}

/** A reference, the field it fills, and what is read. */
const REFERENCES: readonly (readonly [what: string, rule: string, value: unknown])[] = [
  ['an attribute', 'depositorOrder: "@id"', 'W-1'],
  ['an element beneath a condition', 'depositorOrder: Party(@role=BT)/Name', 'Payer'],
  ['one of several codes', 'depositorOrder: Party(@role=XX|ST)/City', 'Seattle'],
  ['anything but a code', 'depositorOrder: Party(@role!=ST)/Name', 'Payer'],
  ['the first of several', 'depositorOrder: Line/Item', 'A'],
  ['two steps', 'depositorOrder: Line(@no=1)/Party(@role=MF)/Name', 'Maker'],
];

describe('references into a tree', () => {
  for (const [what, rule, value] of REFERENCES) {
    it(`lead to ${what}`, () => assert.equal(dataOf(`  ${rule}\n`)?.depositorOrder, value));
  }

  it('lead to the value of an element that has attributes, by its name or by a dot inside it', () => {
    const rules =
      '  depositorOrder: "@id"\n  totals: { weight: { in: Total, value: { at: ., as: number }, unit: "@unit" } }\n';
    assert.deepEqual(dataOf(rules)?.totals, { weight: { value: 12.5, unit: 'KG' } });
    const named = rules
      .replace('in: Total, value: { at: ., as', 'value: { at: Total, as')
      .replace('"@unit"', 'Total/@unit');
    assert.deepEqual(dataOf(named)?.totals, { weight: { value: 12.5, unit: 'KG' } });
  });

  it('are looked up in their own block first, then around it, and from the top after a slash', () => {
    const own = `  depositorOrder: "@id"\n${LINES}    lineNumber: "@no"\n    sku: Party/Name\n    lot: /Party/Name\n    description: { also: "@id" }\n`;
    const lines = dataOf(own)?.lines;
    assert.deepEqual(lines, [
      { quantity: 2, lineNumber: '1', sku: 'Maker', lot: 'Store', description: 'W-1' },
      { quantity: 3, lineNumber: '2', lot: 'Store', description: 'W-1' },
    ]);
  });

  it('give what no other rule of the block names to "rest"', () => {
    const rules = `  depositorOrder: "@id"\n  shipTo: { in: Party(@role=ST), name: Name, city: City }\n  parties: { rest: Party, role: "@role", name: Name }\n`;
    assert.deepEqual(dataOf(rules)?.parties, [{ role: 'BT', name: 'Payer' }]);
  });

  it('group by a key with "per"', () => {
    const rules = '  depositorOrder: "@id"\n  lines: { each: Line, quantity: { at: Quantity, as: number } }\n';
    const twice = DOCUMENT.replace('no="2"', 'no="1"');
    assert.equal(read(rules, twice).events.length, 1);
  });
});

describe('what no rule of a tree reads', () => {
  it('is listed in names of the document, with what the layout does not have', () => {
    const strange = DOCUMENT.replace('<Line no="1">', '<Line no="1" colour="red"><Weight>4</Weight>').replace(
      '</Order>',
      '<Remark>hello</Remark></Order>',
    );
    const { unread } = read('  depositorOrder: "@id"\n', strange);
    assert.deepEqual(unread, ['Total', 'Party', 'Line', 'Line/Party', 'Remark', 'Line/@colour', 'Line/Weight']);
  });

  it('is not the namespace, nor the place of the schema', () => {
    const technical = DOCUMENT.replace(
      '<Order id',
      '<n:Order xmlns:n="urn:x" xmlns:xsi="urn:y" xsi:schemaLocation="urn:x a.xsd" id',
    ).replace('</Order>', '</n:Order>');
    const { unread } = read('  depositorOrder: "@id"\n', technical);
    assert.deepEqual(unread, ['Total', 'Party', 'Line', 'Line/Party']);
  });
});
