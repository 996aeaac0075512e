import type { Dictionaries, Dictionary } from '../dictionary/types.ts';
import type { FunctionalGroup, Standard, TransactionSet } from '../envelope.ts';
import type { Finding } from '../finding.ts';
import { finding } from '../findings.ts';
import { type StructureFault, structureOf } from '../structure.ts';
import type { Structure } from '../structure-types.ts';
import { checkSetEnvelope } from './document-envelope.ts';
import { checkElements, type ElementFault, elementRules } from './elements.ts';
import { pathsOf } from './paths.ts';
import { elementFinding, structureFinding } from './segment-findings.ts';
import { segmentPlansOf } from './segment-plan.ts';

/** What checking one document gave. */
export interface DocumentCheck {
  readonly findings: readonly Finding[];
  /** The document laid over its set; null when no table describes the set. */
  readonly structure: Structure | null;
}

/** So many findings of one document are kept, so that a hostile file cannot fill the memory. */
export const MAX_FINDINGS = 1000;

/** From this release on dates are written CCYYMMDD. */
const FIRST_LONG_DATES = '004010';

/** A fault that still needs its path. `segment` counts from 0. */
type Fault =
  | { readonly segment: number; readonly structure: StructureFault }
  | { readonly segment: number; readonly element: ElementFault };

/**
 * Checks one document against the tables of its release: header and trailer, structure, elements. Findings come in the
 * order of the segments. Time grows with the length of the document; without faults nothing is allocated per segment.
 */
export function checkDocument(
  document: TransactionSet,
  group: FunctionalGroup,
  dictionaries: Dictionaries,
): DocumentCheck {
  const standard: Standard = document.segments.tag(0) === 'UNH' ? 'edifact' : 'x12';
  const findings = checkSetEnvelope(document, group, standard);
  const found = dictionaries.find(standard, document.release, document.type);
  const definition = found?.dictionary.set(document.type);
  const at = { path: document.type, position: { byte: document.start } };
  if (found === undefined || definition === undefined) {
    const named = standard === 'x12' ? {} : { tag: 'UNH', element: 2, component: 1 };
    const text = `No table describes the set ${document.type} of release ${document.release}.`;
    if (findings.every(({ code }) => code !== 'SET_TYPE_INVALID')) {
      const position = { ...at.position, ...named };
      findings.push(finding('SET_UNKNOWN', { ...at, position, value: document.type, text }));
    }
    return { findings, structure: null };
  }
  const { dictionary, exact } = found;
  if (!exact) {
    const { release } = document;
    const nothing = release === '' ? 'The group names no release' : `No table of ${release} describes ${document.type}`;
    const text = `${nothing}; that of ${dictionary.release} was used instead.`;
    findings.push(finding('RELEASE_NOT_INSTALLED', { ...at, value: release, expected: dictionary.release, text }));
  }
  const faults: Fault[] = [];
  let cut = 0;
  const keep = (fault: Fault): void => {
    if (faults.length < MAX_FINDINGS) faults.push(fault);
    else cut++;
  };
  const structure = structureOf(definition, document.segments, (fault) => {
    if (!isTrailer(fault, document)) keep({ segment: fault.segment, structure: fault });
  });
  checkAllElements(document, standard, dictionary, keep);
  if (faults.length > 0) findings.push(...findingsOf(faults, structure, dictionary));
  if (cut > 0) {
    const text = `${MAX_FINDINGS} findings are kept of this document, ${cut} more are not.`;
    findings.push(finding('FINDINGS_CUT', { ...at, value: String(cut), text }));
  }
  return { findings, structure };
}

/** A missing trailer is said once, by the envelope. */
function isTrailer(fault: StructureFault, document: TransactionSet): boolean {
  return fault.code === 'SEGMENT_MISSING' && !document.complete && (fault.tag === 'SE' || fault.tag === 'UNT');
}

/** Header and trailer are left out: what is wrong with them is the document's own fault, not an element's. */
function checkAllElements(
  document: TransactionSet,
  standard: Standard,
  dictionary: Dictionary,
  keep: (fault: Fault) => void,
): void {
  const { segments } = document;
  const shortDates = standard === 'x12' && document.release < FIRST_LONG_DATES;
  const rules = elementRules(segments.delimiters, shortDates);
  const plans = segmentPlansOf(dictionary);
  const end = document.complete ? segments.count - 1 : segments.count;
  let segment = 1;
  let toldTrailing = false;
  const report = (fault: ElementFault): void => {
    if (fault.code === 'TRAILING_SEPARATORS') {
      if (toldTrailing) return;
      toldTrailing = true;
    }
    keep({ segment, element: fault });
  };
  for (; segment < end; segment++) {
    const key = segments.tagKey(segment);
    const plan = plans.get(key) ?? plans.make(key, segments.tag(segment));
    if (plan !== null) checkElements(segments, segment, plan, rules, report);
  }
}

function findingsOf(faults: readonly Fault[], structure: Structure, dictionary: Dictionary): readonly Finding[] {
  const paths = pathsOf(structure);
  const { segments } = structure;
  return faults
    .toSorted((a, b) => a.segment - b.segment)
    .map((fault) => {
      if ('structure' in fault) return structureFinding(segments, fault.structure, paths, dictionary);
      const path = paths.ofSegment(fault.segment, segments.tag(fault.segment));
      return elementFinding(segments, fault.segment, fault.element, path);
    });
}
