/** Identifier octets of ASN.1 (X.690) that these structures use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Context-specific tag number, of a constructed value. */
export function constructed(number: number): number {
  return 0xa0 | number;
}

/** Context-specific tag number, of a primitive value. */
export function primitive(number: number): number {
  return 0x80 | number;
}

/** True when the value of the tag is made of elements. */
export function isConstructed(tag: number): boolean {
  return (tag & 0x20) !== 0;
}
