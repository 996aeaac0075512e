import assert from 'node:assert/strict';
import { checkDocument } from '../../../src/edi/check/document.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { parseTables } from '../../../src/edi/dictionary/parse-tables.ts';
import { SERVICE_ELEMENTS, SERVICE_SEGMENTS } from '../../../src/edi/dictionary/service-segments.ts';
import type { Finding } from '../../../src/edi/finding.ts';
import { readAll } from '../../../src/edi/read.ts';
import { unb, unh } from '../support/edifact.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

/** A segment for each kind of note, in made-up tables of both standards. */
const SEGMENTS = `
PPP 9001 9001 9001 P010203
RRR 9001 9001 9001 R0203
EEE 9001 9001 9001 E0203
CCC 9001 9001 9001 C0102
LLL 9001 9001 9001 L010203
`;
const set = (name: string, header: string, trailer: string): string => `
${name}
  ${header} M 1
  PPP C 1
  RRR C 1
  EEE C 1
  CCC C 1
  LLL C 1
  ${trailer} M 1
`;
const x12 = parseTables({
  standard: 'x12',
  release: '003999',
  sets: set('999', 'ST', 'SE').replaceAll(' C 1', ' O 1'),
  segments: `${SEGMENTS}ST 9001:M 9001:M\nSE 9001:M 9001:M\n`,
  elements: '9001 AN 1 9\n',
  codes: '',
});
const edifact = parseTables({
  standard: 'edifact',
  release: 'D99X',
  sets: set('MADEUP', 'UNH', 'UNT'),
  segments: SEGMENTS + SERVICE_SEGMENTS,
  elements: `9001 AN 1 9\n${SERVICE_ELEMENTS}`,
  codes: '',
});
const dictionaries = createDictionaries([x12.dictionary, edifact.dictionary]);

function found(standard: 'x12' | 'edifact', segment: string): readonly Finding[] {
  const file =
    standard === 'x12'
      ? isa({}, gs({ code: 'FA', version: '003999' }, st('999', segment.replaceAll('+', '*'))))
      : unb({}, unh({ type: 'MADEUP', version: 'D:99X:UN' }, segment));
  const group = {
    ordinal: 0,
    code: standard === 'x12' ? 'FA' : '',
    version: '',
    controlNumber: '1',
    implicit: true,
    header: null,
  };
  return readAll(bytes(file)).flatMap((item) =>
    item.kind === 'document' ? checkDocument(item.document, group, dictionaries).findings : [],
  );
}

/** A segment; the element that is at fault and the one the rule comes from, or null where the note holds. */
type Row = readonly [segment: string, broken: readonly [element: number, trigger: number | null] | null];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'P: all of them or none': [
    ['PPP', null],
    ['PPP+1+2+3', null],
    ['PPP+1', [2, 1]],
    ['PPP++2', [1, 2]],
    ['PPP+1+2', [3, 1]],
  ],
  'R: at least one of them': [
    ['RRR+1+2', null],
    ['RRR+++3', null],
    ['RRR+1', [2, null]],
    ['RRR', [2, null]],
  ],
  'E: one of them at most': [
    ['EEE', null],
    ['EEE++2', null],
    ['EEE+++3', null],
    ['EEE++2+3', [3, 2]],
  ],
  'C: the others where the first is': [
    ['CCC', null],
    ['CCC++2', null],
    ['CCC+1+2', null],
    ['CCC+1', [2, 1]],
  ],
  'L: one of the others where the first is': [
    ['LLL', null],
    ['LLL++2', null],
    ['LLL+1++3', null],
    ['LLL+1+2', null],
    ['LLL+1', [2, 1]],
  ],
};

describe('A note between elements', () => {
  it('stands in tables without a problem', () => assert.deepEqual([...x12.problems, ...edifact.problems], []));

  for (const standard of ['x12', 'edifact'] as const) {
    for (const [note, rows] of Object.entries(ROWS)) {
      for (const [segment, broken] of rows) {
        it(`${note} (${standard}): ${segment} ${broken === null ? 'holds' : `is broken at ${broken[0]}`}`, () => {
          const expected = broken === null ? [] : [{ at: broken[0], trigger: broken[1], ...codes(note, standard) }];
          const told = found(standard, segment).map(({ position, ack }) => ({
            at: position.element,
            trigger: ack?.trigger?.element ?? null,
            code: standard === 'x12' ? ack?.x12 : ack?.contrl,
          }));
          assert.deepEqual(told, expected);
        });
      }
    }
  }
});

/** An exclusion has a code of its own in X12; EDIFACT has one code for all. */
function codes(note: string, standard: 'x12' | 'edifact'): { readonly code: string } {
  if (standard === 'edifact') return { code: '48' };
  return { code: note.startsWith('E') ? '10' : '2' };
}
