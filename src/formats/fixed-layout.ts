/** Which blanks around a field are padding and taken away. */
export type Trim = 'both' | 'start' | 'end' | 'none';

export interface FixedField {
  readonly name: string;
  /** Position of the first character in the line, from 1. */
  readonly from: number;
  readonly length: number;
  /** `both` when absent. */
  readonly trim?: Trim;
}

export interface FixedRecord {
  readonly name: string;
  /** What stands at the place of the tag; absent for the one record of a file without tags. */
  readonly tag?: string;
  readonly fields: readonly FixedField[];
}

/** The lines of a fixed-width file. Places count characters, not bytes. */
export interface FixedLayout {
  /** Where each line says which record it is. */
  readonly tag?: { readonly from: number; readonly length: number };
  readonly records: readonly FixedRecord[];
}
