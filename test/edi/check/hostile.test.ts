import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { MAX_FINDINGS } from '../../../src/edi/check/document.ts';
import { MOST_PARTS } from '../../../src/edi/check/elements.ts';
import { HIERARCHY_DEPTH } from '../../../src/edi/hierarchy.ts';
import { findingsOf } from '../support/check.ts';
import { unb, unh } from '../support/edifact.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

const BSN = 'BSN*00*SHIP1*20240102*1530';
const asn = (body: readonly string[]): Buffer => bytes(isa({}, gs('SH', st('856', BSN, ...body))));
const status = isa(
  {},
  gs('QM', st('214', 'B10*1*2*SCAC', 'N1*SH*A', 'LX*1', 'AT7*X3*NS***20240102*1530', 'MS1*RENO*NV')),
);
const notice = isa({}, gs('SH', st('856', BSN, 'HL*1**S', 'REF*BM*1', 'HL*2*1*O', 'PRF*1', 'MEA*WT*G*1*LB:1:2')));

describe('Checking a hostile file', () => {
  it('never throws, whatever bytes are changed, and tells places inside the file', () => {
    const changes = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(status, notice), changes, (text, edits) => {
        const file = bytes(text);
        for (const [at, byte] of edits) file[at % file.length] = byte;
        for (const { position } of findingsOf(file)) assert.ok(position.byte >= 0 && position.byte <= file.length);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whichever segments are left out, doubled or moved', () => {
    const segments = notice.split('~').slice(0, -1);
    const order = fc.array(fc.nat(segments.length - 1), { maxLength: 30 });
    fc.assert(
      fc.property(order, (picks) => {
        const body = picks.map((pick) => segments[pick] ?? '');
        findingsOf(bytes(`${segments[0]}~${body.join('~')}~`));
      }),
      { numRuns: 500 },
    );
  });

  it('walks 100,000 HLs under each other within seconds, and says once that they are too deep', () => {
    const chain = Array.from({ length: 100_000 }, (_, index) => `HL*${index + 1}*${index === 0 ? '' : index}*I`);
    const [found, ...others] = findingsOf(asn(chain));
    assert.deepEqual([found?.code, found?.path, others], ['HIERARCHY_BROKEN', `856/HL[${HIERARCHY_DEPTH + 1}]/02`, []]);
  }).timeout(10_000);

  it('takes HLs that name each other or themselves for broken', () => {
    const codes = findingsOf(asn(['HL*1*2*S', 'HL*2*1*O', 'HL*3*3*I'])).map(({ path }) => path);
    assert.deepEqual(codes, ['856/HL[1]/02', '856/HL[3]/02']);
  });

  it('keeps no more loops apart than a set allows and a thousand, and says how many faults there are', () => {
    const found = findingsOf(bytes(unb({}, unh('DESADV', 'BGM+351+1+9', ...Array<string>(20_000).fill('RFF+ON:1')))));
    assert.deepEqual([...new Set(found.map(({ code }) => code))], ['LOOP_REPEATED', 'FINDINGS_CUT']);
    assert.equal(found.at(-1)?.value, '18990');
  });

  for (const [what, file, code] of [
    ['components', asn(['HL*1**S', `MEA*WT*G*1*LB${':1'.repeat(1000)}`]), 'COMPONENTS_TOO_MANY'],
    [
      'repetitions',
      bytes(
        isa(
          { version: '00501', repetition: '^' },
          gs({ code: 'SH', version: '005010' }, st('856', BSN, 'HL*1**S', `MEA*WT*G*1*LB${'^CT'.repeat(1000)}`)),
        ),
      ),
      'ELEMENT_REPEATED',
    ],
    [
      'components of EDIFACT',
      bytes(unb({}, unh('DESADV', `BGM+351+1+9`, `DTM+137${':1'.repeat(1000)}`))),
      'COMPONENTS_TOO_MANY',
    ],
    [
      'repetitions of EDIFACT',
      bytes(
        unb(
          { syntax: 'UNOC:4', date: '20240102:1530' },
          unh('DESADV', 'BGM+351+1+9', `DTM+137:20240102:102${'*137'.repeat(1000)}`),
        ),
      ),
      'ELEMENT_REPEATED',
    ],
  ] as const) {
    it(`rejects an element of more than ${MOST_PARTS} ${what}`, () => {
      const severities = findingsOf(file).flatMap((found) => (found.code === code ? [found.severity] : []));
      assert.ok(severities.includes('rejected'), severities.join());
    });
  }

  it('keeps a bounded number of findings of a document, and says how many more there are', () => {
    const found = findingsOf(asn(['HL*1**S', ...Array<string>(50_000).fill('XYZ')]));
    assert.equal(found.length, MAX_FINDINGS + 1);
    assert.deepEqual([found.at(-1)?.code, found.at(-1)?.value], ['FINDINGS_CUT', '49000']);
  });
});
