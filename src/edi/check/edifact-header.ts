import type { FunctionalGroup, Interchange } from '../envelope.ts';
import type { Finding } from '../finding.ts';
import { finding } from '../findings.ts';
import { partRange } from '../part-text.ts';
import type { Segments } from '../segments.ts';

/** A component of a UNB or UNG that is checked; elements that are none have one component. */
interface Part {
  readonly element: number;
  readonly component: number;
  /** Number of the data element. */
  readonly number: string;
  readonly max: number;
  readonly mandatory: boolean;
  readonly form?: 'identifier' | 'version' | 'date' | 'time';
  /** Without it the interchange cannot be taken or answered. */
  readonly rejects?: true;
}

/** DE 0085: why a service segment is refused. */
const CONTRL = { missing: '13', invalid: '12', tooLong: '39', version: '2', charset: '46' } as const;

const UNB: readonly Part[] = [
  { element: 1, component: 1, number: '0001', max: 4, mandatory: true, rejects: true, form: 'identifier' },
  { element: 1, component: 2, number: '0002', max: 1, mandatory: true, rejects: true, form: 'version' },
  { element: 2, component: 1, number: '0004', max: 35, mandatory: true },
  { element: 2, component: 2, number: '0007', max: 4, mandatory: false },
  { element: 3, component: 1, number: '0010', max: 35, mandatory: true },
  { element: 3, component: 2, number: '0007', max: 4, mandatory: false },
  { element: 4, component: 1, number: '0017', max: 8, mandatory: true, form: 'date' },
  { element: 4, component: 2, number: '0019', max: 4, mandatory: true, form: 'time' },
  { element: 5, component: 1, number: '0020', max: 14, mandatory: true, rejects: true },
];

/** In syntax 4 only the reference of a group is mandatory. */
const UNG: readonly Part[] = [
  { element: 1, component: 1, number: '0038', max: 6, mandatory: true },
  { element: 2, component: 1, number: '0040', max: 35, mandatory: true },
  { element: 3, component: 1, number: '0044', max: 35, mandatory: true },
  { element: 4, component: 1, number: '0017', max: 8, mandatory: true, form: 'date' },
  { element: 4, component: 2, number: '0019', max: 4, mandatory: true, form: 'time' },
  { element: 5, component: 1, number: '0048', max: 14, mandatory: true, rejects: true },
  { element: 6, component: 1, number: '0051', max: 3, mandatory: true },
  { element: 7, component: 1, number: '0052', max: 3, mandatory: true },
  { element: 7, component: 2, number: '0054', max: 3, mandatory: true },
];

/** The faults of a UNA and UNB: its delimiters, its elements. */
export function checkUnb({ header, irregularHeader, start }: Interchange): readonly Finding[] {
  // A UNA without a UNB has no elements to speak of.
  if (header.tag(0) !== 'UNB') return [];
  const findings = faultsOf(header, UNB, 'INTERCHANGE_HEADER_ELEMENT', () => true);
  if (!irregularHeader) return findings;
  const declared = header.startOf(0) > start;
  const text = declared
    ? 'The UNA does not declare the separators that are used.'
    : 'Separators other than the usual ones are used without a UNA.';
  const position = { byte: start, tag: declared ? 'UNA' : 'UNB' };
  const contrl = declared ? '20' : '22';
  return [finding('INTERCHANGE_DELIMITERS', { path: position.tag, position, text, contrl, x12: null }), ...findings];
}

/** The faults of a UNG. `version` is that of its interchange: `UNOA:4`. */
export function checkUng({ header }: FunctionalGroup, version: string): readonly Finding[] {
  if (header === null) return [];
  const strict = !version.endsWith(':4');
  return faultsOf(header, UNG, 'GROUP_HEADER_ELEMENT', ({ rejects }) => strict || rejects === true);
}

function faultsOf(
  header: Segments,
  parts: readonly Part[],
  code: 'INTERCHANGE_HEADER_ELEMENT' | 'GROUP_HEADER_ELEMENT',
  isMandatory: (part: Part) => boolean,
): readonly Finding[] {
  return parts.flatMap((part) => {
    const [from, to] = partRange(header, 0, part.element, part.component);
    const value = to > from ? header.textOf(from, to).trim() : '';
    const fault = faultOf(part, value, part.mandatory && isMandatory(part));
    if (fault === null) return [];
    const { element, component, number, rejects } = part;
    const tag = header.tag(0);
    const composite = parts.some((other) => other.element === element && other !== part);
    const place = `${String(element).padStart(2, '0')}${composite ? `-${component}` : ''}`;
    const end = header.partEnd(0, Math.min(element, header.elementCount(0)));
    const position = { byte: header.base + (from > 0 ? from : end), tag, element };
    const rejected = rejects === true && (fault.contrl === CONTRL.missing || fault.contrl === CONTRL.version);
    return [
      finding(code, {
        path: `${tag}/${place}`,
        position: composite ? { ...position, component } : position,
        value,
        text: `${tag}${place} (element ${number}) is "${value}", which ${fault.text}.`,
        contrl: fault.contrl,
        x12: null,
        severity: rejected ? 'rejected' : undefined,
        elementNumber: number,
      }),
    ];
  });
}

function faultOf(
  part: Part,
  value: string,
  mandatory: boolean,
): { readonly contrl: string; readonly text: string } | null {
  if (value === '') return mandatory ? { contrl: CONTRL.missing, text: 'says nothing' } : null;
  if ([...value].length > part.max) return { contrl: CONTRL.tooLong, text: `is longer than ${part.max} characters` };
  const { form } = part;
  if (form === undefined) return null;
  switch (form) {
    case 'identifier':
      return /^UNO[A-KWY]$/.test(value)
        ? null
        : { contrl: CONTRL.charset, text: 'names no character set that is known' };
    case 'version':
      return /^[1-4]$/.test(value) ? null : { contrl: CONTRL.version, text: 'is no version of the syntax' };
    case 'date':
      return isDate(value) ? null : { contrl: CONTRL.invalid, text: 'is no date' };
    case 'time':
      return /^([01]\d|2[0-3])[0-5]\d$/.test(value) ? null : { contrl: CONTRL.invalid, text: 'is no time' };
  }
}

/** YYMMDD, or CCYYMMDD as syntax 4 has it; both are taken in every version. */
function isDate(value: string): boolean {
  const match = /^(\d{2})?\d{2}(\d{2})(\d{2})$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(value.slice(0, -4)), Number(match[2]), Number(match[3])];
  // The century of a short date is not said; in 2000 no 29 February is refused wrongly.
  const date = new Date(Date.UTC(value.length === 8 ? year : 2000 + year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
