import { _ } from 'ajv';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { nearest } from '../util/suggest.ts';
import { type Body, eventType } from './event-types.ts';
import { isPublishedMoment } from './moment.ts';
import { bodySchema } from './schemas.ts';
import type { JsonObject } from './types.ts';
import { NO_BLANK_AT_THE_ENDS } from './whole-shape.ts';

/** One way in which data breaks its schema. */
export interface SchemaIssue {
  /** JSON Pointer into the data; empty for the data itself. */
  readonly pointer: string;
  /** What is wrong there, in plain words, to be read after the pointer: `must be a number, not text`. */
  readonly message: string;
}

const MOST_ISSUES = 20;
const validators = new Map<Body, ValidateFunction>();

/** Where an event's data breaks the schema of its type; empty when it does not. At most 20 issues. */
export function validateData(type: string, data: JsonObject): readonly SchemaIssue[] {
  const entry = eventType(type);
  if (entry === undefined) return [{ pointer: '', message: `is of the type "${type}", which does not exist` }];
  const validate = validatorOf(entry.body);
  if (validate(data)) return [];
  return (validate.errors ?? []).slice(0, MOST_ISSUES).map(issueOf);
}

function validatorOf(body: Body): ValidateFunction {
  const known = validators.get(body);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ allErrors: true, verbose: true, code: { regExp: patternOf } });
  // The schemas ask for one character at the least; counting all of them costs more than the rest of a text.
  ajv.removeKeyword('minLength');
  ajv.addKeyword({
    keyword: 'minLength',
    type: 'string',
    schemaType: 'number',
    code: (context) => context.fail(_`${context.data}.length < ${context.schema}`),
  });
  ajv.addVocabulary(['x-time', 'x-place', 'x-subject', 'x-refs']);
  ajv.addFormat('moment', isPublishedMoment);
  const validate = ajv.compile(bodySchema(body));
  validators.set(body, validate);
  return validate;
}

const BLANK = /\s/;

/** The pattern of every text stands for half of what validation costs, so it is looked at without a RegExp. */
const patternOf = Object.assign(
  (pattern: string, flags: string) =>
    pattern === NO_BLANK_AT_THE_ENDS
      ? { test: hasNoBlankAtTheEnds, toString: () => pattern }
      : new RegExp(pattern, flags),
  { code: 'new RegExp' },
);

function hasNoBlankAtTheEnds(text: string): boolean {
  return text !== '' && isInk(text, 0) && isInk(text, text.length - 1);
}

function isInk(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code > 0x20 && code < 0x7f) || !BLANK.test(text.charAt(at));
}

function issueOf(error: ErrorObject): SchemaIssue {
  const { instancePath: pointer, params } = error;
  switch (error.keyword) {
    case 'required':
      return { pointer: `${pointer}/${params.missingProperty}`, message: 'is missing' };
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const near = nearest(name, Object.keys(error.parentSchema?.properties ?? {}));
      const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
      return { pointer: `${pointer}/${name}`, message: `is no field of this event${hint}` };
    }
    case 'type':
      return { pointer, message: `must be ${WORDS[params.type] ?? params.type}, not ${kindOf(error.data)}` };
    case 'format':
      return {
        pointer,
        message: 'must be a date (2026-12-04) or a date and time with offset (2026-12-04T10:30:00-08:00)',
      };
    case 'enum':
      return { pointer, message: `must be one of ${params.allowedValues.join(', ')}` };
    case 'minLength':
    case 'pattern':
      return { pointer, message: 'must be text that is not empty and neither begins nor ends with a blank' };
    case 'minItems':
    case 'minProperties':
      return { pointer, message: 'must not be empty; leave out what has no value' };
    default:
      return { pointer, message: error.message ?? 'breaks the schema' };
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  object: 'an object',
  array: 'a list',
  boolean: 'true or false',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : (WORDS[typeof value] ?? typeof value);
}
