import type { Request, Response } from 'express';
import type { JsonObject } from '../events/types.ts';
import { readJsonBody } from './body.ts';
import { createBodyReader, createInputReader } from './input.ts';
import type { Parameters, Values } from './parameters.ts';

/** What a route answers when all is well. */
export interface Answer {
  readonly description: string;
  readonly mediaType: string;
  readonly schema: JsonObject;
}

interface RouteDescription {
  /** GET when left out. */
  readonly method?: 'post';
  /** As OpenAPI writes it: `/v1/files/{id}`. */
  readonly path: string;
  /** Name of the operation for generated clients. */
  readonly operation: string;
  readonly summary: string;
  readonly answer: Answer;
  /** Status of the answer; 200 when left out. */
  readonly status?: 202;
  /** JSON Schema of the body, where there is one. */
  readonly body?: JsonObject;
}

/** One line of the route table: what is served, checked and documented. */
export interface Route extends RouteDescription {
  readonly parameters: Parameters;
  readonly handle: (request: Request, response: Response) => Promise<void>;
}

interface RouteDefinition<P extends Parameters> extends RouteDescription {
  readonly parameters: P;
  /** Sends the answer; throws GatewayError for anything else. */
  readonly handle: (input: Values<P>, response: Response, request: Request) => Promise<void>;
}

/** A route whose handler gets its parameters checked and typed. */
export function route<P extends Parameters>(definition: RouteDefinition<P>): Route {
  const read = createInputReader(definition.parameters);
  return {
    ...definition,
    handle: async (request, response) => {
      const start = request.originalUrl.indexOf('?');
      const query = start < 0 ? '' : request.originalUrl.slice(start + 1);
      await definition.handle(read({ path: request.params, query }), response, request);
    },
  };
}

/** A POST route whose handler gets a JSON body checked against its schema; no body counts as `{}`. */
export function postRoute<P extends Parameters, Body>(
  definition: Omit<RouteDefinition<P>, 'method' | 'handle'> & {
    readonly body: JsonObject;
    /** What of it is checked here, where whoever handles it checks the rest; all of it when left out. */
    readonly checked?: JsonObject;
    /** Largest body taken, in bytes. */
    readonly largest?: number;
    readonly handle: (input: Values<P>, body: Body, response: Response, request: Request) => Promise<void>;
  },
): Route {
  const readBody = createBodyReader<Body>(definition.checked ?? definition.body);
  return route({
    ...definition,
    method: 'post',
    handle: async (input, response, request) => {
      const body = readBody(await readJsonBody(request, definition.largest));
      response.status(definition.status ?? 200);
      await definition.handle(input, body, response, request);
    },
  });
}

export function json(description: string, schema: JsonObject): Answer {
  return { description, mediaType: 'application/json', schema };
}
