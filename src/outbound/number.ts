import type { NumberKind, TakenNumber } from '../ledger/outbound-types.ts';
import type { MapStandard } from '../mapping/trees/standards.ts';
import type { Envelope } from './envelope.ts';

/** Nine digits are what ISA13, GS06 and ST02 hold; behind them numbers begin anew. */
const LAST_NUMBER = 999_999_999;

/** The serial that the next number of each kind has. */
export type Serials = Readonly<Record<NumberKind, number>>;

/** The numbers of one document. */
export interface Numbering {
  /** For its envelope. */
  readonly numbers: Envelope['numbers'];
  readonly taken: readonly TakenNumber[];
  /** As the document says them; empty where it has none. */
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  readonly controlNumber: string;
  /** Where the next document goes on. */
  readonly next: Serials;
}

/** Numbers a document that stands alone in its interchange. JSON, XML and CSV have no numbers. */
export function numberDocument(serials: Serials, standard: MapStandard): Numbering {
  switch (standard) {
    case 'x12': {
      const [interchange, group, document] = [serials.ISA13, serials.GS06, serials.ST02].map(numberOf);
      return numbering(serials, ['ISA13', 'GS06', 'ST02'], [interchange, group, document], {
        interchangeControlNumber: String(interchange).padStart(9, '0'),
        groupControlNumber: String(group),
        controlNumber: String(document).padStart(4, '0'),
      });
    }
    case 'edifact': {
      const [interchange, document] = [serials.UNB, serials.UNH].map(numberOf);
      return numbering(serials, ['UNB', 'UNH'], [interchange, undefined, document], {
        interchangeControlNumber: String(interchange),
        groupControlNumber: '',
        controlNumber: String(document),
      });
    }
    case 'json':
    case 'xml':
    case 'csv':
      return numbering(serials, [], [], { interchangeControlNumber: '', groupControlNumber: '', controlNumber: '' });
  }
}

function numbering(
  serials: Serials,
  kinds: readonly NumberKind[],
  [interchange = 1, group = 1, document = 1]: readonly (number | undefined)[],
  texts: Pick<Numbering, 'interchangeControlNumber' | 'groupControlNumber' | 'controlNumber'>,
): Numbering {
  const taken = kinds.map((kind) => ({ kind, serial: serials[kind] }));
  const next = { ...serials };
  for (const kind of kinds) next[kind] += 1;
  return { numbers: { interchange, group, document }, taken, ...texts, next };
}

function numberOf(serial: number): number {
  return ((serial - 1) % LAST_NUMBER) + 1;
}
