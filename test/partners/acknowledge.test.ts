import assert from 'node:assert/strict';
import { agreedGroupAnswer, agreedMessageAnswer, isToldReceipt } from '../../src/partners/answers.ts';
import { parsePartner } from '../../src/partners/parse.ts';
import type { TradingPartner } from '../../src/partners/types.ts';

/** A partner with these lines, each without the map of its document. */
function parse(...lines: readonly string[]): { partner: TradingPartner | null; problems: readonly string[] } {
  const text = [
    'partner: acme',
    'name: Acme',
    'timezone: UTC',
    'identifiers: { x12: ZZ/ACME, edifact: "1:14" }',
    'us: { x12: ZZ/US, edifact: "2:14" }',
    'inbound:',
    ...lines.map((line) => `  - { ${line} }`),
  ].join('\n');
  const { partner, problems } = parsePartner({ id: 'acme', folder: 'partners/acme', file: 'partner.yaml', text });
  return { partner, problems: problems.map(({ code, what, remedy }) => `${code} ${what} ${remedy}`) };
}

function partnerOf(...lines: readonly string[]): TradingPartner {
  const { partner, problems } = parse(...lines);
  assert.deepEqual(problems, []);
  assert.ok(partner);
  return partner;
}

const X12 = 'document: 945, map: x12/945@1.0.0';
const EDIFACT = 'document: DESADV, map: edifact/desadv@1.0.0';

describe('What a line says of its acknowledgment', () => {
  const rows: readonly (readonly [line: string, expected: ReturnType<typeof agreedGroupAnswer>])[] = [
    [X12, null],
    [`${X12}, acknowledge: TA1`, null],
    [`${X12}, acknowledge: 997`, { type: '997', documents: 'all' }],
    [`${X12}, acknowledge: { with: 999, documents: rejected }`, { type: '999', documents: 'rejected' }],
    [`${X12}, acknowledge: { with: 997, version: 004010 }`, { type: '997', documents: 'all', version: '004010' }],
  ];
  for (const [line, expected] of rows) {
    it(`is read: ${line}`, () => assert.deepEqual(agreedGroupAnswer(partnerOf(line), '945', '004010'), expected));
  }

  const receipts: readonly (readonly [how: string, receipt: boolean, complete: boolean])[] = [
    ['none', false, false],
    ['CONTRL', false, true],
    ['{ with: CONTRL, receipt: first }', true, true],
    ['{ with: CONTRL, receipt: only }', true, false],
  ];
  for (const [how, receipt, complete] of receipts) {
    it(`is read: CONTRL of the receipt, complete: ${how}`, () => {
      const partner = partnerOf(`${EDIFACT}, acknowledge: ${how}`);
      const said = (['receipt', 'complete'] as const).map(
        (kind) => agreedMessageAnswer(partner, kind, 'DESADV', 'D96A') !== null,
      );
      assert.deepEqual(said, [receipt, complete]);
    });
  }

  it('holds for documents without a line, but not for those whose line says none', () => {
    const partner = partnerOf(`${X12}, acknowledge: none`, 'document: 856, map: x12/856@1.0.0, acknowledge: 999');
    assert.equal(agreedGroupAnswer(partner, '945', '004010'), null);
    assert.deepEqual(agreedGroupAnswer(partner, '404', '004010'), { type: '999', documents: 'all' });
  });

  it('gives the partner a TA1 with any answer to X12', () => {
    const told = ['none', 'TA1', '997', '999'].map((kind) => isToldReceipt(partnerOf(`${X12}, acknowledge: ${kind}`)));
    assert.deepEqual(told, [false, true, true, true]);
  });

  const mistakes: readonly (readonly [line: string, problem: RegExp])[] = [
    [`${X12}, acknowledge: { documents: all }`, /PARTNER_KEY_MISSING "acknowledge" has no "with"/],
    [`${X12}, acknowledge: { with: 997, receipt: only }`, /PARTNER_ACKNOWLEDGE "receipt" says nothing of 997\./],
    [`${X12}, acknowledge: { with: TA1, documents: all }`, /PARTNER_ACKNOWLEDGE "documents" says nothing of TA1\./],
    [`${EDIFACT}, acknowledge: { with: CONTRL, version: 004010 }`, /PARTNER_ACKNOWLEDGE "version" says nothing of/],
    [`${EDIFACT}, acknowledge: { with: 999 }`, /PARTNER_ACKNOWLEDGE 999 does not answer edifact/],
    [`${X12}, acknowledge: { with: 997, version: 4010 }`, /PARTNER_RELEASE "4010" is no version/],
    [`${X12}, acknowledge: { with: 997, document: all }`, /has no key "document"\. Did you mean "documents"\?/],
  ];
  for (const [line, problem] of mistakes) {
    it(`is refused: ${line}`, () => assert.match(parse(line).problems.join('\n'), problem));
  }
});
