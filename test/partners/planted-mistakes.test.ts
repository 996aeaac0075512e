import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { loadConfiguration } from '../../src/partners/configuration.ts';
import { type Problem, problemLine } from '../../src/util/problem.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { MAP_MISTAKES } from './support/map-mistakes.ts';
import { FILES } from './support/planting.ts';
import { TABLE_AND_PARTNER_MISTAKES } from './support/table-and-partner-mistakes.ts';

describe('a planted mistake', function () {
  this.timeout(60_000);
  const dictionaries = createDictionaries();
  let folder = '';
  // Written once: a mistake changes one file, and that is put back.
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crossdock-test-'));
    await writeFiles(folder, FILES);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const problemsOf = async (changed: Readonly<Record<string, string>>): Promise<readonly Problem[]> => {
    await writeFiles(folder, changed);
    const folders = { maps: join(folder, 'maps'), partners: join(folder, 'partners') };
    const { problems } = await loadConfiguration(folders, dictionaries);
    await writeFiles(folder, Object.fromEntries(Object.keys(changed).map((file) => [file, FILES[file] ?? ''])));
    return problems.map((problem) => ({ ...problem, file: problem.file.replace(`${folder}/`, '') }));
  };

  it('is not in the files that they are planted in', async () => {
    assert.deepEqual((await problemsOf({})).map(problemLine), []);
  });

  for (const [kind, mistakes] of Object.entries({ ...MAP_MISTAKES, ...TABLE_AND_PARTNER_MISTAKES })) {
    for (const { what, file, change, at, told = file, code, says } of mistakes) {
      it(`in ${kind} (${what}) is told once, at its place, with its cause and what to do`, async () => {
        const text = FILES[file] ?? '';
        assert.equal(text.split(change[0]).length, 2, `"${change[0]}" stands once in ${file}`);
        const changed = { [file]: text.replace(change[0], () => change[1]) };
        const problems = await problemsOf(changed);
        const inside = told === file && change[1].includes(at) && at !== '' ? text.indexOf(change[0]) : 0;
        const place = placeOf(changed[told] ?? FILES[told] ?? '', at, inside);
        assert.deepEqual(
          problems.map(({ file: where, line, column, code: said }) => `${where}:${line}:${column} ${said}`),
          [`${told}:${place} ${code}`],
          problems.map(problemLine).join('\n'),
        );
        assert.match(problems.map(({ what: cause, remedy }) => `${cause} ${remedy}`).join(), says);
        for (const { remedy } of problems) assert.match(remedy, /^[A-Z].*[.?]$/);
      });
    }
  }
});

/** `line:column` of the beginning of a text, looked for from an offset. */
function placeOf(text: string, needle: string, from: number): string {
  const at = text.indexOf(needle, from);
  assert.ok(at >= 0, `${needle} is not there`);
  const before = text.slice(0, at).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
