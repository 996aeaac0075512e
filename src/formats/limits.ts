/** Beyond these a document is refused with a finding. */
export interface FormatLimits {
  readonly bytes: number;
  /** How deep elements, objects and lists may nest. */
  readonly depth: number;
  /** Elements, attributes, pieces of text and JSON values of a document; each takes about 150 bytes of memory. */
  readonly nodes: number;
  /** Attributes of an element, keys of an object, cells of a record. */
  readonly names: number;
}

/** What readers use unless told otherwise. */
export const FORMAT_LIMITS: FormatLimits = {
  bytes: 32 * 1024 * 1024,
  depth: 64,
  nodes: 2_000_000,
  names: 10_000,
};

/** Tables are read record by record, so that more fits. */
export const TABLE_LIMITS: FormatLimits = { ...FORMAT_LIMITS, bytes: 100 * 1024 * 1024 };
