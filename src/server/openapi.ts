import type { JsonObject } from '../events/types.ts';
import { component } from './json-schema.ts';
import { PROBLEM_MEDIA_TYPE } from './problem-responses.ts';
import { type Answer, json, type Route, route } from './route.ts';

/** The OpenAPI 3.1 document of a table of routes; `schemas` are its components. */
export function openApiDocument(
  routes: readonly Route[],
  schemas: Readonly<Record<string, JsonObject>>,
  version: string,
): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Crossdock operations API',
      version,
      description: 'Files, documents and events of the gateway. Every error is an RFC 9457 problem.',
    },
    paths: Object.fromEntries(
      [...Map.groupBy(routes, ({ path }) => path)].map(([path, entries]) => [
        path,
        Object.fromEntries(entries.map((entry) => [entry.method ?? 'get', operationOf(entry)])),
      ]),
    ),
    components: {
      schemas: { ...schemas },
      responses: {
        Problem: { description: 'A problem', content: { [PROBLEM_MEDIA_TYPE]: { schema: component('Problem') } } },
      },
    },
  };
}

function operationOf({ operation, summary, parameters, answer, body, status }: Route): JsonObject {
  const entries = Object.entries(parameters);
  const problem = { $ref: '#/components/responses/Problem' };
  const takes = (place: 'path' | 'query') => entries.some(([, parameter]) => parameter.in === place);
  return {
    operationId: operation,
    summary,
    parameters: entries.map(([name, parameter]) => ({ name, ...parameter })),
    ...(body === undefined ? {} : { requestBody: { content: { 'application/json': { schema: body } } } }),
    responses: {
      [status ?? 200]: responseOf(answer),
      ...(takes('query') || body !== undefined ? { 400: problem } : {}),
      ...(takes('path') ? { 404: problem } : {}),
      default: problem,
    },
  };
}

function responseOf({ description, mediaType, schema }: Answer): JsonObject {
  return {
    description,
    headers: { 'x-request-id': { description: 'Names this answer in the log.', schema: { type: 'string' } } },
    content: { [mediaType]: { schema } },
  };
}

const DOCUMENT = { type: 'object', additionalProperties: true } as const;

/** Serves a description of the API, made once when it is first asked for. */
export function descriptionRoute(
  definition: { readonly path: string; readonly operation: string; readonly summary: string },
  make: () => JsonObject,
): Route {
  let made: JsonObject | undefined;
  return route({
    ...definition,
    parameters: {},
    answer: json('The document', DOCUMENT),
    handle: async (_input, response) => {
      made ??= make();
      response.json(made);
    },
  });
}
