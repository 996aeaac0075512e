import { momentAt } from './moments.ts';
import { placeOf, pointerSteps } from './pointer.ts';
import type { Shape } from './shape.ts';
import type { JsonObject } from './types.ts';

/** Pointers (`*` is any entry) to the references of some data, and the type of each. */
export type ReferenceRules = readonly (readonly [pointer: string, type: string])[];

/** What one walk over the data of an event gives. */
export interface Walked {
  /** The data with the offset of every local time; where there was none to give, the same object. */
  readonly data: JsonObject;
  /** By rule what it found, each time a type and a value; undefined where it found nothing. */
  readonly found: readonly (readonly string[] | undefined)[];
  /** True where each moment is a date, or a date and time with offset. */
  readonly dated: boolean;
}

export type WalkData = (data: JsonObject, timezone: string | null) => Walked;

/** A place in the data that the walk comes to. */
interface Stop {
  readonly fields: Map<string, Stop>;
  /** Of a list: what is done with each entry. */
  entry: Stop | null;
  /** Of a moment: whose clock it is told by. */
  moment: { readonly place: string | null } | null;
  /** Rules whose reference stands here. */
  readonly rules: { readonly rule: number; readonly type: string }[];
}

/**
 * The walk over all data of one shape: to every moment and every reference, each object on the way looked at once. It is one program
 * text, in which every name of a field is constant: walking by lists of names took three times as long. The text is made of the
 * names that the schemas have, in quotes, and of numbers.
 */
export function compileWalk(shape: Shape, rules: ReferenceRules): WalkData {
  const top = createStop();
  addMoments(top, shape);
  for (const [rule, [pointer, type]] of rules.entries()) stopAt(top, pointerSteps(pointer)).rules.push({ rule, type });
  const program: Program = { functions: [], places: [] };
  const first = emitObject(top, program);
  const nothing = rules.map(() => 'undefined').join(', ');
  const text = `"use strict";
    let found, dated;
    ${program.functions.join('\n')}
    return (data, timezone) => {
      found = [${nothing}];
      dated = true;
      return { data: ${first}(data, data, data, timezone), found, dated };
    };`;
  return new Function('momentAt', 'places', text)(momentAt, program.places);
}

function createStop(): Stop {
  return { fields: new Map(), entry: null, moment: null, rules: [] };
}

function stopAt(top: Stop, steps: readonly string[]): Stop {
  let at = top;
  for (const step of steps) {
    const next: Stop = (step === '*' ? at.entry : at.fields.get(step)) ?? createStop();
    if (step === '*') at.entry = next;
    else at.fields.set(step, next);
    at = next;
  }
  return at;
}

function addMoments(stop: Stop, shape: Shape): void {
  switch (shape.kind) {
    case 'moment':
      stop.moment = { place: shape.place };
      return;
    case 'list':
      if (holdsMoment(shape.items)) addMoments(stopAt(stop, ['*']), shape.items);
      return;
    case 'object':
      for (const [name, field] of shape.fields) {
        if (holdsMoment(field.shape)) addMoments(stopAt(stop, [name]), field.shape);
      }
      return;
    case 'text':
    case 'number':
    case 'boolean':
    case 'enum':
  }
}

function holdsMoment(shape: Shape): boolean {
  if (shape.kind === 'list') return holdsMoment(shape.items);
  if (shape.kind === 'object') return [...shape.fields.values()].some((field) => holdsMoment(field.shape));
  return shape.kind === 'moment';
}

/** What is emitted so far. */
interface Program {
  readonly functions: string[];
  /** Steps to the place by whose clock a moment is told, by number. */
  readonly places: (readonly string[] | null)[];
}

/** Where a value stands: the entry of the list around it, and what is done with its new value. */
interface Slot {
  readonly entry: string;
  readonly changed: (value: string) => string;
}

/** Adds the function that walks an object, and gives its name. `o` is the object, `c` its copy once something changes. */
function emitObject(stop: Stop, program: Program): string {
  const fields = [...stop.fields].map(([name, field]) => {
    const quoted = JSON.stringify(name);
    const changed = (value: string): string => `if (${value} !== v) (c ??= { ...o })[${quoted}] = ${value};`;
    return `v = o[${quoted}]; if (v !== undefined) { ${emitValue(field, { entry: 'e', changed }, program)} }`;
  });
  return emitFunction(`let v, c; ${fields.join('\n')} return c ?? o;`, program);
}

/** Adds a function that walks `o`, an object or a list, and gives its name. */
function emitFunction(body: string, { functions }: Program): string {
  const name = `walk${functions.length}`;
  functions.push(`function ${name}(o, data, e, timezone) { ${body} }`);
  return name;
}

/** Statements for the value `v`. */
function emitValue(stop: Stop, slot: Slot, program: Program): string {
  const { entry, changed } = slot;
  const { moment, rules } = stop;
  const found = (rule: number): string => `(found[${rule}] ??= [])`;
  const texts = rules.map(({ rule, type }) => `${found(rule)}.push(${JSON.stringify(type)}, v);`);
  const typed = rules.map(
    ({ rule }) =>
      `if (typeof v.type === 'string' && typeof v.value === 'string') ${found(rule)}.push(v.type, v.value);`,
  );
  if (moment !== null) {
    const { steps, inEntry } = placeOf(moment.place);
    const place = program.places.push(steps) - 1;
    const clock = `${inEntry ? entry : 'data'}, places[${place}], timezone`;
    texts.push(`const m = momentAt(v, ${clock}); dated &&= m.published; ${changed('m.text')}`);
  }
  const inside = stop.fields.size === 0 ? '' : emitInside(stop, slot, program);
  const list = stop.entry === null ? '' : emitList(stop.entry, slot, program);
  return `
    if (typeof v === 'string') { ${texts.join(' ')} }
    else if (Array.isArray(v)) { ${list} }
    else if (typeof v === 'object' && v !== null) { ${typed.join(' ')} ${inside} }`;
}

function emitInside(stop: Stop, { entry, changed }: Slot, program: Program): string {
  const walk = emitObject(stop, program);
  return `const w = ${walk}(v, data, ${entry}, timezone); ${changed('w')}`;
}

/** The entries are walked by a function of their own: it gives the list, or a copy of it. */
function emitList(stop: Stop, { entry, changed }: Slot, program: Program): string {
  const replaced = (value: string): string => `if (${value} !== v) (c ??= [...o])[i] = ${value};`;
  const around = `(typeof v === 'object' && v !== null && !Array.isArray(v) ? v : e)`;
  const body = emitValue(stop, { entry: around, changed: replaced }, program);
  const name = emitFunction(
    `let c; for (let i = 0; i < o.length; i++) { const v = o[i]; ${body} } return c ?? o;`,
    program,
  );
  return `const l = ${name}(v, data, ${entry}, timezone); ${changed('l')}`;
}
