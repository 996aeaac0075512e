import { asyncApiDocument, eventDataSchemas } from './asyncapi.ts';
import { COMMON_SCHEMAS } from './common-schemas.ts';
import { DOCUMENT_SCHEMAS, documentRoutes } from './documents.ts';
import type { EventStreams } from './event-stream.ts';
import { EVENT_SCHEMAS, eventRoutes } from './events.ts';
import { EXCEPTION_SCHEMAS, exceptionRoutes } from './exceptions.ts';
import { FILE_SCHEMAS, fileRoutes } from './files.ts';
import { HEALTH_SCHEMAS, livez, readyz, versionRoute } from './health.ts';
import { MAP_SCHEMAS, mapRoutes } from './maps.ts';
import { metricsRoute } from './metrics.ts';
import { descriptionRoute, openApiDocument } from './openapi.ts';
import { OUTBOUND_SCHEMAS, outboundRoutes } from './outbound.ts';
import { PARTNER_SCHEMAS, partnerRoutes } from './partners.ts';
import { PROBLEM } from './problem-responses.ts';
import { PURGE_SCHEMAS, purgeRoutes } from './purges.ts';
import { REPLAY_SCHEMAS, replayRoutes } from './replays.ts';
import type { Route } from './route.ts';
import { SCHEMA_SCHEMAS, schemaRoutes } from './schemas.ts';
import { SENT_DOCUMENT_SCHEMAS } from './sent-documents.ts';
import type { OperationsSources } from './sources.ts';
import { TRACE_SCHEMAS, traceRoutes } from './trace.ts';

const RESPONSE_SCHEMAS = {
  Problem: PROBLEM,
  ...COMMON_SCHEMAS,
  ...HEALTH_SCHEMAS,
  ...EVENT_SCHEMAS,
  ...FILE_SCHEMAS,
  ...DOCUMENT_SCHEMAS,
  ...EXCEPTION_SCHEMAS,
  ...SENT_DOCUMENT_SCHEMAS,
  ...OUTBOUND_SCHEMAS,
  ...REPLAY_SCHEMAS,
  ...PURGE_SCHEMAS,
  ...TRACE_SCHEMAS,
  ...PARTNER_SCHEMAS,
  ...MAP_SCHEMAS,
  ...SCHEMA_SCHEMAS,
} as const;

/** The table of everything the operations listener serves; its OpenAPI document is made of the same table. */
export function operationsRoutes(sources: OperationsSources, streams: EventStreams): readonly Route[] {
  const { version } = sources;
  const openApi = descriptionRoute(
    { path: '/openapi.json', operation: 'getOpenApi', summary: 'This API as OpenAPI 3.1.' },
    () => openApiDocument(routes, { ...RESPONSE_SCHEMAS, ...eventDataSchemas() }, version),
  );
  const asyncApi = descriptionRoute(
    { path: '/asyncapi.json', operation: 'getAsyncApi', summary: 'The event stream as AsyncAPI 3.0.' },
    () => asyncApiDocument(EVENT_SCHEMAS.Event, version),
  );
  const routes: readonly Route[] = [
    livez,
    readyz(sources),
    versionRoute(version),
    metricsRoute(sources),
    openApi,
    asyncApi,
    ...eventRoutes(sources, streams),
    ...fileRoutes(sources),
    ...documentRoutes(sources),
    ...exceptionRoutes(sources),
    ...(sources.send === undefined ? [] : outboundRoutes(sources.send)),
    ...(sources.requestReplay === undefined ? [] : replayRoutes(sources, sources.requestReplay)),
    ...(sources.purge === undefined ? [] : purgeRoutes(sources.purge)),
    ...traceRoutes(sources),
    ...partnerRoutes(sources),
    ...mapRoutes(sources),
    ...schemaRoutes(),
  ];
  return routes;
}
