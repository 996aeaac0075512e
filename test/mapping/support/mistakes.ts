import assert from 'node:assert/strict';
import type { Problem } from '../../../src/util/problem.ts';
import { load } from './maps.ts';

/** A map without a mistake, which tests put one into. */
export const GOOD = `map: x12/856
version: next
document: { standard: x12, set: 856, release: 004010, group: SH }
event:
  by: BSN01
  00: logistics.shipment.advised.v1
  05: logistics.shipment.advice-replaced.v1
data:
  adviceNumber: BSN02
  createdAt: { at: BSN03..04, as: datetime }
  shipment:
    in: HL(S)
    packageCount: { at: TD102, as: number }
    packaging: TD101
    trailer: TD303
    billOfLading: REF(01=BM)02
    seals: { all: TD309 }
    shipTo: { in: N1(01=ST), use: party }
    references: { rest: REF, type: 01, value: 02 }
  orders:
    in: HL(S)
    each: HL(O)
    purchaseOrder: PRF01
    items: { each: HL(I), use: item }
write:
  BSN05: 0001
  CTT01: count HL
`;

/** What is wrong, the text it replaces, the text with the mistake, where it is told, and how the remedy begins. */
export type Mistake = readonly [what: string, from: string, to: string, told: string, remedy: string];

/** The problems of a maps folder with this 856 map. */
export function problemsOf(text: string, codes: Readonly<Record<string, string>> = {}): readonly Problem[] {
  return load({ maps: { 'x12/856/next.yaml': text }, codes }).problems;
}

/** One test a row: the mistake is told exactly once. Places in the map itself are written without its name. */
export function eachIsToldOnce(mistakes: readonly Mistake[], codes: Readonly<Record<string, string>> = {}): void {
  for (const [what, from, to, told, remedy] of mistakes) {
    it(`(${what}) is told once, at its place, with what to do`, () => {
      assert(GOOD.includes(from));
      const problems = problemsOf(GOOD.replace(from, to), codes);
      const lines = problems.map(({ file, line, column, code }) => `${file.slice(2)}:${line}:${column} ${code}`);
      assert.deepEqual(
        lines.map((line) => line.replace('x12/856/next.yaml:', '')),
        [told],
      );
      assert(problems[0]?.remedy.startsWith(remedy), problems[0]?.remedy);
    });
  }
}
