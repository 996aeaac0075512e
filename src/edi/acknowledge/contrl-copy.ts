import { partText } from '../part-text.ts';
import type { Segments } from '../segments.ts';

/** An element that CONTRL copies: the widths of its components, and how many of them must be there. */
export interface CopiedElement {
  readonly widths: readonly number[];
  readonly mandatory: number;
  /** It may be absent as a whole. */
  readonly optional?: true;
}

/** What CONTRL copies, as the versions of the syntax describe it. */
export interface CopiedElements {
  /** 0020, 0048 and 0062. */
  readonly reference: CopiedElement;
  /** S002 and S003. */
  readonly party: CopiedElement;
  /** S006 and S007. */
  readonly groupParty: CopiedElement;
  /** S009. */
  readonly identifier: CopiedElement;
}

const reference: CopiedElement = { widths: [14], mandatory: 1 };

/** Syntax versions 1 to 3. */
const BEFORE_4: CopiedElements = {
  reference,
  party: { widths: [35, 4, 14], mandatory: 1 },
  groupParty: { widths: [35, 4], mandatory: 1 },
  identifier: { widths: [6, 3, 3, 2, 6], mandatory: 4 },
};

/** Syntax version 4. */
const IN_4: CopiedElements = {
  reference,
  party: { widths: [35, 4, 35, 35], mandatory: 1 },
  groupParty: { widths: [35, 4], mandatory: 1, optional: true },
  identifier: { widths: [6, 3, 3, 3, 6, 6, 6], mandatory: 4, optional: true },
};

/** What is copied in a version of the syntax. */
export function copiedElements(version: string): CopiedElements {
  return version === '4' ? IN_4 : BEFORE_4;
}

/** Components of an element of a header; null when one is missing or has a form that cannot be copied. */
export function copied(
  header: Segments,
  element: number,
  { widths, mandatory, optional }: CopiedElement,
): readonly string[] | null {
  const parts = widths.map((_, index) => partText(header, 0, element, index + 1));
  if (optional === true && parts.every((part) => part === '')) return parts;
  const sound = parts.every((part, index) => isSound(part, widths[index] ?? 0) && (part !== '' || index >= mandatory));
  return sound ? parts : null;
}

function isSound(part: string, width: number): boolean {
  return [...part].length <= width && !/[\p{Cc}\ufffd]/u.test(part);
}
