import assert from 'node:assert/strict';
import type { MapReading } from '../../../src/mapping/types.ts';
import { read, structure } from '../support/documents.ts';
import { compiled, map214, map856, map945, shippedMap } from '../support/maps.ts';

const HEADER = 'BSN*00*S1*20261204*1030';

/** Code, path, segment and element of each finding. */
function told({ findings }: MapReading): readonly string[] {
  return findings.map(
    ({ code, path, position, value }) =>
      `${code} ${path} ${position.segment}/${position.element ?? '-'}${value === undefined ? '' : ` "${value}"`}`,
  );
}

describe('a value that cannot be read', () => {
  const map = compiled(
    map856(`  createdAt: { at: BSN03..04, as: datetime }
  shipment: { in: HL(S), packageCount: { at: TD102, as: number }, packaging: { at: TD101, codes: fulfilment } }
`),
  );

  it('is a finding with its place, and the document gives no event', () => {
    const reading = read(map, [HEADER, 'HL*1**S', 'TD1**many']);
    assert.deepEqual(reading.events, []);
    assert.deepEqual(told(reading), ['MAP_VALUE 856/HL[1]/TD1/02 4/2 "many"']);
    const [finding] = reading.findings;
    assert.equal(finding?.severity, 'rejected');
    assert.equal(finding?.expected, 'a plain number');
    assert.match(finding?.text ?? '', /"many" .*packageCount/);
    assert.match(finding?.remedy ?? '', /m\/x12\/856\/next\.yaml:8\)/);
  });

  it('has the byte of the file where it stands', () => {
    const document = structure('856', [HEADER, 'HL*1**S', 'TD1**many']);
    const [finding] = map.read(document).findings;
    const byte = (finding?.position.byte ?? 0) - document.segments.base;
    assert.equal(document.segments.bytes.toString('latin1', byte, byte + 4), 'many');
  });

  it('is told with all others of the document', () => {
    const reading = read(map, ['BSN*00*S1*20261399*1030', 'HL*1**S', 'TD1*ZZ*many']);
    assert.deepEqual(told(reading), [
      'MAP_VALUE 856/BSN/03 2/3 "20261399 1030"',
      'MAP_VALUE 856/HL[1]/TD1/02 4/2 "many"',
      'MAP_VALUE 856/HL[1]/TD1/01 4/1 "ZZ"',
    ]);
  });

  it('gives way to an alternative that can be read', () => {
    const rule = '  createdAt: { either: [ { at: BSN03, as: date }, { at: DTM(01=011)02, as: date } ] }\n';
    const either = compiled(map856(rule));
    assert.deepEqual(told(read(either, ['BSN*00*S1*x*1030', 'DTM*011*20261204'])), []);
    assert.deepEqual(told(read(either, ['BSN*00*S1*x*1030'])), ['MAP_VALUE 856/BSN/03 2/3 "x"']);
  });
});

describe('a required field', () => {
  it('that the document does not say is a finding', () => {
    const reading = read(shippedMap('x12/856@1.0.0'), ['BSN*00**20261204*1030', 'HL*1**S', 'TD3*TL**T1']);
    assert.deepEqual(reading.events, []);
    assert.deepEqual(
      told(reading).map((line) => line.split(' ')[0]),
      ['MAP_FIELD_MISSING'],
    );
    assert.match(reading.findings[0]?.text ?? '', /adviceNumber/);
  });

  it('is asked for in every entry of a list, each told', () => {
    const map = compiled(map945('  notes: { each: NTE, type: 01, text: 02 }\n'));
    const reading = read(map, ['W06*F*D1', 'NTE*GEN', 'NTE*GEN*Text', 'NTE*DEL']);
    assert.deepEqual(
      reading.findings.map(({ code, position }) => `${code} ${position.segment}`),
      ['MAP_FIELD_MISSING 3', 'MAP_FIELD_MISSING 5'],
    );
  });

  it('of which the document says something unreadable is told once', () => {
    const rule = '  lines: { each: LX/W12, sku: 08, fulfilment: { at: 01, codes: fulfilment } }\n';
    assert.deepEqual(told(read(compiled(map945(rule)), ['W06*F*D1', 'LX*1', 'W12*QQ*1*1*0*EA**SK*A'])).length, 1);
  });
});

describe('a document that tells no event', () => {
  it('because the code is unknown, is a finding at the code', () => {
    const reading = read(compiled(map856('')), ['BSN*77*S1*20261204*1030']);
    assert.deepEqual(told(reading), ['MAP_EVENT_TYPE 856/BSN/01 2/1 "77"']);
    assert.equal(reading.findings[0]?.expected, 'one of 00, 05');
  });

  it('because the code is absent, is a finding that names the element', () => {
    const reading = read(compiled(map856('')), ['BSN**S1*20261204*1030']);
    assert.deepEqual(
      told(reading).map((line) => line.split(' ')[0]),
      ['MAP_EVENT_TYPE'],
    );
    assert.match(reading.findings[0]?.text ?? '', /no BSN01/);
  });

  it('because no segment makes one, is a finding that names the segment', () => {
    const reading = read(compiled(map214('  proNumber: B1001\n')), ['B10*1*2*ABCD', 'LX*1']);
    assert.match(reading.findings[0]?.text ?? '', /no LX\/AT7/);
    assert.equal(reading.findings[0]?.code, 'MAP_EVENT_TYPE');
  });

  it('because it says nothing the map reads, is a finding too: nothing is lost in silence', () => {
    const reading = read(compiled(map945('')), ['W06*F']);
    assert.deepEqual(reading.events, []);
    assert.deepEqual(
      told(reading).map((line) => line.split(' ')[0]),
      ['MAP_FIELD_MISSING'],
    );
  });

  it('in one of its statuses gives none of the others', () => {
    const reading = read(compiled(map214('  proNumber: B1001\n')), [
      'B10*1*2*ABCD',
      'LX*1',
      'AT7*D1',
      'LX*2',
      'AT7**NS',
    ]);
    assert.deepEqual(reading.events, []);
    assert.match(reading.findings[0]?.text ?? '', /no AT701 or AT703/);
  });
});

describe('a release that has no tables of its own', () => {
  it('is read with the map of the nearest one', () => {
    const map = shippedMap('x12/856@1.0.0');
    const { events, findings } = map.read(structure('856', [HEADER, 'HL*1**S', 'TD3*TL**T1'], '004030'));
    assert.deepEqual(findings, []);
    assert.deepEqual(events[0]?.data.shipment, { equipment: 'trailer', trailer: 'T1' });
  });
});
