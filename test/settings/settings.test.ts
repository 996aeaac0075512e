import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { SETTING_KEYS } from '../../src/settings/keys.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { problemLine } from '../../src/util/problem.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

describe('the settings', () => {
  const folder = tempFolder();
  const load = (environment: Readonly<Record<string, string>> = {}) =>
    loadSettings({ configFolder: folder(), environment });
  const codes = (environment: Readonly<Record<string, string>> = {}) =>
    load(environment).problems.map(
      ({ file, line, column, code }) => `${file.replace(`${folder()}/`, '')}:${line}:${column} ${code}`,
    );

  it('are the defaults without a file, with data beside the configuration', () => {
    const { settings, problems } = load();
    assert.deepEqual(problems, []);
    assert.deepEqual(settings, {
      configFolder: folder(),
      data: join(folder(), 'data'),
      maps: join(folder(), 'maps'),
      partners: join(folder(), 'partners'),
      secrets: null,
      databaseUrl: null,
      archive: null,
      redisUrl: null,
      operations: { host: '127.0.0.1', port: 8080 },
      partner: { host: '127.0.0.1', port: 8081 },
      nightly: '0 2 * * *',
      retention: {},
      retry: {
        split: { tries: 3, first: 5_000, longest: 30_000, whole: null },
        translate: { tries: 3, first: 5_000, longest: 30_000, whole: null },
        network: { tries: null, first: 30_000, longest: 3_600_000, whole: 86_400_000 },
        connection: { tries: 3, first: 1_000, longest: 300_000, whole: null },
      },
      diskFull: 0.9,
      standstill: 300_000,
      allowPrivateTargets: false,
      logLevel: 'info',
    });
  });

  it('of the file win over the defaults, relative paths under its folder', async () => {
    await writeFiles(folder(), {
      'crossdock.yaml': 'data: ../elsewhere\nmaps: /srv/maps\noperations: 0.0.0.0:80\nlogLevel: debug\n',
    });
    const { settings, problems } = load();
    assert.deepEqual(problems, []);
    assert.equal(settings.data, resolve(folder(), '../elsewhere'));
    assert.equal(settings.maps, '/srv/maps');
    assert.deepEqual(settings.operations, { host: '0.0.0.0', port: 80 });
    assert.equal(settings.logLevel, 'debug');
  });

  it('of the environment win over the file, relative paths under the current folder', async () => {
    await writeFiles(folder(), { 'crossdock.yaml': 'data: ./file\npartner: 127.0.0.1:1\nlogLevel: debug\n' });
    const { settings, problems } = load({
      CROSSDOCK_DATA: 'from-environment',
      CROSSDOCK_PARTNERS: '/srv/partners',
      CROSSDOCK_PARTNER: '[::1]:0',
      CROSSDOCK_SECRETS: '/run/secrets',
      CROSSDOCK_LOG_LEVEL: '',
    });
    assert.deepEqual(problems, []);
    assert.equal(settings.data, resolve('from-environment'));
    assert.equal(settings.partners, '/srv/partners');
    assert.deepEqual(settings.partner, { host: '::1', port: 0 });
    assert.equal(settings.secrets, '/run/secrets');
    assert.equal(settings.logLevel, 'debug', 'an empty variable is unset');
  });

  it('say part by part how long things are kept', () => {
    const environment = { CROSSDOCK_RETENTION: ' bytes 90d,documents 400d, events 24h ' };
    const { settings, problems } = loadSettings({ configFolder: join(import.meta.dirname, '../..'), environment });
    assert.deepEqual(problems, []);
    assert.deepEqual(settings.retention, { bytes: 7_776_000_000, documents: 34_560_000_000, events: 86_400_000 });
  });

  it('of this repository are the defaults', () => {
    const { settings, problems } = loadSettings({ configFolder: join(import.meta.dirname, '../..'), environment: {} });
    assert.deepEqual(problems, []);
    assert.equal(settings.data, resolve(import.meta.dirname, '../../data'));
  });

  const MISTAKES: readonly (readonly [string, string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['an unknown key', 'dta: ./data', {}, ['crossdock.yaml:1:1 SETTING_KEY_UNKNOWN']],
    ['a key without value', 'logLevel: info\ndata:', {}, ['crossdock.yaml:2:1 SETTING_VALUE']],
    ['a list for a value', 'data: [a]', {}, ['crossdock.yaml:1:1 SETTING_VALUE']],
    ['a file that is a list', '- data', {}, ['crossdock.yaml:1:1 SETTING_FILE']],
    ['broken YAML', 'data: "', {}, ['crossdock.yaml:1:8 YAML_SYNTAX']],
    ['an address without port', 'operations: localhost', {}, ['crossdock.yaml:1:13 SETTING_VALUE']],
    ['a port too high', 'partner: 127.0.0.1:65536', {}, ['crossdock.yaml:1:10 SETTING_VALUE']],
    ['an address in the environment', '', { CROSSDOCK_PARTNER: '8081' }, ['CROSSDOCK_PARTNER:1:1 SETTING_VALUE']],
    ['a part that is not kept', 'retention: byts 90d', {}, ['crossdock.yaml:1:12 SETTING_VALUE']],
    ['a time that is none', 'retention: bytes for ever', {}, ['crossdock.yaml:1:12 SETTING_VALUE']],
    ['documents without their events', 'retention: documents 90d', {}, ['crossdock.yaml:1:12 SETTING_VALUE']],
    ['events longer than documents', 'retention: documents 9d, events 10d', {}, ['crossdock.yaml:1:12 SETTING_VALUE']],
    ['an unknown log level', 'logLevel: verbose', {}, ['crossdock.yaml:1:11 SETTING_VALUE']],
    [
      'a database of another kind',
      '',
      { CROSSDOCK_DATABASE_URL: 'mysql://h/d' },
      ['CROSSDOCK_DATABASE_URL:1:1 SETTING_VALUE'],
    ],
    ['a Redis without its scheme', 'redisUrl: h:6379', {}, ['crossdock.yaml:1:11 SETTING_VALUE']],
    ['S3', '', { CROSSDOCK_ARCHIVE_URL: 'https://bucket' }, ['CROSSDOCK_ARCHIVE_URL:1:1 SETTING_VALUE']],
    [
      'several at once',
      'logLevel: x\ndata:',
      { CROSSDOCK_OPERATIONS: 'y' },
      [
        'CROSSDOCK_OPERATIONS:1:1 SETTING_VALUE',
        'crossdock.yaml:1:11 SETTING_VALUE',
        'crossdock.yaml:2:1 SETTING_VALUE',
      ],
    ],
  ];
  for (const [title, text, environment, expected] of MISTAKES) {
    it(`place each mistake: ${title}`, async () => {
      await writeFiles(folder(), { 'crossdock.yaml': text });
      assert.deepEqual(codes(environment).sort(), [...expected].sort());
    });
  }

  it('name a database server', () => {
    const { settings, problems } = load({ CROSSDOCK_DATABASE_URL: 'postgres://us:hunter2@db/ledger' });
    assert.deepEqual(problems, []);
    assert.equal(settings.databaseUrl, 'postgres://us:hunter2@db/ledger');
  });

  it('never repeat a password', () => {
    const { problems } = load({
      CROSSDOCK_DATABASE_URL: 'pg://us:hunter2@db/ledger',
      CROSSDOCK_REDIS_URL: 'http://:hunter2@db',
    });
    assert.equal(problems.length, 2);
    assert.doesNotMatch(problems.map(problemLine).join(), /hunter2/);
  });

  it('say that the configuration folder is not there', () => {
    const { problems } = loadSettings({ configFolder: join(folder(), 'nowhere'), environment: {} });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['SETTING_FOLDER'],
    );
  });

  it('have a variable each, named after the key', () => {
    for (const [name, { variable, description }] of Object.entries(SETTING_KEYS)) {
      assert.equal(variable, `CROSSDOCK_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`);
      assert.match(description, /\.$/);
    }
  });
});
