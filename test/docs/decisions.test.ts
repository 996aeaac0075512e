import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/source-files.ts';
import { tableRows } from './page.ts';

type Dependencies = Readonly<Record<string, string>>;

describe('docs/decisions/0001-toolchain.md', () => {
  it('gives every dependency a reason', () => {
    const rows = tableRows(readFileSync(join(ROOT, 'docs/decisions/0001-toolchain.md'), 'utf8'));
    const { dependencies, devDependencies }: Record<'dependencies' | 'devDependencies', Dependencies> = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    const named = rows.map(([name]) => name?.replaceAll('`', ''));
    assert.deepEqual(named, [...Object.keys(dependencies), ...Object.keys(devDependencies)]);
    assert.deepEqual(
      rows.filter(([, why]) => why === undefined || why === ''),
      [],
    );
  });
});
