import assert from 'node:assert/strict';
import { Segments } from '../../../src/edi/segments.ts';
import { X12_DELIMITERS } from '../../../src/edi/x12/plain.ts';
import { Coverage } from '../../../src/mapping/coverage.ts';
import type { Frame, ReadContext } from '../../../src/mapping/frame.ts';
import { type CompiledField, ObjectReader } from '../../../src/mapping/object-reader.ts';
import { ReadFault } from '../../../src/mapping/outcome.ts';
import type { Program } from '../../../src/mapping/program.ts';
import type { ValueReader } from '../../../src/mapping/read-value.ts';

const AT = { file: 'map.yaml', line: 1, column: 1 };
const NODE = { kind: 'loop', name: 'ST', hierarchical: false, requirement: 'M', max: 1, children: [] } as const;

/** A document without segments: what the rules here give does not come from it. */
function emptyContext(): ReadContext {
  const none = new Int32Array(0);
  const segments = new Segments(Buffer.alloc(0), 0, { ...X12_DELIMITERS }, none, Int32Array.of(0), 0, 0);
  const coverage = new Coverage(segments, none, none);
  return {
    segments,
    tags: none,
    tagBits: none,
    children: new Map(),
    findings: [],
    outer: new Set(),
    coverage,
    recorder: null,
  };
}

const FRAME: Frame = {
  instance: { node: NODE, parent: null, segments: [], children: [] },
  segment: -1,
  parent: null,
  hidden: null,
  tags: 0,
};

/** A rule whose statements are these. */
function rule(statements: (program: Program) => string): ValueReader {
  return { bits: 0, emit: statements };
}

function field(name: string, reader: ValueReader, bits = 0): CompiledField {
  return { name, bits, at: AT, reader, lines: null, needed: false };
}

describe('the program of an object', () => {
  const names = ['plain', 'with "quotes"', '"]; throw new Error("run"); //', '\u2028', '`', '\\'];
  for (const name of names) {
    it(`takes ${JSON.stringify(name)} as the name of a field, never as code`, () => {
      const reader = new ObjectReader([
        field(
          name,
          rule(() => 'v = "text";'),
        ),
      ]);
      assert.deepEqual(reader.read(emptyContext(), FRAME), { [name]: 'text' });
    });
  }

  it('takes texts of codes and messages as values, never as code', () => {
    const text = '"; throw new Error("run"); "';
    const reader = new ObjectReader([
      field(
        'code',
        rule((program) => `v = ${program.constant(text)};`),
      ),
    ]);
    assert.deepEqual(reader.read(emptyContext(), FRAME), { code: text });
  });

  it('looks for the segment of several rules once', () => {
    let looked = 0;
    const look = (): number => ++looked;
    const search = (program: Program): string => program.segment('one', () => `return ${program.constant(look)}();`);
    const value = rule((program) => `v = ${search(program)};`);
    const reader = new ObjectReader([field('first', value), field('second', value)]);
    assert.deepEqual(reader.read(emptyContext(), FRAME), { first: 1, second: 1 });
    assert.deepEqual(reader.read(emptyContext(), FRAME), { first: 2, second: 2 });
  });

  it('does not run a rule whose tags the frame does not have', () => {
    const reader = new ObjectReader([
      field(
        'absent',
        rule(() => 'throw new Error("run");'),
        4,
      ),
    ]);
    assert.equal(reader.read(emptyContext(), { ...FRAME, tags: 3 }), undefined);
  });

  it('tells a fault and leaves the field out', () => {
    const fault = new ReadFault(0, 1, 'X', 'a number');
    const context = emptyContext();
    const reader = new ObjectReader([
      field(
        'count',
        rule((program) => `v = ${program.constant(fault)};`),
      ),
    ]);
    assert.deepEqual(reader.read(context, FRAME), {});
    assert.equal(context.findings.length, 1);
  });

  it('gives plain objects, whatever fields they have', () => {
    const reader = new ObjectReader([
      field(
        'a',
        rule(() => 'v = 1;'),
      ),
      field(
        'b',
        rule(() => 'v = undefined;'),
      ),
    ]);
    const made = reader.read(emptyContext(), FRAME);
    assert.deepEqual([Object.getPrototypeOf(made), Object.keys(made ?? {})], [Object.prototype, ['a']]);
  });
});
