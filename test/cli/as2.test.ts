import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../support/crossdock.ts';
import { OPENSSL, openssl } from '../support/servers/openssl.ts';
import { needs } from '../support/servers/server.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('crossdock as2 certificate', function () {
  this.timeout(120_000);
  const folder = tempFolder();
  const certificate = (...words: readonly string[]) => run(['as2', 'certificate', ...words], { cwd: folder() });

  it('makes a pair that stays secret, shows it, and never writes over it', async () => {
    const made = await certificate('generate', '--name', 'Our AS2', '--out', 'us', '--days', '365');
    assert.equal(made.code, 0, made.stderr);
    assert.match(await readFile(join(folder(), 'us.key'), 'utf8'), /^-----BEGIN PRIVATE KEY-----/);
    assert.equal((await stat(join(folder(), 'us.key'))).mode & 0o777, 0o600);

    const { stdout } = await certificate('inspect', 'us.pem', '--json');
    const [shown]: Record<string, unknown>[] = JSON.parse(stdout);
    assert.equal(shown?.subject, 'CN=Our AS2');
    assert.equal(shown?.key, 'rsa 2048');
    assert.ok(made.stdout.startsWith(String(shown?.fingerprint)));

    const fingerprint = await certificate('fingerprint', 'us.pem');
    assert.equal(fingerprint.stdout, made.stdout);

    const again = await certificate('generate', '--name', 'Our AS2', '--out', 'us');
    assert.equal(again.code, 1);
    assert.match(again.stderr, /FILE_UNWRITABLE .*us\.key/);
  });

  it('says what is wrong with a file, a size and a day', async () => {
    await writeFile(join(folder(), 'no.pem'), 'nothing');
    assert.match((await certificate('inspect', 'no.pem')).stderr, /FILE_UNREADABLE no\.pem: There is no certificate/);
    const small = await certificate('generate', '--name', 'x', '--out', 'x', '--bits', '1024');
    assert.match(small.stderr, /--bits 1024 is none of 2048/);
  });

  describe('beside openssl', () => {
    needs(OPENSSL);

    it('takes over a pair from a p12', async () => {
      await certificate('generate', '--name', 'Old gateway', '--out', 'old');
      const path = (name: string): string => join(folder(), name);
      await openssl([
        'pkcs12',
        '-export',
        '-in',
        path('old.pem'),
        '-inkey',
        path('old.key'),
        '-passout',
        'pass:s3',
        '-out',
        path('old.p12'),
      ]);
      await writeFile(path('password.txt'), 's3\n');
      const taken = await certificate('import', 'old.p12', '--password-file', 'password.txt', '--out', 'us');
      assert.equal(taken.code, 0, taken.stderr);
      assert.equal(await readFile(path('us.pem'), 'utf8'), await readFile(path('old.pem'), 'utf8'));
      assert.equal(await readFile(path('us.key'), 'utf8'), await readFile(path('old.key'), 'utf8'));
      await writeFile(path('password.txt'), 'wrong');
      const refused = await certificate('import', 'old.p12', '--password-file', 'password.txt', '--out', 'other');
      assert.match(refused.stderr, /The password does not open the file/);
    });
  });
});
