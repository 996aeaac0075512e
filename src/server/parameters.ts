import type { JsonObject } from '../events/types.ts';

/** One parameter of a route: the same entry checks requests and stands in the OpenAPI document. */
export interface Parameter<Value> {
  readonly in: 'path' | 'query';
  readonly required: boolean;
  /** What it is, in one sentence; also the advice when a value is refused. */
  readonly description: string;
  readonly schema: JsonObject;
  /** A value as handlers get it. */
  readonly example: Value;
}

interface Needed {
  readonly required: true;
}

export type Parameters = Readonly<Record<string, Parameter<string | number | boolean>>>;

type ValueOf<P> = P extends Parameter<infer Value> ? Value : never;

/** What a handler gets for a route's parameters: required ones are there. */
export type Values<P extends Parameters> = {
  readonly [Name in keyof P as P[Name] extends Needed ? Name : never]: ValueOf<P[Name]>;
} & {
  readonly [Name in keyof P as P[Name] extends Needed ? never : Name]?: ValueOf<P[Name]>;
};

/** `{name}` in the path. */
export function inPath(description: string, example: string): Parameter<string> & Needed {
  return { in: 'path', required: true, description, schema: { type: 'string' }, example };
}

const NOT_EMPTY = { type: 'string', minLength: 1 } as const;

export function text(description: string, example: string, schema: JsonObject = {}): Parameter<string> {
  return { in: 'query', required: false, description, schema: { ...NOT_EMPTY, ...schema }, example };
}

export function requiredText(description: string, example: string): Parameter<string> & Needed {
  return { in: 'query', required: true, description, schema: NOT_EMPTY, example };
}

export function choice<Value extends string>(description: string, values: readonly [Value, ...Value[]]) {
  const parameter: Parameter<Value> = {
    in: 'query',
    required: false,
    description,
    schema: { type: 'string', enum: values },
    example: values[0],
  };
  return parameter;
}

export function flag(description: string): Parameter<boolean> {
  return { in: 'query', required: false, description, schema: { type: 'boolean' }, example: true };
}

/** A date (midnight UTC), or a date and time with offset. */
export function moment(description: string): Parameter<string> {
  const advice = `${description} A date, or a date and time with offset (write its + as %2B).`;
  return text(advice, '2026-12-04T10:30:00Z', { format: 'moment' });
}

/** Items on a page when a request does not say. */
export const PAGE_DEFAULT = 50;
/** The most a request may ask for. */
const PAGE_MOST = 200;

export function pageLimit(most: number = PAGE_MOST): Parameter<number> {
  return {
    in: 'query',
    required: false,
    description: `How many items at most: 1 to ${most}, ${PAGE_DEFAULT} when left out.`,
    schema: { type: 'integer', minimum: 1, maximum: most, default: PAGE_DEFAULT },
    example: PAGE_DEFAULT,
  };
}

/** The parameters of every list. */
export const PAGING = {
  after: text('The "next" of the page before, unchanged.', 'WzE3OTU1MDAwMDAwMDAsImZpbF8wMSJd'),
  limit: pageLimit(),
} as const;
