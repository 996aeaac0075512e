import { groupOfSet } from '../dictionary/groups.ts';
import type { FunctionalGroup, Standard, TransactionSet } from '../envelope.ts';
import type { Finding } from '../finding.ts';
import { finding } from '../findings.ts';
import { elementPosition, sameCount } from './control.ts';

/** DE 0085. */
const MISSING = '13';
const TOO_LONG = '39';
/** GS08 begins with the release; what follows names a guide. */
const RELEASE_LENGTH = 6;

/** What ST and SE (UNH and UNT) of one document have to say, and whether its group may carry it. */
export function checkSetEnvelope(document: TransactionSet, group: FunctionalGroup, standard: Standard): Finding[] {
  const findings: Finding[] = [];
  const { segments, type, controlNumber } = document;
  const header = standard === 'x12' ? 'ST' : 'UNH';
  if (!isType(type, standard)) {
    const place = standard === 'x12' ? '01' : '02-1';
    const [element, component] = standard === 'x12' ? ([1, undefined] as const) : ([2, 1] as const);
    const position = elementPosition(segments, 0, element);
    findings.push(
      finding('SET_TYPE_INVALID', {
        path: `${header}/${place}`,
        position: component === undefined ? position : { ...position, component },
        value: type,
        expected: standard === 'x12' ? 'three digits' : 'a message type',
        text: type === '' ? `${header}${place} says nothing.` : `${header}${place} is "${type}", which is no set.`,
        contrl: type === '' ? MISSING : undefined,
      }),
    );
  }
  if (standard === 'edifact' && !group.implicit && group.code !== '' && group.code !== type) {
    const text = `Message ${type} stands in a group of ${group.code}.`;
    const at = { path: `${type}/UNH/02-1`, position: elementPosition(segments, 0, 2), value: type };
    const contrl = { contrl: '31', x12: null, severity: 'accepted-with-errors' } as const;
    findings.push(finding('SET_NOT_IN_GROUP', { ...at, ...contrl, expected: group.code, text }));
  }
  const expectedGroup = standard === 'x12' ? groupOfSet(type) : undefined;
  // A group without a code is told at the envelope.
  if (expectedGroup !== undefined && expectedGroup !== group.code && group.code !== '') {
    findings.push(
      finding('SET_NOT_IN_GROUP', {
        path: `${type}/${header}/01`,
        position: elementPosition(segments, 0, 1),
        value: type,
        expected: `a group ${expectedGroup}`,
        text: `Set ${type} stands in a group ${group.code}; it belongs in ${expectedGroup}.`,
      }),
    );
  }
  const numberElement = standard === 'x12' ? 2 : 1;
  if (!isControlNumber(controlNumber, standard)) {
    const missing = controlNumber === '';
    findings.push(
      finding('SET_CONTROL_INVALID', {
        // What has no number can neither be answered nor told from others.
        severity: missing ? 'rejected' : undefined,
        contrl: missing ? MISSING : standard === 'edifact' ? TOO_LONG : undefined,
        text: missing ? `${header}0${numberElement} says nothing.` : undefined,
        path: `${type}/${header}/0${numberElement}`,
        position: elementPosition(segments, 0, numberElement),
        value: controlNumber,
        expected: standard === 'x12' ? '4 to 9 letters or digits' : '1 to 14 characters',
      }),
    );
  }
  const guide = standard === 'x12' ? segments.text(0, 3).trim() : '';
  if (guide !== '' && group.version.length > RELEASE_LENGTH && guide !== group.version) {
    const text = `ST03 names the guide "${guide}", the group "${group.version}".`;
    const at = { path: `${type}/ST/03`, position: elementPosition(segments, 0, 3) };
    findings.push(finding('SET_GUIDE_DIFFERS', { ...at, value: guide, expected: group.version, text }));
  }
  if (document.complete) findings.push(...checkTrailer(document));
  else {
    findings.push(
      finding('SET_TRAILER_MISSING', { path: type, position: { byte: document.end }, value: controlNumber }),
    );
  }
  return findings;
}

function checkTrailer({ segments, type, controlNumber }: TransactionSet): readonly Finding[] {
  const findings: Finding[] = [];
  const last = segments.count - 1;
  const path = `${type}/${segments.tag(last)}`;
  const claimed = segments.text(last, 1);
  if (!sameCount(claimed, segments.count)) {
    findings.push(
      finding('SET_COUNT_WRONG', {
        path: `${path}/01`,
        position: elementPosition(segments, last, 1),
        value: claimed,
        expected: String(segments.count),
        text: `The trailer counts "${claimed}" segments; there are ${segments.count}.`,
      }),
    );
  }
  const trailerNumber = segments.text(last, 2);
  if (trailerNumber.trim() !== controlNumber) {
    findings.push(
      finding('SET_CONTROL_DIFFERS', {
        path: `${path}/02`,
        position: elementPosition(segments, last, 2),
        value: trailerNumber,
        expected: controlNumber,
        text: `The header says control number "${controlNumber}", the trailer "${trailerNumber}".`,
      }),
    );
  }
  return findings;
}

function isType(type: string, standard: Standard): boolean {
  return standard === 'x12' ? /^[0-9]{3}$/.test(type) : type !== '';
}

function isControlNumber(text: string, standard: Standard): boolean {
  return standard === 'x12' ? /^[A-Za-z0-9]{4,9}$/.test(text) : text.length >= 1 && text.length <= 14;
}
