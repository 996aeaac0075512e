import { sameNumber } from '../check/control.ts';
import type { AcknowledgedStatus, ReadAcknowledgment, SentDocument } from './acknowledged.ts';

/** From the best to the worst: a document that is named twice has the worst of what is said. */
const RANK: readonly AcknowledgedStatus[] = [
  'received',
  'accepted',
  'accepted-with-errors',
  'partially-accepted',
  'rejected',
];

/**
 * What an acknowledgment says of a document that was sent, named or not; null when it is about another interchange or group.
 * A rejection holds for all below it. Whether it comes from the partner the document went to is for the caller to know.
 */
export function acknowledgedStatus(
  { kind, interchange, groups, documents }: ReadAcknowledgment,
  sent: SentDocument,
): AcknowledgedStatus | null {
  const same = kind === 'CONTRL' ? (a: string, b: string) => a === b : sameNumber;
  if (interchange !== undefined) {
    if (!same(interchange.controlNumber, sent.interchange)) return null;
    if (interchange.status === 'rejected') return 'rejected';
  }
  const group = groups.find(
    ({ code, controlNumber }) =>
      sent.group !== undefined &&
      (code === '' || code === sent.group.code) &&
      same(controlNumber, sent.group.controlNumber),
  );
  if (group?.status === 'rejected') return 'rejected';
  const named = documents.filter(
    (document) =>
      document.type === sent.type &&
      document.controlNumber === sent.controlNumber &&
      (document.group === '' ? interchange !== undefined : document.group === group?.controlNumber),
  );
  const worst = named.map(({ status }) => RANK.indexOf(status)).toSorted((a, b) => b - a)[0];
  if (worst !== undefined) return RANK[worst] ?? null;
  return group?.others ?? interchange?.others ?? null;
}
