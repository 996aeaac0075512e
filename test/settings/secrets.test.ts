import assert from 'node:assert/strict';
import { join } from 'node:path';
import { GatewayError } from '../../src/errors.ts';
import { createSecrets } from '../../src/settings/secrets.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

describe('the value of a secret', () => {
  const folder = tempFolder();
  const secrets = (environment: Readonly<Record<string, string>> = {}) =>
    createSecrets({ environment, folder: join(folder(), 'secrets') });
  const missing = (text: RegExp) => (thrown: unknown) =>
    thrown instanceof GatewayError && thrown.code === 'SECRET_MISSING' && text.test(thrown.message);

  it('stands in a file of its name, without the line end of an editor', async () => {
    await writeFiles(folder(), { 'secrets/acme-sftp': 'tea for two\r\n' });
    assert.equal(secrets()('acme-sftp'), 'tea for two');
  });

  it('is read anew each time', async () => {
    await writeFiles(folder(), { 'secrets/acme-sftp': 'first' });
    const read = secrets();
    assert.equal(read('acme-sftp'), 'first');
    await writeFiles(folder(), { 'secrets/acme-sftp': 'second' });
    assert.equal(read('acme-sftp'), 'second');
  });

  it('of the environment wins, hyphens as underscores', async () => {
    await writeFiles(folder(), { 'secrets/acme-sftp': 'of the file' });
    assert.equal(secrets({ CROSSDOCK_SECRET_ACME_SFTP: 'of the environment' })('acme-sftp'), 'of the environment');
  });

  it('that is nowhere is told with its name and both places', () => {
    assert.throws(() => secrets()('as2'), missing(/"as2".*CROSSDOCK_SECRET_AS2/));
    assert.throws(
      () => createSecrets({ environment: {}, folder: null })('as2'),
      missing(/CROSSDOCK_SECRET_AS2.*CROSSDOCK_SECRETS/),
    );
  });

  it('must not be empty', async () => {
    await writeFiles(folder(), { 'secrets/as2': '\n' });
    assert.throws(() => secrets()('as2'), missing(/is empty/));
  });
});
