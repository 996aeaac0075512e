import assert from 'node:assert/strict';
import { PLAYBOOK } from '../../src/exceptions/causes.ts';
import { SETTING_KEYS } from '../../src/settings/keys.ts';
import { sourceFiles } from '../support/source-files.ts';
import { section, tableRows } from './page.ts';

/** What a pattern finds in some files, each once. */
function named(files: string, pattern: RegExp): readonly string[] {
  return [
    ...new Set(sourceFiles(files).flatMap(({ text }) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))),
  ];
}

function firstCells(page: string, heading: string): readonly string[] {
  return tableRows(section(page, heading)).map(([cell]) => /`(\w+)/.exec(cell ?? '')?.[1] ?? '');
}

describe('docs/operations.md', () => {
  it('lists every setting as its register has it', () => {
    const quoted = (text: string): string => (text === '' ? '' : `\`${text}\``);
    const expected = Object.entries(SETTING_KEYS).map(([key, entry]) => [
      quoted(key),
      quoted(entry.variable),
      quoted(entry.default),
      entry.description.replaceAll('<', '\\<'),
    ]);
    assert.deepEqual(tableRows(section('docs/operations.md', 'Settings')), expected);
  });

  it('lists every cause of an exception that is no finding, with whose turn it is', () => {
    const expected = [...PLAYBOOK].map(([code, { owner, class: failure, title, remedy }]) => [
      `\`${code}\``,
      owner,
      failure,
      title,
      remedy,
    ]);
    assert.deepEqual(tableRows(section('docs/operations.md', 'Playbook')), expected);
  });

  it('lists every metric of the gateway', () => {
    const metrics = named('src', /name: '(gateway_\w+)'/g);
    assert.deepEqual([...firstCells('docs/operations.md', 'Metrics')].sort(), [...metrics].sort());
  });
});

describe('docs/architecture.md', () => {
  it('lists every table of the ledger', () => {
    const tables = named('src/ledger/migrations', /\.createTable\('(\w+)'\)/g);
    assert.deepEqual([...firstCells('docs/architecture.md', 'The ledger')].sort(), [...tables].sort());
  });
});
