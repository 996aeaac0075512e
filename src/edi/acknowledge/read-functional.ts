import { partText } from '../part-text.ts';
import type { Segments } from '../segments.ts';
import type {
  AcknowledgedContext,
  AcknowledgedDocument,
  AcknowledgedError,
  AcknowledgedGroup,
  AcknowledgedStatus,
  ReadAcknowledgment,
} from './acknowledged.ts';
import { positionOf } from './read-position.ts';

/** AK905 to AK909 and AK502 to AK506. */
const GROUP_CODES = [5, 6, 7, 8, 9];
const DOCUMENT_CODES = [2, 3, 4, 5, 6];

interface OpenDocument {
  readonly group: string;
  readonly type: string;
  readonly controlNumber: string;
  readonly errors: AcknowledgedError[];
  /** Null until AK5 comes. */
  status: AcknowledgedStatus | null;
}

/** Reads a 997 or 999; null when it names no group or gives no verdict on it. */
export function readFunctional(segments: Segments, kind: '997' | '999'): ReadAcknowledgment | null {
  const groups: AcknowledgedGroup[] = [];
  const documents: AcknowledgedDocument[] = [];
  let name = { code: '', controlNumber: '' };
  let open: OpenDocument[] = [];
  for (let segment = 1; segment < segments.count; segment++) {
    const text = (element: number): string => segments.text(segment, element).trim();
    const document = open.at(-1);
    switch (segments.tag(segment)) {
      case 'AK1':
        name = { code: text(1), controlNumber: text(2) };
        open = [];
        break;
      case 'AK2':
        open.push({ group: name.controlNumber, type: text(1), controlNumber: text(2), errors: [], status: null });
        break;
      case 'AK3':
      case 'IK3':
        document?.errors.push(segmentError(segments, segment));
        break;
      case 'AK4':
      case 'IK4':
        document?.errors.push(elementError(segments, segment, document.errors.at(-1)));
        break;
      case 'CTX':
        addContext(segments, segment, document?.errors);
        break;
      case 'AK5':
      case 'IK5':
        if (document === undefined) break;
        document.status = documentStatus(text(1));
        for (const code of codesAt(DOCUMENT_CODES, text)) document.errors.push({ level: 'document', code });
        break;
      case 'AK9': {
        if (name.controlNumber === '') break;
        const group = groupOf(name, open, text);
        groups.push(group);
        for (const one of open) documents.push(closed(one, group));
        break;
      }
    }
  }
  return groups.length === 0 ? null : { kind, groups, documents };
}

function groupOf(
  name: { readonly code: string; readonly controlNumber: string },
  documents: readonly OpenDocument[],
  text: (element: number) => string,
): AcknowledgedGroup {
  const status = groupStatus(text(1));
  const errors = codesAt(GROUP_CODES, text).map((code) => ({ level: 'group', code }) as const);
  const rejected = documents.filter((document) => document.status === 'rejected').length;
  // Where all that were rejected are named, the others were accepted.
  const accounted = text(3) !== '' && text(4) !== '' && Number(text(3)) - Number(text(4)) === rejected;
  const others = status === 'partially-accepted' && accounted ? 'accepted' : status;
  return { ...name, status, others, errors };
}

/** A rejected group takes its documents with it, whatever is said of them. */
function closed({ status, ...document }: OpenDocument, group: AcknowledgedGroup): AcknowledgedDocument {
  return { ...document, status: group.status === 'rejected' ? 'rejected' : (status ?? group.others) };
}

/** AK901; what is not known is not taken for an acceptance. */
function groupStatus(code: string): AcknowledgedStatus {
  return code === 'P' ? 'partially-accepted' : documentStatus(code);
}

/** AK501. M, W and X reject for the sake of security; a P, which some send, rejects at least a part. */
function documentStatus(code: string): AcknowledgedStatus {
  if (code === 'A') return 'accepted';
  return code === 'E' ? 'accepted-with-errors' : 'rejected';
}

function codesAt(elements: readonly number[], text: (element: number) => string): readonly string[] {
  return elements.map(text).filter((code) => code !== '');
}

function segmentError(segments: Segments, at: number): AcknowledgedError {
  const [tag, position, , code] = [1, 2, 3, 4].map((element) => segments.text(at, element).trim());
  return { level: 'segment', code: code ?? '', tag: tag ?? '', ...positionOf({ segment: position }) };
}

/** To the fault that was told last. */
function addContext(segments: Segments, at: number, errors: AcknowledgedError[] | undefined): void {
  const last = errors?.pop();
  if (errors === undefined || last === undefined) return;
  const part = (element: number, component: number): string => partText(segments, at, element, component);
  const [reference, tag] = [part(1, 2), part(2, 1)];
  const context: AcknowledgedContext = {
    name: part(1, 1),
    ...(reference === '' ? {} : { reference }),
    ...(tag === '' ? {} : { tag }),
    ...positionOf({ segment: part(3, 1), element: part(5, 1), component: part(5, 2) }),
  };
  errors.push({ ...last, context: [...(last.context ?? []), context] });
}

/** Of an element of the segment that was named before. */
function elementError(segments: Segments, at: number, before: AcknowledgedError | undefined): AcknowledgedError {
  const part = (component: number): string => partText(segments, at, 1, component);
  const [number, code, value] = [2, 3, 4].map((element) => segments.text(at, element));
  return {
    level: 'element',
    code: code ?? '',
    ...(before?.tag === undefined ? {} : { tag: before.tag }),
    ...(before?.segment === undefined ? {} : { segment: before.segment }),
    ...positionOf({ element: part(1), component: part(2), repetition: part(3) }),
    ...(number === undefined || number === '' ? {} : { elementNumber: number }),
    ...(value === undefined || value === '' ? {} : { value }),
  };
}
