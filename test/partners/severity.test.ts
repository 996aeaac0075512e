import assert from 'node:assert/strict';
import { GRADED_CODES } from '../../src/edi/check/severity.ts';
import { accepted, type Finding } from '../../src/edi/finding.ts';
import { finding } from '../../src/edi/findings.ts';
import { parsePartner } from '../../src/partners/parse.ts';
import { gradedForDocument } from '../../src/partners/severity.ts';
import type { TradingPartner } from '../../src/partners/types.ts';

const LINE = 'document: 945, map: x12/945@1.0.0';

/** A partner with these severities, of its own and of the line of the 945. */
function parse(own: string, line: string): { partner: TradingPartner | null; problems: readonly string[] } {
  const text = [
    'partner: acme',
    'name: Acme',
    'timezone: UTC',
    'identifiers: { x12: ZZ/ACME }',
    'us: { x12: ZZ/US }',
    `severity: ${own}`,
    'inbound:',
    `  - { ${LINE}, severity: ${line} }`,
  ].join('\n');
  const { partner, problems } = parsePartner({ id: 'acme', folder: 'partners/acme', file: 'partner.yaml', text });
  return {
    partner,
    problems: problems.map(({ line, column, code, what, remedy }) => `${line}:${column} ${code} ${what} ${remedy}`),
  };
}

const found = (...codes: readonly Finding['code'][]) =>
  codes.map((code) => finding(code, { path: '', position: { byte: 0 } }));

describe('The severity of a finding', () => {
  const { partner, problems } = parse(
    '{ ELEMENT_CODE: note, SET_UNKNOWN: rejected }',
    '{ ELEMENT_CODE: rejected, SEGMENT_REPEATED: accepted-with-errors }',
  );
  const severities = (type: string): readonly string[] => {
    assert.ok(partner);
    const findings = found('ELEMENT_CODE', 'SEGMENT_REPEATED', 'SET_UNKNOWN', 'ELEMENT_DATE');
    return gradedForDocument(findings, partner, type, '004010').map(({ severity }) => severity);
  };

  it('is what the line says, else the partner, else the register', () => {
    assert.deepEqual(problems, []);
    assert.deepEqual(severities('945'), ['rejected', 'accepted-with-errors', 'rejected', 'rejected']);
    assert.deepEqual(severities('214'), ['note', 'rejected', 'rejected', 'rejected']);
  });

  it('is the same list where nothing is to be changed', () => {
    assert.ok(partner);
    const findings = found('ELEMENT_DATE');
    assert.equal(gradedForDocument(findings, partner, '945', '004010'), findings);
  });

  it('cannot make good what was not read to its end', () => {
    for (const code of ['INTERCHANGE_TRAILER_MISSING', 'SET_TRAILER_MISSING', 'INTERCHANGE_UNREADABLE'] as const) {
      assert.ok(!GRADED_CODES.includes(code), code);
      assert.equal(accepted(found(code)), false);
    }
  });

  const mistakes: readonly (readonly [own: string, line: string, problem: RegExp])[] = [
    [
      '{ ELEMENT_CODES: note }',
      '{}',
      /^6:13 PARTNER_SEVERITY There is no finding "ELEMENT_CODES"\. Did you mean "ELEMENT_CODE"\?/,
    ],
    [
      '{ ELEMENT_CODE: warning }',
      '{}',
      /^6:27 PARTNER_VALUE "warning" is no value for "ELEMENT_CODE"\. Use one of: note,/,
    ],
    ['{ NOT_EDI: note }', '{}', /PARTNER_SEVERITY The severity of NOT_EDI is fixed\./],
    ['{ MAP_VALUE: note }', '{}', /PARTNER_SEVERITY The severity of MAP_VALUE is fixed\./],
    [
      '{}',
      '{ GROUP_COUNT_WRONG: note }',
      /^8:\d+ PARTNER_SEVERITY GROUP_COUNT_WRONG concerns more than one document\./,
    ],
    ['note', '{}', /^6:11 PARTNER_VALUE "severity" must be a map/],
  ];
  for (const [own, line, problem] of mistakes) {
    it(`is refused: ${own} ${line}`, () => assert.match(parse(own, line).problems.join('\n'), problem));
  }
});
