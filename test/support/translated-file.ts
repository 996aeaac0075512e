import { createChecker } from '../../src/edi/check/index.ts';
import type { Dictionaries } from '../../src/edi/dictionary/types.ts';
import type { Interchange, TransactionSet } from '../../src/edi/envelope.ts';
import { accepted, type Finding } from '../../src/edi/finding.ts';
import { readAll } from '../../src/edi/read.ts';
import type { JsonObject } from '../../src/events/types.ts';
import { interchangeTime, translate } from '../../src/mapping/translate.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';

/** What a golden file keeps of an event: the rest of the envelope depends on where and when the file came in. */
interface ExpectedEvent {
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: JsonObject;
}

/** Which map reads a document and for whom; null when none does. */
type ChooseMap = (
  document: TransactionSet,
  interchange: Interchange,
) => { readonly map: CompiledMap; readonly partnerId: string; readonly timezone: string | null } | null;

/** Everything a file gives: events of its accepted documents, findings of all its parts. */
export interface TranslatedFile {
  readonly events: readonly ExpectedEvent[];
  readonly findings: readonly Finding[];
}

interface Part {
  readonly events: readonly ExpectedEvent[];
  readonly findings: readonly Finding[];
}

const RECEIVED_AT = Date.parse('2026-12-05T06:00:00Z');

/** Reads, checks and translates a file. A rejected document gives no events, nor does one in a rejected group or interchange. */
export function translateFile(bytes: Buffer, dictionaries: Dictionaries, choose: ChooseMap): TranslatedFile {
  const checker = createChecker(dictionaries);
  const findings: Finding[] = [];
  const events: ExpectedEvent[] = [];
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
        events.push(...whole.events);
        groups = [];
        documents = [];
      }
    }
  }
  findings.push(...checker.end(bytes.length));
  return { events, findings };
}

function documentPart(
  checked: Extract<ReturnType<ReturnType<typeof createChecker>['check']>, { kind: 'document' }>,
  choose: ChooseMap,
): Part {
  const { document, interchange, structure, findings } = checked;
  const chosen = choose(document, interchange);
  if (structure === null || chosen === null || !accepted(findings)) return { events: [], findings };
  const translation = translate(document, structure, chosen.map, {
    partnerId: chosen.partnerId,
    timezone: chosen.timezone,
    documentId: 'document-1',
    fileId: 'file-1',
    receivedAt: RECEIVED_AT,
    documentTime: interchangeTime(interchange),
  });
  return {
    events: translation.events.map(({ type, subject, time, data }) => ({ type, subject, time, data })),
    findings: [...findings, ...translation.findings],
  };
}

/** Parts under a header and trailer; the findings of these come last, as they are known last. */
function joined(parts: readonly Part[], own: readonly Finding[]): Part {
  return {
    events: accepted(own) ? parts.flatMap(({ events }) => events) : [],
    findings: [...parts.flatMap(({ findings }) => findings), ...own],
  };
}
