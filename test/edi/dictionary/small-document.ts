/** A document that keeps to the tables: the segments between ST and SE. */
export interface SmallDocument {
  readonly set: string;
  /** GS01. */
  readonly group: string;
  readonly segments: readonly string[];
  /** The one release that has it so; both when absent. */
  readonly only?: string;
}

/** A party with its address, as most sets have it. */
export const PARTY = ['N1*ST*Harbour Store 12*92*0012', 'N2*Receiving', 'N3*1 Quay Road', 'N4*Duluth*MN*55802*US'];
