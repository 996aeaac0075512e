import type { Dictionaries } from '../dictionary/types.ts';
import type { FunctionalGroup, Interchange } from '../envelope.ts';
import type { Finding, Severity } from '../finding.ts';
import { type FindingDetails, finding } from '../findings.ts';
import type { Segments } from '../segments.ts';
import { envelopePosition } from './control.ts';
import { checkUnb, checkUng } from './edifact-header.ts';
import { checkElements, type ElementFault, elementRules } from './elements.ts';
import { segmentPlanOf } from './segment-plan.ts';

/** ISA11 is a repetition separator from this version on. */
const FIRST_REPETITION = '00402';
/** The release whose ISA and GS stand for all: their form did not change but for ISA11 and the date of GS04. */
const ENVELOPE_RELEASE = '004010';

/** TA105 for each element of the ISA, and whether it rejects the interchange. */
const ISA_CODES: Readonly<Record<number, { readonly code: string; readonly severity: Severity }>> = {
  1: { code: '010', severity: 'rejected' },
  2: { code: '011', severity: 'rejected' },
  3: { code: '012', severity: 'rejected' },
  4: { code: '013', severity: 'rejected' },
  5: { code: '005', severity: 'rejected' },
  6: { code: '006', severity: 'accepted-with-errors' },
  7: { code: '007', severity: 'rejected' },
  8: { code: '008', severity: 'accepted-with-errors' },
  9: { code: '014', severity: 'rejected' },
  10: { code: '015', severity: 'rejected' },
  11: { code: '016', severity: 'rejected' },
  12: { code: '017', severity: 'rejected' },
  13: { code: '018', severity: 'rejected' },
  14: { code: '019', severity: 'accepted-with-errors' },
  15: { code: '020', severity: 'accepted-with-errors' },
};

/** TA105 of a well-formed ISA11 or ISA12 that is not supported. */
const STANDARD_UNSUPPORTED = '002';
const VERSION_UNSUPPORTED = '003';
/** Versions of the control segments, of the releases that X12 ever made. */
export const KNOWN_VERSION = /^00[2-8][0-9]{2}$/;

/** AK905 for the elements of the GS that have one, and without which the group cannot be taken. */
const GS_CODES: Readonly<Record<number, string>> = { 1: '1', 6: '6', 8: '2' };

/** The faults of an ISA or UNB: its form, its elements, its delimiters. */
export function checkInterchangeHeader(interchange: Interchange, dictionaries: Dictionaries): readonly Finding[] {
  if (interchange.standard === 'edifact') return checkUnb(interchange);
  const { header, irregularHeader, version, start } = interchange;
  const findings: Finding[] = [];
  if (irregularHeader) {
    findings.push(finding('INTERCHANGE_HEADER_LENGTH', { path: 'ISA', position: { byte: start, tag: 'ISA' } }));
  }
  const repeats = version >= FIRST_REPETITION;
  const told = new Set<number>();
  const report = (fault: ElementFault): void => {
    const ack = ISA_CODES[fault.element];
    const empty = fault.code === 'ELEMENT_MISSING' && (fault.element === 2 || fault.element === 4);
    const ownForm = fault.code === 'ELEMENT_TOO_SHORT' || fault.code === 'ELEMENT_TOO_LONG' || empty;
    if (ack === undefined || told.has(fault.element) || (irregularHeader && ownForm)) return;
    if (fault.element === 11 && repeats) return;
    told.add(fault.element);
    const unsupported = fault.element === 11 && fault.code === 'ELEMENT_CODE' && header.text(0, 11).trim() !== '';
    const code = unsupported ? STANDARD_UNSUPPORTED : ack.code;
    const severity = unsupported ? undefined : ack.severity;
    findings.push(headerFinding('INTERCHANGE_HEADER_ELEMENT', header, fault, code, severity));
  };
  checkHeader(header, dictionaries, false, report);
  if (!told.has(12) && !KNOWN_VERSION.test(version)) findings.push(versionFinding(header, version));
  for (const [element, id] of [
    [6, interchange.sender.id],
    [8, interchange.receiver.id],
  ] as const) {
    const at = header.partEnd(0, Math.min(element, header.elementCount(0)));
    if (id === '' && !told.has(element)) report({ code: 'ELEMENT_MISSING', element, from: at, to: at });
  }
  const fault = delimiterFault(interchange, repeats);
  if (fault !== null)
    findings.push(finding('INTERCHANGE_DELIMITERS', { path: 'ISA', position: { byte: start, tag: 'ISA' }, ...fault }));
  return findings;
}

function versionFinding(header: Segments, version: string): Finding {
  const sound = /^[0-9]{5}$/.test(version);
  return finding('INTERCHANGE_HEADER_ELEMENT', {
    path: 'ISA/12',
    position: envelopePosition(header, 12),
    value: version,
    expected: '00200 to 00899',
    text: `ISA12 is "${version}", which is no version of the control segments.`,
    x12: sound ? VERSION_UNSUPPORTED : ISA_CODES[12]?.code,
    severity: sound ? undefined : ISA_CODES[12]?.severity,
  });
}

/** The faults of a GS or UNG. */
export function checkGroupHeader(
  group: FunctionalGroup,
  interchange: Interchange | null,
  dictionaries: Dictionaries,
): readonly Finding[] {
  if (interchange?.standard === 'edifact') return checkUng(group, interchange.version);
  const { header } = group;
  if (header === null) return [];
  const findings: Finding[] = [];
  checkHeader(header, dictionaries, group.version < ENVELOPE_RELEASE, (fault) => {
    if (fault.code === 'TRAILING_SEPARATORS') return;
    const code = GS_CODES[fault.element] ?? null;
    const severity = code === null ? undefined : 'rejected';
    findings.push(headerFinding('GROUP_HEADER_ELEMENT', header, fault, code, severity));
  });
  return findings;
}

function checkHeader(
  header: Segments,
  dictionaries: Dictionaries,
  shortDates: boolean,
  report: (fault: ElementFault) => void,
): void {
  const definition = dictionaries.find('x12', ENVELOPE_RELEASE)?.dictionary.segment(header.tag(0));
  if (definition === undefined) return;
  checkElements(header, 0, segmentPlanOf(definition), elementRules(header.delimiters, shortDates), report);
}

function headerFinding(
  code: 'INTERCHANGE_HEADER_ELEMENT' | 'GROUP_HEADER_ELEMENT',
  header: Segments,
  fault: ElementFault,
  x12: string | null,
  severity: Severity | undefined,
): Finding {
  const { element, from, to, plan } = fault;
  const tag = header.tag(0);
  const place = String(element).padStart(2, '0');
  const value = from < to ? header.textOf(from, to) : '';
  return finding(code, {
    path: `${tag}/${place}`,
    position: envelopePosition(header, element),
    value,
    text: `${tag}${place} is "${value}", which ${HEADER_TEXTS[fault.code] ?? 'has a wrong form'}.`,
    x12,
    severity,
    elementNumber: plan?.element.number,
  });
}

const HEADER_TEXTS: Readonly<Record<string, string>> = {
  ELEMENT_MISSING: 'says nothing',
  ELEMENT_TOO_SHORT: 'is too short',
  ELEMENT_TOO_LONG: 'is too long',
  ELEMENT_CODE: 'is no code of the list',
  ELEMENT_CHARACTER: 'holds a character that cannot stand there',
  ELEMENT_DATE: 'is no date',
  ELEMENT_TIME: 'is no time',
};

/** A reader leaves a separator out that is missing, no separator, or the same as another. */
function delimiterFault(
  { delimiters, header }: Interchange,
  repeats: boolean,
): Pick<FindingDetails, 'text' | 'remedy' | 'x12' | 'severity'> | null {
  if (delimiters.component === null) return { text: 'ISA16 is no component separator of its own.', x12: '027' };
  if (!repeats || delimiters.repetition !== null) return null;
  // Many senders keep the U of the older releases; nothing can repeat then, and nothing is lost.
  if (header.text(0, 11) === 'U')
    return {
      text: 'ISA11 is U, as before 00402: no repetition separator.',
      remedy: 'Nothing to do, unless elements shall repeat: then the partner names a separator there.',
      x12: null,
      severity: 'note',
    };
  return { text: 'ISA11 is no repetition separator of its own.', x12: '026' };
}
