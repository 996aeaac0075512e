import assert from 'node:assert/strict';
import { join } from 'node:path';
import { gs, isa, st } from '../edi/support/x12.ts';
import { CHECKOUT, run } from '../support/crossdock.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const PARTNER = `partner: acme
name: Acme
timezone: America/Chicago
identifiers: { x12: ZZ/SENDER }
us: { x12: ZZ/RECEIVER }
inbound:
  - { document: 856, map: x12/856@1.0.0, overlay: overlays/856.yaml, acknowledge: 999 }
`;
const OVERLAY = `base: x12/856@1.0.0
because: Their agreement wants a bill of lading and a carrier by road.
expect:
  - { at: HL(S)/REF(01=BM)02, required: yes }
  - { at: HL(S)/TD504, codes: [ LT ] }
`;

describe('crossdock validate for a partner of whom more is expected', () => {
  const folder = tempFolder();

  it('tells it with the codes of a guide, and rejects the document', async () => {
    await writeFiles(folder(), {
      'partners/acme/partner.yaml': PARTNER,
      'partners/acme/overlays/856.yaml': OVERLAY,
    });
    const notice = st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S', 'TD5**2*DMCR*M');
    const words = ['--config', folder(), 'validate', '-', '--partner', 'acme', '--ack'];
    const { code, stdout, stderr } = await run(words, {
      input: isa({}, gs('SH', notice)),
      env: { CROSSDOCK_MAPS: join(CHECKOUT, 'maps') },
    });
    assert.equal(code, 3);
    assert.match(stderr, /^rejected EXPECT_SEGMENT_MISSING 856\/HL\[1\]\/REF /m);
    assert.match(stderr, /^rejected EXPECT_CODE 856\/HL\[1\]\/TD5\/04 "M"/m);
    const told = stdout.split('~\n').filter((line) => /^(IK|AK9)/.test(line));
    assert.deepEqual(told, ['IK3*TD5*4**8', 'IK4*4*91*I6*M', 'IK3*REF*5**I6', 'IK5*R*I5', 'AK9*R*1*1*0']);
  });
});
