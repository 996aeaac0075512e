import { BODIES } from './bodies.ts';
import type { EventContext, Reference } from './context.ts';
import type { TimeField } from './event-time.ts';
import type { Body } from './event-types.ts';
import { entriesOf, isList, isObject, textsOf } from './json.ts';
import { compileMoments } from './moments.ts';
import { compileVisit, pointerSteps, valueAt } from './pointer.ts';
import { type Shape, shapeOfBody } from './shape.ts';
import type { Json, JsonObject } from './types.ts';

/** What finishing does with the data of one body: its `x-` keywords, compiled once. */
export interface Plan {
  /** The data with the offset of every local time. */
  withOffsets(data: JsonObject, timezone: string | null): JsonObject;
  readonly timeFields: readonly TimeField[];
  /** Steps to the place of the event. */
  readonly place: readonly string[] | null;
  subject(data: JsonObject, context: EventContext): string;
  /** Every reference of the data, each once. */
  references(data: JsonObject): readonly Reference[];
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
  const resolveMoments = compileMoments(shape);
  return {
    withOffsets: (data, timezone) => {
      const resolved = resolveMoments?.(data, data, data, timezone);
      return isObject(resolved) ? resolved : data;
    },
    timeFields: textsOf(schema['x-time']).map((pointer) => timeField(pointerSteps(pointer), shape)),
    place: typeof place === 'string' ? pointerSteps(place) : null,
    subject: compileSubject(schema['x-subject']),
    references: compileReferences(schema['x-refs']),
  };
}

function timeField(steps: readonly string[], shape: Shape): TimeField {
  let at: Shape | undefined = shape;
  for (const step of steps) at = at?.kind === 'object' ? at.fields.get(step)?.shape : undefined;
  return { steps, place: at?.kind === 'moment' && at.place !== null ? pointerSteps(at.place) : null };
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

function compileReferences(rules: Json | undefined): Plan['references'] {
  const compiled = entriesOf(rules).map(([pointer, type]) => ({
    each: compileVisit(pointerSteps(pointer)),
    type: String(type),
  }));
  return (data) => {
    const references: Reference[] = [];
    const add = (type: Json | undefined, value: Json | undefined): void => {
      if (typeof type === 'string' && typeof value === 'string' && isNew(type, value)) references.push({ type, value });
    };
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
    for (const { each, type } of compiled) {
      each(data, (value) => (isObject(value) ? add(value.type, value.value) : add(type, value)));
    }
    return references;
  };
}
