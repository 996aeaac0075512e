import { BODIES } from './bodies.ts';
import type { EventContext, Reference } from './context.ts';
import type { TimeField } from './event-time.ts';
import type { Body } from './event-types.ts';
import { entriesOf, isList, isObject, textsOf } from './json.ts';
import { pointerSteps, valueAt } from './pointer.ts';
import { type Shape, shapeOfBody } from './shape.ts';
import type { Json, JsonObject } from './types.ts';
import { compileWalk, type ReferenceRules, type Walked } from './walk-program.ts';
import { isPlaceShape } from './where.ts';
import { isWholeShape } from './whole-shape.ts';

/** What finishing does with the data of one body: its `x-` keywords, compiled once. */
export interface Plan {
  /** The data with the offset of every local time, and what else one walk over it shows. */
  walk(data: JsonObject, timezone: string | null): WalkedData;
  /** True where data of the right shape keeps the schema, and its derived views do (see `isWholeShape`). */
  readonly shapeIsSchema: boolean;
  readonly timeFields: readonly TimeField[];
  /** Steps to the place of the event. */
  readonly place: readonly string[] | null;
  subject(data: JsonObject, context: EventContext): string;
}

export interface WalkedData {
  /** The same object where there was no offset to give. */
  readonly data: JsonObject;
  /** Every reference of the data, each once. */
  readonly references: readonly Reference[];
  /** True where each moment is a date, or a date and time with offset. */
  readonly dated: boolean;
}

/** References up to here are compared one by one. */
const FEW = 16;

const plans = new Map<Body, Plan>();

/** The plan of a body. */
export function planOf(body: Body): Plan {
  const known = plans.get(body);
  if (known !== undefined) return known;
  const plan = compilePlan(BODIES[body], shapeOfBody(body));
  plans.set(body, plan);
  return plan;
}

function compilePlan(schema: JsonObject, shape: Shape): Plan {
  const place = schema['x-place'];
  const steps = typeof place === 'string' ? pointerSteps(place) : null;
  const walk = compileWalk(shape, referenceRules(schema['x-refs']));
  return {
    walk: (data, timezone) => {
      const { data: dated, found, dated: allDated } = walk(data, timezone);
      return { data: dated, references: referencesOf(found), dated: allDated };
    },
    shapeIsSchema: isWholeShape(schema) && (steps === null || isPlaceShape(shapeAt(shape, steps))),
    timeFields: textsOf(schema['x-time']).map((pointer) => timeField(pointerSteps(pointer), shape)),
    place: steps,
    subject: compileSubject(schema['x-subject']),
  };
}

function timeField(steps: readonly string[], shape: Shape): TimeField {
  const at = shapeAt(shape, steps);
  return { steps, place: at?.kind === 'moment' && at.place !== null ? pointerSteps(at.place) : null };
}

function shapeAt(shape: Shape, steps: readonly string[]): Shape | undefined {
  let at: Shape | undefined = shape;
  for (const step of steps) at = at?.kind === 'object' ? at.fields.get(step)?.shape : undefined;
  return at;
}

/** `aggregate/key`; data that has no key at all is known by its document alone. */
function compileSubject(rule: Json | undefined): Plan['subject'] {
  const { aggregate, keys } = isObject(rule) ? rule : {};
  const compiled = (isList(keys) ? keys : []).map((parts) => textsOf(parts).map(compilePart));
  return (data, context) => {
    for (const parts of compiled) {
      const texts = parts.map((part) => part(data, context));
      if (texts.every((text) => text !== undefined)) return `${String(aggregate)}/${texts.join(':')}`;
    }
    return `document/${context.documentId}`;
  };
}

function compilePart(part: string): (data: JsonObject, context: EventContext) => string | undefined {
  if (part === 'partner') return (_, context) => context.partnerId;
  const steps = pointerSteps(part);
  return (data) => {
    const value = valueAt(data, steps);
    return typeof value === 'string' ? value : undefined;
  };
}

function referenceRules(rules: Json | undefined): ReferenceRules {
  return entriesOf(rules).map(([pointer, type]) => [pointer, String(type)] as const);
}

/** The references that the walk found, rule by rule, each once. */
function referencesOf(found: Walked['found']): readonly Reference[] {
  const references: Reference[] = [];
  let seen: Set<string> | null = null;
  const isNew = (type: string, value: string): boolean => {
    // Most events have a handful, and looking through them is faster than making keys of them.
    if (references.length < FEW) {
      for (const known of references) if (known.value === value && known.type === type) return false;
      return true;
    }
    seen ??= new Set(references.map((known) => `${known.type}\n${known.value}`));
    const key = `${type}\n${value}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  };
  for (const pairs of found) {
    if (pairs === undefined) continue;
    for (let index = 0; index < pairs.length; index += 2) {
      const [type = '', value = ''] = [pairs[index], pairs[index + 1]];
      if (isNew(type, value)) references.push({ type, value });
    }
  }
  return references;
}
