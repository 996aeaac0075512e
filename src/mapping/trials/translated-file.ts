import { createChecker } from '../../edi/check/index.ts';
import type { Dictionaries } from '../../edi/dictionary/types.ts';
import type { Interchange, TransactionSet } from '../../edi/envelope.ts';
import { accepted, type Finding } from '../../edi/finding.ts';
import { readAll } from '../../edi/read.ts';
import type { Structure } from '../../edi/structure-types.ts';
import type { JsonObject } from '../../events/types.ts';
import { interchangeTime, translate } from '../translate.ts';
import { readTreeDocuments } from '../trees/documents.ts';
import type { CompiledMap, ReadTally } from '../types.ts';

/** What a golden file keeps of an event: the rest of the envelope depends on where and when the file came in. */
export interface ExpectedEvent {
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: JsonObject;
}

/** Which map reads a document and for whom; null when none does. */
export type ChooseMap = (
  document: TransactionSet,
  interchange: Interchange,
) => { readonly map: CompiledMap; readonly partnerId: string; readonly timezone: string | null } | null;

/** One document as its map read it. */
export interface DocumentReading {
  readonly map: CompiledMap;
  /** `940 0001`. */
  readonly name: string;
  /** None where the document, or what is around it, is rejected. */
  readonly events: readonly ExpectedEvent[];
  readonly unread: readonly string[];
  /** Counts what the map reads, in a reading of its own. */
  tally(): ReadTally;
}

/** Everything a file gives: events of its accepted documents, findings of all its parts. */
export interface TranslatedFile {
  readonly events: readonly ExpectedEvent[];
  readonly findings: readonly Finding[];
  /** The documents that a map read, in order. */
  readonly readings: readonly DocumentReading[];
}

type Part = Pick<TranslatedFile, 'findings' | 'readings'>;

const RECEIVED_AT = Date.parse('2026-12-05T06:00:00Z');

/** Reads, checks and translates a file. A rejected document gives no events, nor does one in a rejected group or interchange. */
export function translateFile(bytes: Buffer, dictionaries: Dictionaries, choose: ChooseMap): TranslatedFile {
  const checker = createChecker(dictionaries);
  const findings: Finding[] = [];
  const readings: DocumentReading[] = [];
  let documents: Part[] = [];
  let groups: Part[] = [];
  for (const item of readAll(bytes)) {
    const checked = checker.check(item);
    switch (checked?.kind) {
      case undefined:
        break;
      case 'outside':
        findings.push(...checked.findings);
        break;
      case 'document':
        documents.push(documentPart(checked, choose));
        break;
      case 'group':
        groups.push(joined(documents, checked.findings));
        documents = [];
        break;
      case 'interchange': {
        const whole = joined([...groups, ...documents], checked.findings);
        findings.push(...whole.findings);
        readings.push(...whole.readings);
        groups = [];
        documents = [];
      }
    }
  }
  findings.push(...checker.end(bytes.length));
  return { events: readings.flatMap(({ events }) => events), findings, readings };
}

/** The same for a file of JSON, XML or CSV, all of whose documents one map reads. */
export function translateTreeFile(bytes: Buffer, chosen: NonNullable<ReturnType<ChooseMap>>): TranslatedFile {
  const { documents, findings } = readTreeDocuments(bytes, chosen.map);
  const parts = documents.map((read) => translatedPart(read.document, read.structure, read.findings, chosen, null));
  return {
    events: parts.flatMap(({ readings }) => readings.flatMap(({ events }) => events)),
    findings: [...findings, ...parts.flatMap((part) => part.findings)],
    readings: parts.flatMap(({ readings }) => readings),
  };
}

function documentPart(
  checked: Extract<ReturnType<ReturnType<typeof createChecker>['check']>, { kind: 'document' }>,
  choose: ChooseMap,
): Part {
  const { document, interchange, structure, findings } = checked;
  const chosen = choose(document, interchange);
  if (structure === null || chosen === null) return { readings: [], findings };
  return translatedPart(document, structure, findings, chosen, interchangeTime(interchange));
}

function translatedPart(
  document: TransactionSet,
  structure: Structure,
  findings: readonly Finding[],
  chosen: NonNullable<ReturnType<ChooseMap>>,
  documentTime: string | null,
): Part {
  if (!accepted(findings)) return { readings: [], findings };
  const translation = translate(document, structure, chosen.map, {
    partnerId: chosen.partnerId,
    timezone: chosen.timezone,
    documentId: 'document-1',
    fileId: 'file-1',
    receivedAt: RECEIVED_AT,
    documentTime,
  });
  const expected = chosen.map.expect(structure);
  const reading: DocumentReading = {
    map: chosen.map,
    name: `${document.type} ${document.controlNumber}`,
    events: accepted(expected)
      ? translation.events.map(({ type, subject, time, data }) => ({ type, subject, time, data }))
      : [],
    unread: translation.unread,
    tally: () => chosen.map.tally(structure),
  };
  return { readings: [reading], findings: [...findings, ...expected, ...translation.findings] };
}

/** Parts under a header and trailer; the findings of these come last, as they are known last. */
function joined(parts: readonly Part[], own: readonly Finding[]): Part {
  const readings = parts.flatMap((part) => part.readings);
  return {
    readings: accepted(own) ? readings : readings.map((reading) => ({ ...reading, events: [] })),
    findings: [...parts.flatMap(({ findings }) => findings), ...own],
  };
}
