import type { InboundAgreement, TradingPartner } from '../partners/types.ts';
import { pageInMemory } from './cursors.ts';
import { component, listOf, oneOf, orNull, pageSchema, record, TEXT } from './json-schema.ts';
import { PAGE_DEFAULT, PAGING } from './parameters.ts';
import { json, type Route, route } from './route.ts';
import type { OperationsSources } from './sources.ts';

const IDENTIFIERS = { type: 'object', properties: { x12: listOf(TEXT), edifact: listOf(TEXT) } } as const;

export const PARTNER_SCHEMAS = {
  Partner: record('A trading partner, as configured.', {
    id: TEXT,
    name: TEXT,
    timezone: TEXT,
    stage: oneOf(['test', 'live']),
    identifiers: IDENTIFIERS,
    us: IDENTIFIERS,
    connections: listOf(record('How files are exchanged.', { id: TEXT, kind: TEXT })),
    inbound: listOf(
      record('What one document type is read with.', {
        document: TEXT,
        standard: oneOf(['x12', 'edifact', 'json', 'xml', 'csv']),
        release: orNull(TEXT),
        map: TEXT,
        overlay: orNull(TEXT),
        acknowledge: oneOf(['none', 'TA1', '997', '999', 'CONTRL']),
      }),
    ),
  }),
  PartnerPage: pageSchema('Partner'),
} as const;

/** The partners of the configuration in use. */
export function partnerRoutes({ partners }: OperationsSources): readonly Route[] {
  const list = route({
    path: '/v1/partners',
    operation: 'listPartners',
    summary: 'Trading partners, by id.',
    parameters: PAGING,
    answer: json('Partners', component('PartnerPage')),
    handle: async ({ after, limit = PAGE_DEFAULT }, response) => {
      const { items, next } = pageInMemory(partners(), ({ id }) => id, after, limit);
      response.json({ items: items.map(partnerView), next });
    },
  });
  return [list];
}

/** Without where things lie on this machine. */
function partnerView({ id, name, timezone, stage, identifiers, us, connections, inbound }: TradingPartner) {
  const ways = connections.map((connection) => ({ id: connection.id, kind: connection.kind }));
  return { id, name, timezone, stage, identifiers, us, connections: ways, inbound: inbound.map(agreementView) };
}

function agreementView({ document, standard, release, map, overlay, acknowledge }: InboundAgreement) {
  return { document, standard, release, map, overlay, acknowledge };
}
