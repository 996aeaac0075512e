import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { eventually } from '../eventually.ts';
import { startWithLifeline } from './lifeline.ts';
import { childrenOf, isAlive } from './processes.ts';
import { createTestServer, freePort, type RunningServer, STARTING } from './server.ts';
import { folderOf, unprivilegedUser } from './user.ts';

/** A PostgreSQL server of the tests. */
export interface PostgresServer extends RunningServer {
  /** The process of its postmaster. */
  readonly pid: number;
  readonly port: number;
  /** Cuts every connection and starts again, as an administrator does (`fast`), or after `kill -9` (`kill`). */
  restart(how: 'fast' | 'kill'): Promise<void>;
  /** Makes an empty database and answers its address. */
  createDatabase(): Promise<string>;
  /** From now on what is committed is on the disk, as it is outside of tests. */
  makeDurable(): Promise<void>;
}

const run = promisify(execFile);

/** A private PostgreSQL. It does not flush to the disk: tests kill processes, not machines. */
export const POSTGRES = createTestServer<PostgresServer>(
  {
    name: 'PostgreSQL',
    programs: ['postgres', 'initdb'],
    folders: ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/opt/homebrew/opt/postgresql*/bin'],
    package: 'postgresql',
  },
  async (programs) => {
    // PostgreSQL refuses to run as root.
    const user = unprivilegedUser('postgres', 'nobody');
    const folder = folderOf(user, 'crossdock-postgres-');
    const data = join(folder, 'data');
    await run(
      join(programs, 'initdb'),
      ['-D', data, '-U', 'crossdock', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { cwd: folder, ...user },
    );
    // Not on the command line, where it could not be changed later.
    await appendFile(join(data, 'postgresql.conf'), '\nfsync = off\n');
    const port = await freePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      max_connections: 100,
      shared_buffers: '32MB',
    };
    const address = (database: string) => `postgres://crossdock@127.0.0.1:${port}/${database}`;
    const start = async () => {
      const started = await startWithLifeline({
        folder,
        user,
        signal: 'INT',
        command: [
          join(programs, 'postgres'),
          '-D',
          data,
          ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
        ],
      });
      await eventually(
        'PostgreSQL answers',
        async () => {
          if (!started.running()) throw new Error(`PostgreSQL ended:\n${started.log()}`);
          return ask(address('postgres'), 'select 1').then(
            () => true,
            () => false,
          );
        },
        STARTING,
      );
      return started;
    };
    let server = await start();
    let databases = 0;
    return {
      get pid() {
        return server.pid;
      },
      port,
      stop: () => server.stop(),
      async restart(how) {
        const backends = childrenOf(server.pid);
        await server.end(how === 'fast' ? 'SIGINT' : 'SIGKILL');
        // They end when they see that their server is gone, and until then nobody may open the data.
        await eventually('the backends are gone', () => !backends.some(isAlive), STARTING);
        server = await start();
      },
      makeDurable: async () => {
        await ask(address('postgres'), 'alter system set fsync = on');
        await ask(address('postgres'), 'select pg_reload_conf()');
      },
      createDatabase: async () => {
        const name = `test_${++databases}`;
        await ask(address('postgres'), `create database ${name}`);
        return address(name);
      },
    };
  },
);

async function ask(address: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: address });
  // A connection cut while nothing is asked is told here and nowhere else.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
