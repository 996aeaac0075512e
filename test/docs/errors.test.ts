import assert from 'node:assert/strict';
import { FINDING_CODES, type FindingEntry } from '../../src/edi/finding-codes.ts';
import { FINDING_REMEDIES } from '../../src/edi/finding-remedies.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { sourceFiles } from '../support/source-files.ts';
import { section, tableRows } from './page.ts';

const CODE = "'([A-Z][A-Z_]{4,})'";
const known = new Set<string>([...Object.keys(ERROR_CODES), ...Object.keys(FINDING_CODES)]);

/** Codes that a pattern finds in some files, in the order of the alphabet. */
function codesIn(files: RegExp, pattern: string, without: ReadonlySet<string>): readonly string[] {
  const texts = sourceFiles('src').filter(({ path }) => files.test(path));
  const found = texts.flatMap(({ text }) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => match[1] ?? ''),
  );
  return [...new Set(found)].filter((code) => !without.has(code)).sort();
}

function codesOf(heading: string): readonly string[] {
  const codes = tableRows(section('docs/errors.md', heading)).map((cells) => cells[0]?.replaceAll('`', '') ?? '');
  return codes.sort();
}

describe('docs/errors.md', () => {
  it('lists every finding as its register has it', () => {
    const expected = Object.entries<FindingEntry>(FINDING_CODES).map(
      ([code, { level, severity, x12, contrl, title }]) => [
        `\`${code}\``,
        level,
        severity,
        x12 ?? '',
        contrl ?? '',
        title,
        Object.entries(FINDING_REMEDIES).find(([key]) => key === code)?.[1],
      ],
    );
    assert.deepEqual(tableRows(section('docs/errors.md', 'Findings')), expected);
  });

  it('lists every error of the program as its register has it', () => {
    const rows = tableRows(section('docs/errors.md', 'Errors of the program'));
    const expected = Object.entries(ERROR_CODES).map(([code, { retry, status, title }]) => [
      `\`${code}\``,
      String(status),
      retry,
      title,
    ]);
    assert.deepEqual(
      rows.map((cells) => cells.slice(0, 4)),
      expected,
    );
    assert.deepEqual(
      rows.filter((cells) => cells[4] === undefined || cells[4] === ''),
      [],
    );
  });

  it('lists every problem of configuration that the source can name', () => {
    const files = /^src\/(?:util|settings|partners|mapping|edi\/dictionary)\//;
    const named = codesIn(files, `(?:\\bproblem\\([\\s\\S]*?|code: )${CODE}`, known);
    assert.deepEqual(codesOf('Problems of configuration'), named);
  });

  it('lists every reason that the inbound road, the dispatcher and the ledger give', () => {
    const files = /^src\/(?:inbound\/|ledger\/reasons|work\/dispatcher|partners\/find)/;
    assert.deepEqual(codesOf('Reasons in the ledger'), codesIn(files, CODE, new Set(Object.keys(ERROR_CODES))));
  });
});
