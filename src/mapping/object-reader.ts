import type { JsonObject } from '../events/types.ts';
import type { Place } from '../util/problem.ts';
import type { Frame, ReadContext } from './frame.ts';
import type { LineGroup, Visibility } from './groups.ts';
import type { ReadFault } from './outcome.ts';
import { Program, type Run } from './program.ts';
import { faultFinding, missingFinding } from './read-findings.ts';
import { commonBits, type ValueReader } from './read-value.ts';

export interface CompiledField {
  readonly name: string;
  /** A frame without these tags does not have it. */
  readonly bits: number;
  readonly at: Place;
  readonly reader: ValueReader;
  /** Of a list with `per`: its lines. The other fields of the object do not see those that have a key. */
  readonly lines: LinesReader | null;
  /** True where its object must have it. */
  readonly needed: boolean;
}

/** Finds the lines of a list with `per` and shares them out; null where nothing can hold any. */
export type LinesReader = (context: ReadContext, frame: Frame) => SharedLines | null;

export interface SharedLines {
  /** The block that the lines are in. */
  readonly from: Frame;
  readonly groups: readonly LineGroup[];
  readonly visible: Visibility;
}

/** Reads the fields of one object. */
export class ObjectReader implements ValueReader {
  readonly bits: number;
  readonly #fields: readonly CompiledField[];
  readonly #lines: LinesReader | null;
  #run: Run<JsonObject> | null = null;

  constructor(fields: readonly CompiledField[]) {
    this.bits = commonBits(fields.map(({ reader }) => reader));
    this.#fields = fields;
    this.#lines = fields.find(({ lines }) => lines !== null)?.lines ?? null;
  }

  emit(program: Program): string {
    return `v = ${program.constant(this)}.read(c, b);`;
  }

  /** Undefined when there is nothing to read. */
  read(context: ReadContext, frame: Frame): JsonObject | undefined {
    // Most maps that are loaded read nothing: their programs are made when they do.
    this.#run ??= compileFields(this.#fields);
    if (this.#lines === null) return this.#run(context, frame, frame);
    const free = this.#lines(context, frame)?.visible.free ?? null;
    return this.#run(context, frame, { ...frame, hidden: free });
  }
}

function compileFields(fields: readonly CompiledField[]): Run<JsonObject> {
  const program = new Program();
  const statements = fields.map((field) => emitField(field, program));
  const tellMissing = `if (m !== null && o !== undefined) ${program.constant(reportMissing)}(c, f, m);`;
  return program.compile(`let m = null, o; ${statements.join('\n')} ${tellMissing} return o;`);
}

/** Puts what the reader of a field gives into the object `o`; a field that must be there and is not goes into the list `m`. */
function emitField(field: CompiledField, program: Program): string {
  const { name, bits, reader, needed } = field;
  const quoted = JSON.stringify(name);
  const read = `
    if (r !== null) r.enter(${quoted});
    ${reader.emit(program)}
    if (r !== null) r.leave();
    if (v !== undefined) {
      if (o === undefined) o = new O();
      if (${program.isFault()}) ${program.constant(reportFault)}(c, v, ${program.constant(field)}); else o[${quoted}] = v;
    }`;
  const absent = needed ? `(m ??= []).push(${program.constant(field)});` : '';
  const missed = needed ? `else ${absent}` : '';
  if (bits === 0) return `${read} ${missed}`;
  return `if ((g & ${bits}) === ${bits}) { ${read} ${missed} } ${missed}`;
}

function reportFault({ segments, findings }: ReadContext, fault: ReadFault, { name, at }: CompiledField): void {
  findings.push(faultFinding(segments, fault, name, at));
}

function reportMissing(
  { segments, findings }: ReadContext,
  { segment }: Frame,
  missing: readonly CompiledField[],
): void {
  for (const { name, at } of missing) findings.push(missingFinding(segments, segment, name, at));
}
