import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../support/crossdock.ts';

/** The files that mistakes are planted in: shipped maps and tables, and a partner that uses them both ways. */
export const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['x12/856/1.0.0', 'x12/940/1.0.0', 'x12/945/1.0.0', 'x12/parts', 'edifact/parts', 'edifact/iftmbc/1.0.0'],
      ...usedTables(),
    ].map((name) => [`maps/${name}.yaml`, shipped(`${name}.yaml`)]),
  ),
  'maps/maps.lock': `# What released maps rest on.\n${/^x12\/856@1\.0\.0 .*\n/m.exec(shipped('maps.lock'))?.[0]}`,
  'partners/acme/partner.yaml': `partner: acme
name: Acme Warehousing
timezone: America/Chicago
identifiers: { x12: ZZ/ACME, edifact: "ACME:14" }
us: { x12: ZZ/OURCO, edifact: "OURCO:14" }
connections:
  main: { folder: { pickUp: drop/acme/out/*.edi, dropOff: drop/acme/in, every: 1s, ready: stable } }
inbound:
  - { document: 945, release: 004010, map: x12/945@1.0.0, overlay: overlays/945.yaml, acknowledge: 997 }
outbound:
  - { document: 856, on: logistics.shipment.advised.v1, map: x12/856@1.0.0, via: main, style: { charset: utf-8, lines: lf } }
  - { document: 940, on: logistics.warehouse-order.released.v1, map: x12/940@1.0.0, via: main, expect: 997 within 4h }
  - { document: IFTMBC, on: logistics.load.tender-accepted.v1, map: edifact/iftmbc@1.0.0, via: main }
  - { document: 945, on: logistics.warehouse-order.shipped.v1, map: x12/945@1.0.0, via: main, style: { guide: 004010VICS } }
`,
  'partners/acme/overlays/945.yaml': `base: x12/945@1.0.0
because: Their guide sends the PRO number in N9 with 2I.
data:
  proNumber: N9(01=2I)02
  loadNumber: ~
codes:
  uom: { x12: { QG: bag } }
expect:
  - { at: N9(01=BM)02, required: yes, length: 6..10, pattern: capitals }
  - { each: LX/W12, at: 01, codes: [ CC, CP ], severity: note }
  - { of: LX, count: 1..500 }
`,
};

function shipped(name: string): string {
  return readFileSync(join(CHECKOUT, 'maps', name), 'utf8');
}

/** Every table: parts name some that no map here uses. */
function usedTables(): readonly string[] {
  return [...shipped('maps.lock').matchAll(/^(codes\/\S+) /gm)].map(([, name = '']) => name);
}

export const M945 = 'maps/x12/945/1.0.0.yaml';
export const M940 = 'maps/x12/940/1.0.0.yaml';
export const IFTMBC = 'maps/edifact/iftmbc/1.0.0.yaml';
export const FULFILMENT = 'maps/codes/fulfilment.yaml';
export const PARTNER = 'partners/acme/partner.yaml';
export const OVERLAY = 'partners/acme/overlays/945.yaml';
export const LOCK = 'maps/maps.lock';
export const FULFILMENT_TEXT = FILES[FULFILMENT] ?? '';
export const FULFILMENT_SECTION = FULFILMENT_TEXT.slice(FULFILMENT_TEXT.indexOf('x12:'));
export const LOCK_LINE = FILES[LOCK]?.split('\n')[1] ?? '';
export const LOCK_HASH = LOCK_LINE.split(' ')[1] ?? '';

export interface Mistake {
  readonly what: string;
  readonly file: string;
  /** The text that is replaced, and the text with the mistake. */
  readonly change: readonly [from: string, to: string];
  /** Where it is told: at the beginning of this text, which is looked for in the planted text and then in the whole file. */
  readonly at: string;
  /** The file where it is told, where it is another one. */
  readonly told?: string;
  readonly code: string;
  /** Words of the cause and of the remedy. */
  readonly says: RegExp;
}

type Row = readonly [what: string, from: string, to: string, at: string, code: string, says: RegExp, told?: string];

/** Rows as mistakes in a file. */
export function planted(file: string, rows: readonly Row[]): readonly Mistake[] {
  return rows.map(([what, from, to, at, code, says, told]) => ({
    what,
    file,
    change: [from, to],
    at,
    code,
    says,
    ...(told === undefined ? {} : { told }),
  }));
}
