import type { MapStandard } from '../mapping/trees/standards.ts';
import { entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { choiceAt, mapWith, textAt } from './fields.ts';
import type { AcknowledgeAgreement, InboundAgreement } from './types.ts';

/** What a line of `inbound:` says of the answer. */
export type AgreedAcknowledgment = Pick<InboundAgreement, 'acknowledge' | 'answer'>;

const ANSWERS = ['none', 'TA1', '997', '999', 'CONTRL'] as const;
const KEYS = { required: ['with'], optional: ['documents', 'version', 'receipt'] };
const OF_STANDARD: Readonly<Record<MapStandard, readonly InboundAgreement['acknowledge'][]>> = {
  x12: ['none', 'TA1', '997', '999'],
  edifact: ['none', 'CONTRL'],
  json: ['none'],
  xml: ['none'],
  csv: ['none'],
};
const DEFAULT: AcknowledgeAgreement = { documents: 'all', version: null, receipt: 'none' };

/** Reads `acknowledge:` of a line: a kind, or a map of the kind and how it is made. */
export function parseAcknowledge(line: MapNode, problems: Problem[]): AgreedAcknowledgment {
  const entry = entryOf(line, 'acknowledge');
  if (entry === undefined) return { acknowledge: 'none', answer: DEFAULT };
  if (entry.value.kind === 'text') {
    return { acknowledge: choiceAt(line, 'acknowledge', ANSWERS, problems) ?? 'none', answer: DEFAULT };
  }
  const map = mapWith(entry.value, 'acknowledge', KEYS, problems);
  if (map === null) return { acknowledge: 'none', answer: DEFAULT };
  const acknowledge = choiceAt(map, 'with', ANSWERS, problems) ?? 'none';
  const documents = choiceAt(map, 'documents', ['all', 'rejected'] as const, problems) ?? DEFAULT.documents;
  const receipt = choiceAt(map, 'receipt', ['none', 'first', 'only'] as const, problems) ?? DEFAULT.receipt;
  const version = textAt(map, 'version', problems);
  if (version !== null && !/^[0-9]{6}[A-Z0-9]{0,6}$/.test(version.value)) {
    const what = `"${version.value}" is no version of an acknowledgment.`;
    const remedy = 'Write GS08 of the answer: six digits, and the guide if it has one, such as 004010 or 005010X231A1.';
    problems.push(problem(version.at, 'PARTNER_RELEASE', what, remedy));
  }
  for (const [key, kinds] of [
    ['version', ['997', '999']],
    ['receipt', ['CONTRL']],
    ['documents', ['997', '999', 'CONTRL']],
  ] as const) {
    const said = entryOf(map, key);
    if (said === undefined || kinds.some((kind) => kind === acknowledge)) continue;
    const what = `"${key}" says nothing of ${acknowledge}.`;
    problems.push(problem(said.keyAt, 'PARTNER_ACKNOWLEDGE', what, `Remove it, or answer with ${kinds.join(' or ')}.`));
  }
  return { acknowledge, answer: { documents, version: version?.value ?? null, receipt } };
}

/** Whether the kind answers documents of the standard. */
export function checkAcknowledge(
  line: MapNode,
  { acknowledge }: AgreedAcknowledgment,
  standard: MapStandard,
  problems: Problem[],
): void {
  if (OF_STANDARD[standard].includes(acknowledge)) return;
  const node = entryOf(line, 'acknowledge')?.value;
  const at = (node?.kind === 'map' ? entryOf(node, 'with')?.value.at : node?.at) ?? line.at;
  const what = `${acknowledge} does not answer ${standard} documents.`;
  problems.push(problem(at, 'PARTNER_ACKNOWLEDGE', what, `Use one of: ${OF_STANDARD[standard].join(', ')}.`));
}
