import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT, CROSSDOCK, run } from '../support/crossdock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const COMMANDS = [
  ...['start', 'check', 'inspect', 'validate', 'translate', 'explain', 'events', 'trace', 'ledger check'],
  ...['dictionary list', 'dictionary show', 'dictionary import-un', 'dictionary import', 'map test'],
  ...['map sample', 'map diff', 'map release', 'map backtest'],
];

describe('the crossdock command', () => {
  const folder = tempFolder();

  it('lists its commands with --help', async () => {
    const { code, stdout } = await run(['--help']);
    assert.equal(code, 0);
    for (const command of COMMANDS) assert.match(stdout, new RegExp(`^ {2}${command.split(' ')[0]} `, 'm'));
  });

  it('explains each command with an example that can be tried as it stands', async function () {
    // As many processes as commands start at once.
    this.timeout(60_000);
    const helps = await Promise.all(COMMANDS.map((command) => run([...command.split(' '), '--help'])));
    for (const [index, { code, stdout }] of helps.entries()) {
      const command = COMMANDS[index] ?? '';
      assert.equal(code, 0, command);
      const example = stdout.split(/^Example:\n/m)[1] ?? '';
      assert.ok(example.includes(`crossdock ${command}`), `${command} has no example`);
      for (const path of example.match(/partners\/\S+/g) ?? []) {
        assert.ok(existsSync(join(CHECKOUT, path)), `the example of ${command} names ${path}, which is not there`);
      }
    }
  });

  for (const [words, pattern] of [
    [['inspet', 'x'], /unknown command 'inspet'\n\(Did you mean inspect\?\)/],
    [['validate', 'x', '--jsn'], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
    [['inspect'], /missing required argument 'file'/],
    [['ledger', 'chek'], /unknown command 'chek'/],
    [['events', '--limit', 'ten'], /Write a whole number/],
    [['trace', 'a', 'b'], /too many arguments/],
    [[], /Usage: crossdock/],
  ] as const) {
    it(`ends with 2 and says what is wrong with "crossdock ${words.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await run(words);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, pattern);
    });
  }

  it('ends with 1 and one line when a file cannot be read', async () => {
    await mkdir(join(folder(), 'a-folder'));
    const files = [join(folder(), 'absent.edi'), join(folder(), 'a-folder')];
    const tries = ['inspect', 'validate', 'translate', 'explain'].flatMap((command) =>
      files.map(async (file) => ({ command, file, answer: await run([command, file]) })),
    );
    for (const { command, file, answer } of await Promise.all(tries)) {
      assert.deepEqual([answer.code, answer.stdout], [1, ''], command);
      assert.match(answer.stderr, /^crossdock: FILE_UNREADABLE [^\n]*\. Name a file, or - for standard input\.\n$/);
      assert.ok(answer.stderr.includes(file));
    }
  });

  it('works from any folder and through links', async () => {
    await mkdir(join(folder(), 'bin'));
    await symlink(CROSSDOCK, join(folder(), 'bin/first'));
    await symlink('first', join(folder(), 'bin/crossdock'));
    const { code, stderr } = await run(['check'], { cwd: folder(), command: join(folder(), 'bin/crossdock') });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^No problems: \d+ maps, 2 partners\.\n$/);
  });

  it('takes the configuration of the nearest folder upwards', async () => {
    await mkdir(join(folder(), 'maps'));
    await mkdir(join(folder(), 'partners'));
    await mkdir(join(folder(), 'some/where'), { recursive: true });
    const { stderr } = await run(['check'], { cwd: join(folder(), 'some/where') });
    assert.equal(stderr, 'No problems: 0 maps, 0 partners.\n');
  });

  it('prints nothing more when the reader of its output is gone', async () => {
    const { code, stdout, stderr } = await run(
      ['-c', `"${CROSSDOCK}" explain partners/demo-3pl/samples/945-short-shipped.edi | head -n 1`],
      { command: '/bin/sh' },
    );
    assert.deepEqual([code, stderr, stdout.split('\n').length], [0, '', 2]);
  });

  describe('with a Node that is too old', () => {
    for (const [title, node, pattern] of [
      [
        'an old one',
        '#!/bin/sh\ncase $1 in -p) echo 20;; --version) echo v20.11.1;; *) exit 99;; esac\n',
        /v20\.11\.1/,
      ],
      ['none', null, /no node was found/],
    ] as const) {
      it(`says in one line what to install when there is ${title}`, async () => {
        const root = folder();
        await mkdir(join(root, 'checkout/bin'), { recursive: true });
        await mkdir(join(root, 'path'));
        await copyFile(CROSSDOCK, join(root, 'checkout/bin/crossdock'));
        for (const tool of ['dirname', 'readlink']) await symlink(`/usr/bin/${tool}`, join(root, 'path', tool));
        if (node !== null) {
          await writeFile(join(root, 'path/node'), node);
          await chmod(join(root, 'path/node'), 0o755);
        }
        const { code, stdout, stderr } = await run(['check'], {
          command: join(root, 'checkout/bin/crossdock'),
          env: { PATH: join(root, 'path') },
        });
        assert.deepEqual([code, stdout], [1, '']);
        assert.match(stderr, /^crossdock: Node 24 or newer is needed[^\n]*install Node 24\.\n$/);
        assert.match(stderr, pattern);
      });
    }
  });
});
