import { recognises } from '../mapping/trees/documents.ts';
import type { TreeStandard } from '../mapping/trees/standards.ts';
import type { Configuration } from './configuration.ts';
import type { AgreedMap } from './find.ts';
import type { TradingPartner } from './types.ts';

/** The line for a file of JSON, XML or CSV: the first whose map knows what the file holds. Such files have no envelope. */
export function treeAgreement(
  { inbound }: TradingPartner,
  configuration: Pick<Configuration, 'mapOf'>,
  standard: TreeStandard,
  bytes: Buffer,
): AgreedMap | null {
  for (const agreement of inbound.filter((line) => line.standard === standard)) {
    const map = configuration.mapOf(agreement);
    if (map !== null && recognises(bytes, map)) return { agreement, map };
  }
  return null;
}

/** The line of that document, by which a file was split. */
export function namedTreeAgreement(
  { inbound }: TradingPartner,
  configuration: Pick<Configuration, 'mapOf'>,
  standard: TreeStandard,
  document: string,
): AgreedMap | null {
  const agreement = inbound.find((line) => line.standard === standard && line.document === document);
  const map = agreement === undefined ? null : configuration.mapOf(agreement);
  return agreement === undefined || map === null ? null : { agreement, map };
}
