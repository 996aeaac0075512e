import type { Request, Response } from 'express';
import type { JsonObject } from '../events/types.ts';
import { createInputReader } from './input.ts';
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

export function json(description: string, schema: JsonObject): Answer {
  return { description, mediaType: 'application/json', schema };
}
