import {
  type BlockReference,
  parseBlockReference,
  parseValueReference,
  type ReferenceFault,
  type ValueReference,
} from './reference.ts';

/** How references of a kind of document are written. */
export interface ReferenceSyntax {
  value(text: string): ValueReference | ReferenceFault;
  block(text: string): BlockReference | ReferenceFault;
  /** What to write where a value, or a block, is none. */
  readonly valueRemedy: string;
  readonly blockRemedy: string;
  /** What is wrong where no text stands at all. */
  readonly blockWanted: string;
}

/** X12 and EDIFACT: segments, loops and elements. */
export const SEGMENT_REFERENCES: ReferenceSyntax = {
  value: parseValueReference,
  block: parseBlockReference,
  valueRemedy: 'Write segment and element, as in BSN02, REF(01=BM)02 or DTM02..04.',
  blockRemedy: 'Name a loop or segment, as in HL(O), LX/AT7 or N1(01=ST).',
  blockWanted: 'A loop or segment is wanted here',
};
