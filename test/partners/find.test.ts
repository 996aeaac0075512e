import assert from 'node:assert/strict';
import type { PartyId, Standard } from '../../src/edi/envelope.ts';
import { findAgreement, inboundAgreement, type NoPartnerCode } from '../../src/partners/find.ts';
import type { InboundAgreement, TradingPartner } from '../../src/partners/types.ts';

const partner = (id: string, theirs: readonly string[], ours: readonly string[]): TradingPartner => ({
  id,
  name: id,
  timezone: 'UTC',
  stage: 'live',
  identifiers: { x12: theirs, edifact: ['14/4012345000009'] },
  us: { x12: ours, edifact: ['/OURCO'] },
  connections: [],
  inbound: [],
  outbound: [],
  charset: null,
  severity: {},
  retry: {},
  folder: `partners/${id}`,
});
const party = (text: string): PartyId => ({ qualifier: text.split('/')[0] ?? '', id: text.split('/')[1] ?? '' });
const interchange = (sender: string, receiver: string, standard: Standard = 'x12') => ({
  standard,
  sender: party(sender),
  receiver: party(receiver),
});

const PARTNERS = [
  partner('acme', ['ZZ/ACME', '01/012345678'], ['ZZ/US']),
  partner('acme-west', ['ZZ/ACME'], ['ZZ/USWEST']),
  partner('carrier', ['02/DMCR'], ['ZZ/US', '02/XDCK']),
];

describe('finding the partner of an interchange', () => {
  const FOUND: readonly (readonly [string, string, string, string | null, string])[] = [
    ['both identifiers match', 'ZZ/ACME', 'ZZ/US', null, 'acme'],
    ['the padding of the envelope is left', 'ZZ/ACME           ', 'ZZ/US       ', null, 'acme'],
    ['the sender uses its second identifier', '01/012345678', 'ZZ/US', 'acme', 'acme'],
    ['two partners share the sender and the receiver decides', 'ZZ/ACME', 'ZZ/USWEST', null, 'acme-west'],
    ['it is addressed to our second identifier', '02/DMCR', '02/XDCK', 'carrier', 'carrier'],
  ];
  for (const [when, sender, receiver, connection, expected] of FOUND) {
    it(`finds ${expected} when ${when}`, () => {
      assert.equal(findAgreement(PARTNERS, interchange(sender, receiver), connection).partner?.id, expected);
    });
  }

  const REFUSED: readonly (readonly [string, string, string, string | null, NoPartnerCode, RegExp])[] = [
    [
      'nobody sends as that',
      'ZZ/NOBODY',
      'ZZ/US',
      'acme',
      'SENDER_UNKNOWN',
      /ZZ\/NOBODY.*partners\/acme\/partner\.yaml/,
    ],
    ['the qualifier differs', '01/ACME', 'ZZ/US', null, 'SENDER_UNKNOWN', /01\/ACME/],
    ['small letters differ', 'ZZ/acme', 'ZZ/US', null, 'SENDER_UNKNOWN', /ZZ\/acme/],
    [
      'it is addressed to somebody else',
      'ZZ/ACME',
      'ZZ/OTHER',
      'acme',
      'RECEIVER_NOT_US',
      /acme sends as ZZ\/ACME to ZZ\/OTHER/,
    ],
    ['the receiver is ours, but not for this partner', 'ZZ/ACME', '02/XDCK', null, 'RECEIVER_NOT_US', /02\/XDCK/],
    [
      'it lies in the folder of another partner',
      '02/DMCR',
      'ZZ/US',
      'acme',
      'SENDER_NOT_ON_CONNECTION',
      /02\/DMCR is carrier.*connection of acme/,
    ],
    [
      'it lies in the folder of the other site',
      'ZZ/ACME',
      'ZZ/USWEST',
      'acme',
      'SENDER_NOT_ON_CONNECTION',
      /acme-west/,
    ],
    [
      'it lies in a wrong folder and is for somebody else',
      '02/DMCR',
      'ZZ/OTHER',
      'acme',
      'SENDER_NOT_ON_CONNECTION',
      /carrier/,
    ],
    ['the standard has no such identifier', '14/OTHER', '/OURCO', null, 'SENDER_UNKNOWN', /14\/OTHER/],
  ];
  for (const [when, sender, receiver, connection, code, text] of REFUSED) {
    it(`finds none when ${when}: ${code}`, () => {
      const found = findAgreement(PARTNERS, interchange(sender, receiver), connection);
      assert.ok(found.partner === null);
      assert.equal(found.reason.code, code);
      assert.match(found.reason.text, text);
    });
  }

  it('reads EDIFACT parties, and names them as a partner file does', () => {
    const edifact = PARTNERS.slice(0, 1);
    const known = interchange('14/4012345000009', '/OURCO', 'edifact');
    assert.equal(findAgreement(edifact, known, null).partner?.id, 'acme');
    const unknown = findAgreement(edifact, interchange('14/999', '/OURCO', 'edifact'), null);
    assert.match(unknown.partner === null ? unknown.reason.text : '', /999:14/);
  });
});

describe('finding the agreement for a document', () => {
  const line = (document: string, release: string | null, map: string): InboundAgreement => ({
    at: { file: 'partner.yaml', line: 1, column: 1 },
    document,
    standard: 'x12',
    release,
    map,
    overlay: null,
    acknowledge: '997',
    answer: { documents: 'all', version: null, receipt: 'none' },
    severity: {},
    retry: null,
  });
  const agreed = {
    ...partner('acme', [], []),
    inbound: [
      line('945', '005010', 'b'),
      line('945', null, 'any'),
      line('945', '004010', 'a'),
      line('856', '004010', 'c'),
    ],
  };

  const CASES: readonly (readonly [string, string, string, string | undefined])[] = [
    ['the exact release first', '945', '004010', 'a'],
    ['then the line without a release', '945', '003060', 'any'],
    ['then the same document of another release', '856', '005010', 'c'],
    ['nothing for a document not agreed on', '214', '004010', undefined],
  ];
  for (const [title, type, release, map] of CASES) {
    it(`takes ${title}`, () => {
      assert.equal(inboundAgreement(agreed, type, release)?.map, map);
    });
  }
});
