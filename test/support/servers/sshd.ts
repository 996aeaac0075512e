import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';
import { startWithLifeline } from './lifeline.ts';
import { childrenOf } from './processes.ts';
import { createTestServer, freePort, type RunningServer, STARTING } from './server.ts';
import { folderOf, unprivilegedUser } from './user.ts';

/** An OpenSSH server of the tests, that lets one user in with one key. */
export interface SshServer extends RunningServer {
  readonly pid: number;
  readonly port: number;
  readonly user: string;
  /** The private key that opens it, in PEM. */
  readonly key: string;
  /** SHA-256 of its host keys in base64, without padding: the ed25519 key, then the RSA key. */
  readonly hostKeys: readonly string[];
  /** An empty folder on this machine, for the files of one test. */
  makeFolder(): string;
  /** Takes from the login the right to write into a folder, and gives it back. */
  forbid(folder: string): void;
  allow(folder: string): void;
  /** Ends every connection at once, in the middle of whatever it does. */
  cutConnections(): void;
  /** Takes new host keys and starts again at the same port; answers their fingerprints. */
  changeHostKeys(): Promise<readonly string[]>;
}

/** Comes with the client, without which there is no server. */
const KEYGEN = 'ssh-keygen';

/** A private sshd with SFTP alone, keys of its own and one login. */
export const SSHD = createTestServer<SshServer>(
  {
    name: 'OpenSSH server',
    programs: ['sshd', 'ssh-keygen'].slice(0, 1),
    folders: ['/usr/sbin'],
    package: 'openssh-server',
  },
  async (programs) => {
    const folder = folderOf(null, 'crossdock-sshd-');
    // sshd looks into the key file as the user, and root's sshd wants a place to lock its children into.
    chmodSync(folder, 0o755);
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const key = join(folder, 'client');
    execFileSync(KEYGEN, ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    // Root's own login could do everything, and no test would see what a partner may not.
    const nobody = unprivilegedUser('nobody');
    const user = nobody === null ? userInfo() : { username: 'nobody', ...nobody };
    writeFileSync(join(folder, 'authorized'), readFileSync(`${key}.pub`));
    const port = await freePort();
    const config = join(folder, 'sshd_config');
    const hostKeys = (): readonly string[] => makeHostKeys(folder);
    let fingerprints = hostKeys();
    writeFileSync(config, configuration(folder, port));
    const command = [join(programs, 'sshd'), '-D', '-e', '-f', config];
    const start = async () => {
      const server = await startWithLifeline({ folder: mkdtempSync(join(folder, 'run-')), command, signal: 'TERM' });
      await eventually(
        'sshd answers',
        async () => {
          if (!server.running()) throw new Error(`sshd ended:\n${server.log()}`);
          return answers(port);
        },
        STARTING,
      );
      return server;
    };
    let server = await start();
    return {
      get pid() {
        return server.pid;
      },
      port,
      user: user.username,
      key: readFileSync(key, 'utf8'),
      get hostKeys() {
        return fingerprints;
      },
      makeFolder() {
        const path = mkdtempSync(join(folder, 'files-'));
        chownSync(path, user.uid, user.gid);
        return path;
      },
      forbid(path) {
        if (nobody !== null) chownSync(path, 0, 0);
        chmodSync(path, 0o555);
      },
      allow(path) {
        chownSync(path, user.uid, user.gid);
        chmodSync(path, 0o755);
      },
      cutConnections: () => killChildren(server.pid),
      async changeHostKeys() {
        killChildren(server.pid);
        await server.stop();
        fingerprints = hostKeys();
        server = await start();
        return fingerprints;
      },
      async stop() {
        killChildren(server.pid);
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
);

function makeHostKeys(folder: string): readonly string[] {
  return ['ed25519', 'rsa'].map((type) => {
    const file = join(folder, `host_${type}`);
    rmSync(file, { force: true });
    execFileSync(KEYGEN, ['-q', '-t', type, ...(type === 'rsa' ? ['-b', '2048'] : []), '-N', '', '-f', file]);
    const [, blob = ''] = readFileSync(`${file}.pub`, 'utf8').split(' ');
    return createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '');
  });
}

function configuration(folder: string, port: number): string {
  return `
Port ${port}
ListenAddress 127.0.0.1
HostKey ${join(folder, 'host_ed25519')}
HostKey ${join(folder, 'host_rsa')}
PidFile none
AuthorizedKeysFile ${join(folder, 'authorized')}
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin no
ForceCommand internal-sftp
MaxStartups 100
LogLevel ERROR
Subsystem sftp internal-sftp
`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

/** The processes of the connections: children of the server, and theirs. */
function killChildren(pid: number): void {
  for (const child of childrenOf(pid)) {
    killChildren(child);
    try {
      process.kill(child, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}
