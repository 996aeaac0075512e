import type { Place } from '../../util/problem.ts';
import type { TreeStandard } from './standards.ts';

/** What kind of text a value is. Dates and times are ISO 8601 unless their form says otherwise. */
export type LeafKind = 'text' | 'number' | 'boolean' | 'date' | 'datetime';

/** Other forms of a date, as a layout names them. */
export const DATE_FORMS = ['DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY', 'YYYY/MM/DD'] as const;

export type DateForm = (typeof DATE_FORMS)[number];

/** A value of a document: a JSON value, an XML element or attribute, a cell. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly at: Place;
  /** `city`, `@id`, or `.` for the value of what is around it. */
  readonly name: string;
  readonly type: LeafKind;
  readonly form: DateForm | null;
  readonly min: number;
  readonly max: number;
  /** The text that always stands there; null where a map says it. */
  readonly constant: string | null;
}

/** An object, element or row with values of its own. */
export interface Branch {
  readonly kind: 'branch';
  readonly at: Place;
  readonly name: string;
  /** It may come several times: a list of JSON, elements of one name, rows. */
  readonly many: boolean;
  /** In the order in which they are written. */
  readonly inside: readonly (Leaf | Branch)[];
}

/** What the header and the layout of a map say of its documents. */
export interface TreeDocument {
  readonly standard: TreeStandard;
  /** XML: name of the root element; empty for JSON and CSV. */
  readonly root: string;
  /** XML: the namespace that is written; null for none. */
  readonly namespace: string | null;
  /** Name of what holds one document each, where a file holds several; null where the file, or each item of a list, is one. */
  readonly each: string | null;
  /** Names at the top by which a document is known. */
  readonly having: readonly string[];
  /** CSV: null is detected when reading and a comma when writing. */
  readonly delimiter: string | null;
  /** CSV: whether the first record names the columns. */
  readonly header: boolean;
  /** CSV: columns whose values tell one document from the next; empty where the file is one document. */
  readonly per: readonly string[];
  /** The document itself, as a branch without a name. */
  readonly layout: Branch;
}

/** The values of a branch. */
export function leavesOf({ inside }: Branch): readonly Leaf[] {
  return inside.filter((each) => each.kind === 'leaf');
}

/** The branches in a branch. */
export function branchesOf({ inside }: Branch): readonly Branch[] {
  return inside.filter((each) => each.kind === 'branch');
}
