import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { decode } from '../../../src/edi/segments.ts';
import { bytes, gs, isa, st } from '../../edi/support/x12.ts';
import { structureOfFile } from '../support/documents.ts';
import { leaves, readingsOf, valueAt } from '../support/lineage.ts';
import { compiled, map856, shippedLibrary } from '../support/maps.ts';

/** Documents for the shipped maps: those that lie beside the maps, and one each that says a lot. */
const FULL: Readonly<Record<string, Buffer>> = {
  '856': file('SH', '856', [
    'BSN*00*S1*20261204*1030',
    'DTM*011*20261204*1030*CT',
    'HL*1**S',
    'TD1*CTN25*7****G*12.50*LB',
    'TD5*B*2*ABCD*M*  Fast Freight ',
    'REF*BM*B1',
    'REF*XX*Y*Other',
    'N1*ST*Dépôt*92*7',
    'N3*Dock 1*Gate 2',
    'N4*Reno*NV*89501*US',
    'HL*2*1*O',
    'PRF*PO1***20261201',
    'HL*3*2*P',
    'MAN*GM*1*GM*2',
    'HL*4*3*I',
    'LIN**UP*036000291452*SK*A1',
    'SN1**.5*EA',
  ]),
  '214': file('QM', '214', [
    'B10*PRO1*SHP1*ABCD',
    'L11*BOL*BM',
    'N1*SH*Plant',
    'LX*1',
    'AT7*AF*NS***20261204*1030*CT',
    'MS1*Dallas*TX*US',
    'LX*2',
    'AT7***AA*NA*20261205*0900*LT',
    'AT8*G*L*500*7',
  ]),
};

function file(code: string, type: string, segments: readonly string[]): Buffer {
  return bytes(isa({ after: '\n' }, gs(code, st(type, ...segments))));
}

/** Every document that a shipped map can be tried on. */
function documents(): readonly { readonly name: string; readonly set: string; readonly file: Buffer }[] {
  const maps = new URL('../../../maps/', import.meta.url);
  const beside = [...new Set(shippedLibrary.maps.map(({ name, document }) => `${name} ${document.set}`))].flatMap(
    (each) => {
      const [folderName = '', set = ''] = each.split(' ');
      const folder = new URL(`${folderName}/tests/`, maps);
      const names = readdirSync(folder).filter((name) => name.endsWith('.edi'));
      return names.map((name) => ({ name: `${set}/${name}`, set, file: readFileSync(new URL(name, folder)) }));
    },
  );
  return [...beside, ...Object.entries(FULL).map(([set, full]) => ({ name: `a full ${set}`, set, file: full }))];
}

describe('lineage', () => {
  for (const { name, set, file } of documents()) {
    for (const map of shippedLibrary.maps.filter(({ document }) => document.set === set)) {
      it(`of ${name} read with ${map.pin} leads each value to the bytes it was made of`, () => {
        const structure = structureOfFile(file);
        const reading = map.read(structure);
        const { delimiters } = structure.segments;
        const lines = map.lineage(structure);
        for (const line of lines) {
          const [from, to] = line.bytes;
          const where = `${line.event}${line.field}`;
          assert.equal(decode(file, from, to, delimiters.charset), line.raw, where);
          assert.equal(valueAt(reading.events[line.event]?.data, line.field), line.value, where);
          assert(
            readingsOf(line.raw, delimiters).includes(line.value),
            `${where}: ${line.raw} does not say ${line.value}`,
          );
          assert.equal(structure.segments.tag(line.segment.position - 1), line.segment.tag, where);
        }
      });

      it(`of ${name} read with ${map.pin} has every value exactly once`, () => {
        const structure = structureOfFile(file);
        const wanted = map
          .read(structure)
          .events.flatMap(({ data }, event) => leaves(data).map((leaf) => `${event}${leaf}`));
        const found = map.lineage(structure).map(({ event, field }) => `${event}${field}`);
        assert.deepEqual([...found].sort(), [...wanted].sort());
      });
    }
  }

  it('names the line of the map, the segment and the element', () => {
    const map = compiled(map856('  createdAt: { at: BSN03..04, as: datetime }\n'));
    const text = file('SH', '856', ['BSN*00*S1*20261204*1030']);
    const [number, created] = map.lineage(structureOfFile(text));
    const at = text.indexOf('20261204*1030', text.indexOf('BSN*'));
    assert.deepEqual(created, {
      event: 0,
      field: '/createdAt',
      value: '2026-12-04T10:30:00',
      raw: '20261204*1030',
      map: { file: 'm/x12/856/next.yaml', line: 7 },
      overlay: false,
      segment: { position: 2, tag: 'BSN' },
      element: 3,
      component: null,
      bytes: [at, at + 13],
    });
    assert.equal(number?.map.line, 6);
  });

  it('leads each repetition of a repeated element to its own bytes', () => {
    const map = compiled(map856('  shipment: { in: HL(S), seals: { all: TD309 } }\n'));
    const header = gs('SH', st('856', 'BSN*00*S1*20261204*1030', 'HL*1**S', 'TD3*TL********A^^ B2 ^C'));
    const text = bytes(isa({ version: '00501', repetition: '^' }, header));
    const seals = map.lineage(structureOfFile(text)).filter(({ field }) => field.includes('seals'));
    assert.deepEqual(
      seals.map(({ field, value, raw, bytes: [from, to] }) => [field, value, raw, text.toString('latin1', from, to)]),
      [
        ['/shipment/seals/0', 'A', 'A', 'A'],
        ['/shipment/seals/1', 'B2', ' B2 ', ' B2 '],
        ['/shipment/seals/2', 'C', 'C', 'C'],
      ],
    );
  });

  it('of an event that is said again is that of the first', () => {
    const text = file('SW', '945', ['W06*F*D1', 'LX*1', 'W12*BO*1*0*1*EA**UP*036000291452']);
    const map = shippedLibrary.find('x12/945@1.0.0');
    assert(map !== undefined);
    const lines = map.lineage(structureOfFile(text));
    const of = (event: number) =>
      lines.filter((line) => line.event === event).map(({ field, raw }) => `${field} ${raw}`);
    assert(of(0).length > 3);
    assert.deepEqual(of(0), of(1));
  });
});
