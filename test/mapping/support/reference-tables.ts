import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

/** The study of maps that read and write, which the tables are from; it lies beside the checkout and is not part of it. */
const STUDY = process.env.CROSSDOCK_REFERENCE ?? '../shared/reference/two-way-maps.md';

/** A test that a table of the study has as many rows as are tried here. */
export function tableRows(what: string, section: number, tried: readonly string[]): void {
  if (!existsSync(STUDY)) {
    it(`were not counted against their table: there is no ${STUDY}; CROSSDOCK_REFERENCE names another`, () => {
      assert.equal(new Set(tried).size, tried.length);
    });
    return;
  }
  it(`are all ${what} of the table, none missing`, () => {
    const text = readFileSync(STUDY, 'utf8');
    const part = text.split(/^## /m).find((each) => each.startsWith(`${section}. `)) ?? '';
    // Header and ruler stand before the rows.
    const rows = part
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2);
    assert.equal(new Set(tried).size, rows.length, rows.map((row) => row.split('|')[1]).join('\n'));
  });
}
