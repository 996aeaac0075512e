import { type GroupPart, gs, type InterchangeOptions, isa, st } from '../edi/support/x12.ts';

/**
 * Two partners of an invented warehouse, and the smallest documents they send, for tests that need a whole gateway. `number`
 * makes documents differ: the same number gives the same document.
 */

export const WAREHOUSE = `partner: warehouse
name: Warehouse of the tests
timezone: America/Chicago
identifiers: { x12: ZZ/WAREHOUSE, edifact: "WAREHOUSE:ZZZ" }
us: { x12: ZZ/OURCO, edifact: "OURCO:ZZZ" }
connections:
  main:
    folder: { pickUp: drop/warehouse/*, every: 1s, ready: rename }
inbound:
  - { document: 856, release: 004010, map: x12/856@1.0.0, acknowledge: 997 }
  - { document: 940, release: 004010, map: x12/940@1.0.0, acknowledge: 997 }
  - { document: 945, release: 004010, map: x12/945@1.0.0, acknowledge: 997 }
`;

export const CARRIER = `partner: carrier
name: Carrier of the tests
timezone: America/Chicago
identifiers: { x12: 02/CARR }
us: { x12: ZZ/OURCO }
connections:
  main:
    folder: { pickUp: drop/carrier/*, every: 1s, ready: rename }
inbound:
  - { document: 214, release: 004010, map: x12/214@1.0.0, acknowledge: 997 }
`;

/** ISA13 of a number. */
export function controlNumber(number: number): string {
  return String(number).padStart(9, '0');
}

/** Ship notices, one set for each number; a ship notice is one event. */
export function shipNotices(...numbers: readonly number[]): GroupPart {
  return gs(
    'SH',
    ...numbers.map((number) =>
      st('856', `BSN*00*ASN-${number}*20261203*1655`, 'HL*1**S', `REF*BM*BOL-${number}`, 'DTM*011*20261203*1630'),
    ),
  );
}

/** A shipping order: one event. */
export function shippingOrder(number: number): GroupPart {
  return gs('OW', st('940', `W05*N*DO-${number}*PO-${number}`, 'LX*1', `W01*24*EA**VN*BOOT-${number}`));
}

/** A shipping advice: one event. */
export function shippingAdvice(number: number): GroupPart {
  return gs('SW', st('945', ...adviceSegments(number)));
}

/** The segments of a shipping advice between ST and SE. */
export function adviceSegments(number: number): readonly string[] {
  return [`W06*F*DO-${number}*20261204*SHP-${number}`, 'LX*1', 'W12*CC*10*10*0*EA**VN*BOOT-43', 'W03*10*88*LB'];
}

/** A status of the carrier with two milestones: two events. */
export function status(number: number): GroupPart {
  return gs(
    'QM',
    st(
      '214',
      `B10*PRO-${number}*SHP-${number}*CARR`,
      'LX*1',
      'AT7*X3*NS***20261203*1555*CT',
      'MS1*Reno*NV*US',
      'AT7*AF*NS***20261203*1638*CT',
      'MS1*Reno*NV*US',
    ),
  );
}

/** An interchange from the warehouse. */
export function fromWarehouse(number: number, group: GroupPart, rest: InterchangeOptions = {}): string {
  return interchange('ZZ', 'WAREHOUSE', number, group, rest);
}

/** An interchange from the carrier. */
export function fromCarrier(number: number, group: GroupPart, rest: InterchangeOptions = {}): string {
  return interchange('02', 'CARR', number, group, rest);
}

function interchange(
  senderQualifier: string,
  sender: string,
  number: number,
  group: GroupPart,
  rest: InterchangeOptions,
): string {
  return isa({ senderQualifier, sender, receiver: 'OURCO', controlNumber: controlNumber(number), ...rest }, group);
}
