import { GatewayError } from '../errors.ts';
import { type CompiledMap, isSegmentDocument } from '../mapping/types.ts';
import type { Configuration } from '../partners/configuration.ts';
import type { OutboundAgreement, TradingPartner } from '../partners/types.ts';
import { didYouMean } from '../util/suggest.ts';
import type { OutboundEvent } from './event.ts';

/** A line of `outbound:` and its map, with the overlay of the line laid over it. */
export interface OutboundLine {
  readonly agreement: OutboundAgreement;
  readonly map: CompiledMap;
}

/** Who is sent an event, and as which documents. */
export interface Addressee {
  readonly partner: TradingPartner;
  readonly lines: readonly OutboundLine[];
}

/**
 * The partner that the event names, or the only one that is sent such events. AGREEMENT_NOT_FOUND says what to add when nobody
 * is, or several are.
 */
export function addresseeOf(configuration: Configuration, { type, partnerId }: OutboundEvent): Addressee {
  const { partners } = configuration;
  const partner = partnerId === null ? onlyPartner(partners, type) : partners.find(({ id }) => id === partnerId);
  if (partner === undefined) {
    const known = partners.map(({ id }) => id);
    throw refused(`There is no partner "${partnerId}". ${didYouMean(partnerId ?? '', known)}`);
  }
  const lines = partner.outbound
    .filter(({ on }) => on === type)
    .flatMap((agreement) => {
      const map = configuration.mapOf(agreement);
      return map === null ? [] : [{ agreement, map }];
    });
  if (lines.length === 0) throw refused(nothingFor(partner, type));
  for (const { map } of lines) checkIdentifiers(partner, map);
  return { partner, lines };
}

function onlyPartner(partners: readonly TradingPartner[], type: string): TradingPartner {
  const [only, ...others] = partners.filter(({ outbound }) => outbound.some(({ on }) => on === type));
  if (only === undefined) {
    throw refused(`No partner is sent ${type}. Add a line with "on: ${type}" to "outbound" of its partner.yaml.`);
  }
  if (others.length === 0) return only;
  const names = [only, ...others].map(({ id }) => id).join(', ');
  throw refused(`Several partners are sent ${type}: ${names}. Say which in "partnerid" of the event.`);
}

function nothingFor({ id, outbound }: TradingPartner, type: string): string {
  const sent = [...new Set(outbound.map(({ on }) => on))].join(', ') || 'nothing';
  return `${id} is not sent ${type}; its "outbound" lines send ${sent}. Add a line with "on: ${type}" to its partner.yaml.`;
}

function checkIdentifiers({ id, us, identifiers }: TradingPartner, { document }: CompiledMap): void {
  if (!isSegmentDocument(document)) return;
  const { standard } = document;
  if (us[standard]?.[0] !== undefined && identifiers[standard]?.[0] !== undefined) return;
  const what = `An envelope of ${standard} needs an identifier of both sides.`;
  throw refused(`${what} Add ${standard} to "us" and "identifiers" of ${id}.`);
}

function refused(text: string): GatewayError {
  return new GatewayError('AGREEMENT_NOT_FOUND', text);
}
