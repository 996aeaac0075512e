import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openSqliteLedger, openSqliteLedgerForReading } from '../../src/ledger/sqlite.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';

const WRITER = fileURLToPath(new URL('crash-writer.ts', import.meta.url));
const KILLS = 6;
const ids = createIds(systemClock);

describe('the SQLite ledger under kill -9', () => {
  let folder = '';
  let file = '';
  let writer: ChildProcess | null = null;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossdock-crash-'));
    file = join(folder, 'ledger.db');
  });
  afterEach(async () => {
    writer?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs the writer until it has said so many lines, kills it, and answers every line it said. */
  async function writeUntilKilled(lines: number): Promise<readonly string[]> {
    const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    writer = child;
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      if (said.length === lines) child.kill('SIGKILL');
    }
    return said;
  }

  it('keeps every acknowledged row and balances, kill after kill', async function () {
    this.timeout(60_000);
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      acknowledged.push(...(await writeUntilKilled(100 + kill * 37)));
      const ledger = await openSqliteLedger({ file, ids });
      assert.deepEqual(await ledger.check(), []);
      for (const line of acknowledged) {
        const [kind, ...rest] = line.split(' ');
        const id = rest.join(' ');
        if (kind === 'file') assert.equal((await ledger.file(id))?.id, id);
        if (kind === 'event') assert.equal((await ledger.event(id))?.event.id, id);
      }
      await ledger.close();
    }
    assert.ok(acknowledged.filter((line) => line.startsWith('event')).length > KILLS);
  });

  it('is refused to a second process while the first one lives, and free at once after kill -9', async () => {
    const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    writer = child;
    await once(createInterface({ input: child.stdout }), 'line');
    await assert.rejects(openSqliteLedger({ file, ids }), { code: 'DATA_FOLDER_IN_USE' });
    const reader = await openSqliteLedgerForReading({ file });
    assert.deepEqual(await reader.check(), []);
    await reader.close();
    child.kill('SIGKILL');
    await once(child, 'close');
    const ledger = await openSqliteLedger({ file, ids });
    assert.deepEqual(await ledger.check(), []);
    await ledger.close();
  });
});
