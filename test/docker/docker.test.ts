import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { SETTING_KEYS } from '../../src/settings/keys.ts';
import { at } from '../server/support.ts';
import { ROOT } from '../support/source-files.ts';

const text = (file: string): string => readFileSync(join(ROOT, 'docker', file), 'utf8');
const variables = new Set<string>(Object.values(SETTING_KEYS).map(({ variable }) => variable));

/** Every name of a setting in a text is one that the register has. */
function namesSettings(file: string): void {
  const named = [...text(file).matchAll(/\bCROSSDOCK_[A-Z_]+/g)].map(([name]) => name);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !variables.has(name)),
    [],
  );
}

const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

describe('docker/Dockerfile', () => {
  const lines = text('Dockerfile').split('\n');

  it('names settings that there are', () => namesSettings('Dockerfile'));

  it('copies what is there, and nothing else is sent to the builder', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8');
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    assert.ok(copied.length > 8);
    for (const path of copied) {
      assert.ok(existsSync(join(ROOT, path)), path);
      assert.ok(ignored.includes(`!${path}\n`), `${path} is not sent to the builder`);
    }
  });

  it('ends as an unprivileged user, with a health check, on a Node of our own major', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    assert.equal(last[0], 'FROM node:24-slim');
    assert.ok(last.includes('USER node'));
    assert.ok(last.some((line) => line.startsWith('HEALTHCHECK ')));
    assert.equal(last.at(-2), 'CMD ["start"]');
  });
});

describe('docker/compose.yaml', () => {
  const compose: unknown = parse(text('compose.yaml'), { merge: true });
  const services = entries(at(compose, 'services'));

  it('names settings that there are', () => namesSettings('compose.yaml'));

  it('lets every Crossdock run with a root that it cannot write to, and no privileges', () => {
    const ours = services.filter(([, service]) => at(service, 'image') === 'crossdock');
    assert.deepEqual(
      ours.map(([name]) => name),
      ['gateway', 'receiver', 'worker'],
    );
    for (const [name, service] of ours) {
      assert.equal(at(service, 'read_only'), true, name);
      assert.deepEqual(at(service, 'cap_drop'), ['ALL'], name);
    }
  });

  it('starts alone without a profile, and everything else in the profile scale', () => {
    const profiles = services.map(([name, service]) => `${name} ${JSON.stringify(at(service, 'profiles') ?? [])}`);
    assert.deepEqual(profiles, [
      'gateway []',
      ...['receiver', 'worker', 'postgres', 'redis', 's3', 'sftp-partner'].map((name) => `${name} ["scale"]`),
    ]);
    assert.equal(at(compose, 'services', 'worker', 'deploy', 'replicas'), 2);
  });

  it('mounts volumes that it declares, waits for services that have a health check, and publishes to this machine alone', () => {
    const declared = entries(at(compose, 'volumes')).map(([name]) => name);
    for (const [name, service] of services) {
      for (const [, volume] of entries(at(service, 'volumes'))) {
        assert.ok(declared.includes(String(volume).split(':')[0] ?? ''), `${name}: ${String(volume)}`);
      }
      for (const [other] of entries(at(service, 'depends_on'))) {
        assert.ok(at(compose, 'services', other, 'healthcheck') !== undefined, `${name} waits for ${other}`);
      }
      for (const [, port] of entries(at(service, 'ports'))) assert.match(String(port), /^127\.0\.0\.1:\d+:\d+$/);
    }
  });

  it('has a Redis that keeps what it is told', () => {
    const command = at(compose, 'services', 'redis', 'command');
    assert.deepEqual(command, ['redis-server', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction']);
  });

  it('holds no password', () => {
    assert.doesNotMatch(text('compose.yaml'), /(?:PASSWORD|SECRET_KEY|ACCESS_KEY(?:_ID)?): (?!\$\{)/);
  });
});

describe('docker/kubernetes/crossdock.yaml', () => {
  const documents = parseAllDocuments(text('kubernetes/crossdock.yaml'));

  it('names settings that there are', () => namesSettings('kubernetes/crossdock.yaml'));

  it('is YAML of the kinds it should be', () => {
    const parsed = documents.map((document) => {
      assert.ok('toJS' in document && document.errors.length === 0);
      const value: unknown = document.toJS();
      return `${String(at(value, 'kind'))} ${String(at(value, 'metadata', 'name'))}`;
    });
    assert.deepEqual(parsed, [
      'Deployment crossdock-receiver',
      'Service crossdock-partner',
      'Deployment crossdock-worker',
      'TriggerAuthentication crossdock-ledger',
      'ScaledObject crossdock-worker',
    ]);
  });

  it('runs unprivileged, and gives a worker longer to end than it takes', () => {
    for (const document of documents) {
      const value: unknown = 'toJS' in document ? document.toJS() : null;
      if (at(value, 'kind') !== 'Deployment') continue;
      const pod = at(value, 'spec', 'template', 'spec');
      assert.equal(at(pod, 'securityContext', 'runAsNonRoot'), true);
      assert.equal(at(pod, 'containers', '0', 'securityContext', 'readOnlyRootFilesystem'), true);
      assert.ok(Number(at(pod, 'terminationGracePeriodSeconds')) > 25);
    }
  });
});

describe('docker/alerts.yaml', () => {
  it('asks for metrics that there are', () => {
    const metrics = readFileSync(join(ROOT, 'src/server/metrics.ts'), 'utf8');
    const asked = [...text('alerts.yaml').matchAll(/\bgateway_[a-z_]+/g)].map(([name]) => name);
    assert.ok(asked.length > 6);
    assert.deepEqual(
      asked.filter((name) => !metrics.includes(`'${name}'`)),
      [],
    );
  });

  it('says of each alert what is wrong and what to do', () => {
    const rules = entries(at(parse(text('alerts.yaml')), 'groups', '0', 'rules'));
    assert.equal(rules.length, 9);
    for (const [, rule] of rules) {
      assert.ok(at(rule, 'annotations', 'summary') !== undefined && at(rule, 'annotations', 'action') !== undefined);
    }
  });
});
