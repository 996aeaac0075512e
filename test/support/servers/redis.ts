import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';
import { startWithLifeline } from './lifeline.ts';
import { createTestServer, freePort, type RunningServer, STARTING } from './server.ts';
import { folderOf } from './user.ts';

/** A Redis server of the tests. */
export interface RedisServer extends RunningServer {
  readonly pid: number;
  readonly port: number;
  /** `redis://127.0.0.1:…`. */
  readonly url: string;
  /** Sends one command, its words without blanks, and answers the first line of what comes back. */
  ask(command: string): Promise<string>;
}

/** A private Redis, as BullMQ wants it: an append-only file, and nothing evicted. */
export const REDIS = createTestServer<RedisServer>(
  { name: 'Redis', programs: ['redis-server'], folders: ['/opt/homebrew/bin'], package: 'redis-server' },
  async (programs) => {
    const folder = folderOf(null, 'crossdock-redis-');
    const port = await freePort();
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const server = await startWithLifeline({
      folder,
      signal: 'TERM',
      command: [
        join(programs, 'redis-server'),
        ...settings,
        '--appendonly',
        'yes',
        '--appendfsync',
        'everysec',
        '--maxmemory-policy',
        'noeviction',
      ],
    });
    const ask = (command: string) => talk(port, command);
    await eventually(
      'Redis answers',
      async () => {
        if (!server.running()) throw new Error(`Redis ended:\n${server.log()}`);
        return ask('PING').then(
          (answer) => answer === '+PONG',
          () => false,
        );
      },
      STARTING,
    );
    return { pid: server.pid, port, url: `redis://127.0.0.1:${port}`, ask, stop: server.stop };
  },
);

function talk(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\r\n');
      if (end < 0) return;
      resolve(text.slice(0, end));
      socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('Redis hung up.')));
  });
}
