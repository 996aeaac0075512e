import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/crossdock.ts';
import { changeFile, mapFolder } from '../support/map-folder.ts';
import { tempFolder } from '../support/temp-folder.ts';

const NEXT = 'maps/x12/940/next.yaml';
const LOAD = '  loadNumber: N9(01=LO)02\n';

describe('A change of a map', function () {
  this.timeout(60_000);
  const folder = tempFolder();
  const map = (...words: readonly string[]) => run(['map', ...words], { cwd: folder() });
  const textOf = (path: string): string => readFileSync(join(folder(), path), 'utf8');

  /** The newest version as next.yaml, with something changed. */
  const change = (from: string, to: string): void => {
    const text = textOf('maps/x12/940/1.0.0.yaml').replace('version: 1.0.0', 'version: next');
    writeFileSync(join(folder(), NEXT), text);
    changeFile(folder(), NEXT, from, to);
  };

  beforeEach(() => mapFolder(folder(), 'x12/940'));

  it('is shown by map diff: both lines, and what becomes of documents, under the rule that did it', async () => {
    change(LOAD, '');
    const { code, stdout, stderr } = await map('diff', 'x12/940@1.0.0', 'x12/940@next', '--on', 'maps/x12/940/tests');
    assert.deepEqual([code, stderr], [0, 'x12/940@1.0.0 and x12/940@next differ in 1 rule.\n']);
    const file = 'maps/x12/940/tests/a-new-order-of-three-lines.edi';
    assert.deepEqual(stdout.split('\n').slice(0, 5), [
      'removed loadNumber',
      '  - maps/x12/940/1.0.0.yaml:25 N9(01=LO)02',
      '4 fields changed by loadNumber',
      `  ${file} events/0/data/loadNumber: "LOAD-3381" became nothing`,
      `  ${file} events/0/data/references/0: nothing became {"type":"LO","value":"LOAD-3381"}`,
    ]);
  });

  it('is not released while a test fails: nothing is written', async () => {
    change(LOAD, '');
    const lock = textOf('maps/maps.lock');
    const { code, stdout, stderr } = await map('release', 'x12/940');
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(
      stderr,
      /MAP_NOT_RELEASED 1 of 13 tests fail with x12\/940@next\. .*\na new order of three lines\n {2}events\/0\/data\/loadNumber: expected "LOAD-3381", got nothing/s,
    );
    assert.deepEqual([existsSync(join(folder(), NEXT)), textOf('maps/maps.lock')], [true, lock]);
  });

  it('that takes a field away is a major version; it is written once, with its line in the lock', async () => {
    change(LOAD, '');
    await map('test', '--update');
    const dry = await map('release', 'x12/940', '--dry-run');
    assert.match(
      dry.stderr,
      /^major: the field loadNumber is removed\. 13 documents were read with both\.\nWould release x12\/940@2\.0\.0 as maps\/x12\/940\/2\.0\.0\.yaml\.\n$/,
    );
    assert.ok(existsSync(join(folder(), NEXT)));
    const { code, stderr } = await map('release', 'x12/940');
    assert.deepEqual(
      [code, /Released x12\/940@2\.0\.0/.test(stderr), existsSync(join(folder(), NEXT))],
      [0, true, false],
    );
    assert.match(textOf('maps/x12/940/2.0.0.yaml'), /^version: 2\.0\.0$/m);
    assert.match(textOf('maps/maps.lock'), /^x12\/940@1\.0\.0 [0-9a-f]{64}\nx12\/940@2\.0\.0 [0-9a-f]{64}\n/m);
    assert.equal((await run(['check'], { cwd: folder() })).code, 0);
    const again = await map('release', 'x12/940');
    assert.match(again.stderr, /MAP_NOT_FOUND there is no maps\/x12\/940\/next\.yaml\. Copy the newest version/);
  });

  it('that changes no event is a patch, and one that changes nothing is none', async () => {
    change('N9(01=LO)02', 'N9(01=LO|OQ)02');
    const patch = await map('release', 'x12/940', '--dry-run');
    assert.match(patch.stderr, /^patch: .*\nWould release x12\/940@1\.0\.1 /);
    change('# sent again', '# once more');
    const none = await map('release', 'x12/940', '--dry-run');
    assert.equal(none.code, 1);
    assert.match(none.stderr, /MAP_NOT_RELEASED x12\/940@next is not different from x12\/940@1\.0\.0\./);
  });

  it('is compared with its own release where another map reads the same document too', async () => {
    const files = 'maps/edifact/invoic-freight/tests/corrected.edi';
    const { code, stderr } = await run(['map', 'backtest', 'edifact/invoic-freight@1.0.0', '--on', files]);
    const pin = 'edifact/invoic-freight@1.0.0';
    assert.deepEqual([code, stderr], [0, `${pin} against ${pin}: 1 of 1 files give the same.\n`]);
  });

  it('is tried on files that came before by map backtest, which ends with 3 where events differ', async () => {
    change(LOAD, '');
    const { code, stdout, stderr } = await map('backtest', 'x12/940@next', '--on', 'maps/x12/940/tests');
    assert.deepEqual([code, stderr], [3, 'x12/940@next against x12/940@1.0.0: 12 of 13 files give the same.\n']);
    assert.match(stdout, /^4 fields changed by loadNumber\n/);
  });
});

describe('A change of a map that a partner pins', function () {
  this.timeout(60_000);
  const folder = tempFolder();

  it('is tried on the samples of that partner, its overlay laid over both versions', async () => {
    mapFolder(folder(), 'x12/940', ['demo-3pl']);
    const partner = 'partners/demo-3pl/partner.yaml';
    const text = readFileSync(join(folder(), partner), 'utf8').replace(/^ {2}- \{ document: (?:856|945).*\n/gm, '');
    writeFileSync(join(folder(), partner), text);
    changeFile(
      folder(),
      partner,
      'map: x12/940@1.0.0, acknowledge',
      'map: x12/940@1.0.0, overlay: 940.yaml, acknowledge',
    );
    writeFileSync(
      join(folder(), 'partners/demo-3pl/940.yaml'),
      'base: x12/940@1.0.0\nbecause: They send the load with LD.\ndata:\n  loadNumber: N9(01=LD)02\n',
    );
    const map = readFileSync(join(folder(), 'maps/x12/940/1.0.0.yaml'), 'utf8');
    const next = map
      .replace('version: 1.0.0', 'version: next')
      .replace('  orderedOn: { at: G62(01=04)02, as: date }\n', '');
    writeFileSync(join(folder(), NEXT), next);
    const options = { cwd: folder() };
    const tried = await run(['map', 'backtest', 'x12/940@next', '--partner', 'demo-3pl', '--json'], options);
    const report = JSON.parse(tried.stdout);
    assert.deepEqual([report.before, report.after], ['x12/940@1.0.0+overlay', 'x12/940@next+overlay']);
    await run(['map', 'test', '--update'], options);
    const { stderr } = await run(['map', 'release', 'x12/940'], options);
    assert.match(
      stderr,
      /Released x12\/940@2\.0\.0 as .*\ndemo-3pl stays on x12\/940@1\.0\.0, until its partner\.yaml pins x12\/940@2\.0\.0\.\n/,
    );
  });
});
