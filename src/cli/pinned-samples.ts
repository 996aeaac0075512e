import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../errors.ts';
import type { FileComparison } from '../mapping/trials/event-comparison.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { Configuration } from '../partners/configuration.ts';
import type { InboundAgreement, TradingPartner } from '../partners/types.ts';
import { problemLine } from '../util/problem.ts';
import { namedFiles, SAMPLES } from './edi-files.ts';
import { compareOn } from './map-comparison.ts';

/** A partner whose agreement pins some version of a map. */
export interface PinningPartner {
  readonly partner: TradingPartner;
  readonly agreement: InboundAgreement;
}

/** The partners that pin any version of a map to read their documents. */
export function partnersPinning({ partners }: Configuration, name: string): readonly PinningPartner[] {
  return partners.flatMap((partner) =>
    partner.inbound.filter(({ map }) => map.startsWith(`${name}@`)).map((agreement) => ({ partner, agreement })),
  );
}

/** What two versions make of the samples of a partner, its overlay laid over both. */
export function compareOnSamples(
  configuration: Configuration,
  pinning: PinningPartner,
  before: CompiledMap,
  after: CompiledMap,
): readonly FileComparison[] {
  const { partner } = pinning;
  const files = namedFiles(globSync(join(partner.folder, 'samples', SAMPLES)).sort());
  const reader = { partnerId: partner.id, timezone: partner.timezone };
  return compareOn(
    files,
    overlaidFor(configuration, pinning, before),
    overlaidFor(configuration, pinning, after),
    configuration.dictionaries,
    reader,
  );
}

/** The map with the partner's overlay, as if that had been written for this version. CONFIG_INVALID when it does not fit. */
export function overlaidFor(
  { maps }: Configuration,
  { partner, agreement: { at, overlay } }: PinningPartner,
  map: CompiledMap,
): CompiledMap {
  if (overlay === null) return map;
  const path = join(partner.folder, overlay);
  const text = readFileSync(path, 'utf8').replace(/^base:.*$/m, `base: ${map.pin}`);
  const { map: laid, problems } = maps.overlaid(map.pin, { path, text }, at);
  if (laid !== null) return laid;
  throw new GatewayError(
    'CONFIG_INVALID',
    `the overlay of ${partner.id} does not fit ${map.pin}:\n${problems.map(problemLine).join('\n')}`,
  );
}
