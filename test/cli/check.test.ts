import assert from 'node:assert/strict';
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../src/util/problem.ts';
import { CHECKOUT, run } from '../support/crossdock.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('crossdock check', () => {
  const folder = tempFolder();

  /** The configuration of the checkout, with one mistake each in a map, a partner and the settings. */
  beforeEach(async () => {
    for (const name of ['maps', 'partners', 'crossdock.yaml']) {
      await cp(join(CHECKOUT, name), join(folder(), name), { recursive: true });
    }
  });

  async function breakThree(): Promise<void> {
    await replace('maps/x12/945/1.0.0.yaml', 'depositorOrder: W0602', 'depositorOrder: W0699');
    await replace('partners/demo-carrier/partner.yaml', 'America/Chicago', 'America/Chicag');
    await appendFile(join(folder(), 'crossdock.yaml'), 'prot: 99\n');
  }

  async function replace(name: string, from: string, to: string): Promise<void> {
    const path = join(folder(), name);
    const text = await readFile(path, 'utf8');
    assert.ok(text.includes(from), `${name} has no ${from}`);
    await writeFile(path, text.replace(from, to));
  }

  it('says nothing on stdout and ends with 0 when all is well', async () => {
    const { code, stdout, stderr } = await run(['check'], { cwd: folder() });
    assert.deepEqual([code, stdout], [0, ''], stderr);
    assert.match(stderr, /^No problems: \d+ maps, 2 partners\.\n$/);
  });

  it('prints all problems of all files at once as file:line:column CODE, and ends with 1', async () => {
    await breakThree();
    const { code, stdout, stderr } = await run(['check'], { cwd: folder() });
    assert.equal(code, 1);
    const lines = stdout.trimEnd().split('\n');
    for (const line of lines) assert.match(line, /^[^\s:]+:\d+:\d+ [A-Z][A-Z_]+ \S.*\. \S.*[.?]$/);
    for (const [name, text] of [
      ['maps/x12/945/1.0.0.yaml', 'depositorOrder: W0699'],
      ['partners/demo-carrier/partner.yaml', 'timezone: America/Chicag'],
      ['crossdock.yaml', 'prot: 99'],
    ] as const) {
      const problem = lines.find((line) => line.includes(name) && !line.includes('LOCK_CHANGED'));
      const [, row] = /:(\d+):\d+ /.exec(problem ?? '') ?? [];
      const source = (await readFile(join(folder(), name), 'utf8')).split('\n');
      assert.ok(source[Number(row) - 1]?.includes(text), `${problem ?? stdout} does not point at ${text}`);
    }
    assert.match(stderr, /^\d+ problems\.\n$/);
  });

  it('prints only problems of the files and folders that are named', async () => {
    await breakThree();
    const partners = await run(['check', 'partners'], { cwd: folder() });
    assert.match(partners.stdout, /^partners\/demo-carrier\/partner\.yaml:\d+:\d+ \S+ [^\n]+\n$/);
    assert.equal(partners.code, 1);
    const other = await run(['check', 'partners/demo-3pl'], { cwd: folder() });
    assert.deepEqual([other.code, other.stdout], [0, '']);
  });

  it('checks a folder that holds a configuration, from anywhere', async () => {
    await breakThree();
    const named = await run(['check', folder()]);
    assert.deepEqual([named.code, named.stdout.split('\n').length > 3], [1, true], named.stdout);
    const option = await run(['--config', folder(), 'check']);
    assert.equal(option.stdout, named.stdout);
  });

  it('prints the same as JSON', async () => {
    await breakThree();
    const { stdout } = await run(['check', '--json'], { cwd: folder() });
    const problems: readonly Problem[] = JSON.parse(stdout);
    assert.ok(problems.length >= 3);
    for (const problem of problems) {
      assert.deepEqual(Object.keys(problem).sort(), ['code', 'column', 'file', 'line', 'remedy', 'what'].sort());
    }
  });

  it('ends with 1 in one line when there is no such path', async () => {
    const { code, stderr } = await run(['check', 'partners/nobody'], { cwd: folder() });
    assert.equal(code, 1);
    assert.equal(stderr, 'crossdock: FILE_UNREADABLE partners/nobody: there is no such file or folder.\n');
  });

  it('is asked by every command that needs the configuration, which then does nothing', async () => {
    await breakThree();
    for (const words of [['translate', '-'], ['start']]) {
      const { code, stdout, stderr } = await run(words, {
        cwd: folder(),
        env: { CROSSDOCK_DATA: join(folder(), 'data') },
      });
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /^crossdock: CONFIG_INVALID the configuration has \d+ problems?:\n[^\n]+:\d+:\d+ [A-Z_]+ /);
    }
  });
});
