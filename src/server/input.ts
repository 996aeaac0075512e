import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { GatewayError } from '../errors.ts';
import { isPublishedMoment } from '../events/moment.ts';
import type { JsonObject } from '../events/types.ts';
import { didYouMean } from '../util/suggest.ts';
import type { Parameters, Values } from './parameters.ts';

/** What a request gives for parameters: decoded values of the path, and the query as it stands after the `?`. */
interface RawInput {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: string;
}

/** Makes values of what a request gives, or throws REQUEST_INVALID that names the parameter. */
export type InputReader<P extends Parameters> = (raw: RawInput) => Values<P>;

const ajv = new Ajv2020({ coerceTypes: true });
ajv.addFormat('moment', isPublishedMoment);

/** Compiles the check of a route's parameters. */
export function createInputReader<P extends Parameters>(parameters: P): InputReader<P> {
  const entries = Object.entries(parameters);
  const validate = ajv.compile<Values<P>>({
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
    required: entries.filter(([, { required }]) => required).map(([name]) => name),
  });
  const queryNames = entries.filter(([, parameter]) => parameter.in === 'query').map(([name]) => name);
  return ({ path, query }) => {
    const texts = readQuery(query, queryNames);
    const input: unknown = { ...Object.fromEntries(texts), ...path };
    if (validate(input)) return input;
    throw refused(validate.errors?.[0], texts, parameters);
  };
}

const bodies = new Ajv2020();
bodies.addFormat('moment', isPublishedMoment);

/** Makes a checked value of a JSON body, or throws REQUEST_INVALID that names the field. */
export function createBodyReader<Body>(schema: JsonObject): (body: unknown) => Body {
  const validate = bodies.compile<Body>(schema);
  return (body) => {
    if (validate(body)) return body;
    const [error] = validate.errors ?? [];
    if (error?.keyword === 'additionalProperties') {
      const name = String(error.params.additionalProperty);
      const known = Object.keys(isRecord(schema.properties) ? schema.properties : {});
      throw invalid(`There is no field "${cut(name)}" in the body.`, didYouMean(name, known));
    }
    const allowed = error?.keyword === 'enum' ? ` Use one of: ${error.params.allowedValues.join(', ')}.` : '';
    throw invalid(`The body${error?.instancePath ?? ''} ${error?.message ?? 'is invalid'}.`, allowed.trim());
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Each parameter once, and no others. */
function readQuery(query: string, known: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!known.includes(name))
      throw invalid(`There is no query parameter "${cut(name)}" here.`, didYouMean(name, known));
    if (texts.has(name)) throw invalid(`Query parameter "${name}" is given twice.`, 'Give it once.');
    texts.set(name, value);
  }
  return texts;
}

function refused(error: ErrorObject | undefined, texts: ReadonlyMap<string, string>, parameters: Parameters) {
  const name = String(error?.params.missingProperty ?? error?.instancePath.slice(1));
  const description = parameters[name]?.description ?? '';
  if (error?.keyword === 'required') return invalid(`Query parameter "${name}" is missing.`, description);
  const value = texts.get(name) ?? '';
  const what = `Query parameter "${name}" is "${cut(value)}".`;
  if (error?.keyword === 'enum') return invalid(what, didYouMean(value, error.params.allowedValues));
  return invalid(`${what} It ${error?.message}.`, description);
}

function invalid(what: string, remedy: string): GatewayError {
  return new GatewayError('REQUEST_INVALID', `${what} ${remedy}`.trim());
}

function cut(value: string): string {
  return value.slice(0, 99);
}
