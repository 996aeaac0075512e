import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { CHECKOUT, run } from '../support/crossdock.ts';
import { eventually } from '../support/eventually.ts';
import { findSoftware, getSoftware, installCommand, type Software } from '../support/servers/binaries.ts';
import { startWithLifeline } from '../support/servers/lifeline.ts';
import { POSTGRES } from '../support/servers/postgres.ts';
import { REDIS } from '../support/servers/redis.ts';
import { withServer } from '../support/servers/server.ts';

const NOWHERE: Software = {
  name: 'Nothing',
  programs: ['crossdock-no-such-program'],
  folders: [],
  package: 'crossdock-no-such-package',
};
const LIFELINE = new URL('../support/servers/lifeline.ts', import.meta.url).href;

describe('PostgreSQL for tests', () => {
  const server = withServer(POSTGRES);

  it('gives each who asks an empty database', async () => {
    const [one, other] = [await server().createDatabase(), await server().createDatabase()];
    assert.notEqual(one, other);
    const client = new Client({ connectionString: one });
    await client.connect();
    const { rows } = await client.query('select count(*)::int as tables from pg_tables where schemaname = $1', [
      'public',
    ]);
    assert.deepEqual(rows, [{ tables: 0 }]);
    await client.end();
  });
});

describe('Redis for tests', () => {
  const server = withServer(REDIS);

  it('answers', async () => {
    assert.equal(await server().ask('PING'), '+PONG');
  });
});

describe('software for tests', () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.CROSSDOCK_TEST_SERVERS;
    process.env.CROSSDOCK_TEST_SERVERS = 'skip';
  });
  afterEach(() => {
    if (before === undefined) delete process.env.CROSSDOCK_TEST_SERVERS;
    else process.env.CROSSDOCK_TEST_SERVERS = before;
  });

  it('is found on the path or where it lies', () => {
    assert.notEqual(findSoftware({ ...NOWHERE, programs: ['sh', 'ls'] }), null);
    assert.equal(findSoftware({ ...NOWHERE, programs: ['sh', 'crossdock-no-such-program'] }), null);
  });

  it('is not installed when that is forbidden, and says why and how to install it', () => {
    assert.deepEqual(getSoftware(NOWHERE), { why: 'CROSSDOCK_TEST_SERVERS=skip' });
    assert.equal(installCommand(NOWHERE), 'apt-get install -y crossdock-no-such-package');
  });
});

describe('tests whose software is missing', function () {
  this.timeout(60_000);
  const mocha = (ci: string) =>
    run(['test/servers/missing.ts'], {
      command: join(CHECKOUT, 'node_modules/.bin/mocha'),
      env: { CROSSDOCK_TEST_SERVERS: 'skip', CI: ci },
    });

  it('are skipped and named at the end, with what installs it', async () => {
    const { code, stderr } = await mocha('');
    assert.equal(code, 0);
    assert.match(
      stderr,
      /Skipped:\n {2}tests that need it: needs Nothing, .*apt-get install -y crossdock-no-such-package/,
    );
  });

  it('fail on CI', async () => {
    const { code, stdout } = await mocha('true');
    assert.notEqual(code, 0);
    assert.match(stdout, /tests that need it: needs Nothing/);
  });
});

describe('a server on its lifeline', function () {
  this.timeout(60_000);

  it('ends when it is stopped, and takes its folder with it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crossdock-lifeline-'));
    const server = await startWithLifeline({ folder, command: ['sleep', '600'], signal: 'TERM' });
    assert.ok(alive(server.pid));
    await server.stop();
    assert.deepEqual([alive(server.pid), server.running(), existsSync(folder)], [false, false, false]);
  });

  it('ends when the tests are killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crossdock-lifeline-'));
    const script = join(folder, 'holder.ts');
    await writeFile(
      script,
      `import { startWithLifeline } from ${JSON.stringify(LIFELINE)};
      const server = await startWithLifeline({ folder: process.argv[2] ?? '', command: ['sleep', '600'], signal: 'TERM' });
      console.log(server.pid);
      setInterval(() => {}, 1000);`,
    );
    const holder = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await firstLine(holder));
    assert.ok(alive(pid));
    holder.kill('SIGKILL');
    await once(holder, 'close');
    await eventually('the server is gone with its folder', () => !alive(pid) && !existsSync(folder));
  });
});

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  assert.ok(stdout !== null);
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('It said nothing.');
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
