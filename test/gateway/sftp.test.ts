import assert from 'node:assert/strict';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CanonicalEvent } from '../../src/events/types.ts';
import { createRandom } from '../../src/util/random.ts';
import { jsonLines } from '../support/crossdock.ts';
import { createPlace, type FileView, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { createOffers, type Offer } from '../support/offers.ts';
import { needs } from '../support/servers/server.ts';
import { SSHD, type SshServer } from '../support/servers/sshd.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { WAREHOUSE } from '../support/warehouse.ts';

const KILLS = 3;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** The warehouse of the tests, with its files on a server. */
function warehouseOn({ port, user, hostKeys }: SshServer, folder: string): string {
  const login = `host: 127.0.0.1, port: ${port}, user: ${user}, key: secret:warehouse, hostKeys: ["SHA256:${hostKeys[0]}"]`;
  const folders = `pickUp: ${folder}/*, every: 1s, ready: immediate, dropOff: ${folder}/in`;
  return WAREHOUSE.replace(/folder: .*/, `sftp: { ${login}, ${folders} }`);
}

describe(`a gateway that takes files from a server, both killed again and again (SEED=${SEED} repeats it)`, function () {
  this.timeout(240_000);
  needs(SSHD.software);
  const offers = createOffers(240, createRandom(SEED)).filter(({ partner }) => partner === 'warehouse');
  let sshd: SshServer;
  let place: Place;
  let gateway: GatewayProcess;
  let folder: string;
  let files: readonly FileView[];

  before(async () => {
    sshd = await SSHD.own();
    folder = sshd.makeFolder();
    place = await createPlace({ CROSSDOCK_SECRET_WAREHOUSE: sshd.key });
    await writeFiles(place.config, { 'partners/warehouse/partner.yaml': warehouseOn(sshd, folder) });
    const random = createRandom(SEED + 1);
    const batch = Math.ceil(offers.length / KILLS);
    for (let kill = 0; kill < KILLS; kill++) {
      gateway = await startGateway(place);
      for (const offer of offers.slice(kill * batch, (kill + 1) * batch)) put(offer);
      await pause(random.below(400));
      sshd.cutConnections();
      await pause(random.below(1_500));
      await gateway.kill9();
    }
    gateway = await startGateway(place);
    while (readdirSync(folder).length > 0 || (await gateway.allFiles('received')).length > 0) await pause(50);
    files = await gateway.allFiles();
  });

  after(async () => {
    await gateway?.kill9();
    place?.remove();
    await sshd?.stop();
  });

  function put({ name, content }: Offer): void {
    writeFileSync(`${folder}.part`, content);
    renameSync(`${folder}.part`, join(folder, name));
  }

  it('has each file in the ledger once, under the name it had', () => {
    assert.deepEqual(files.map(({ name }) => name).sort(), offers.map(({ name }) => name).sort());
    const states = new Map(files.map(({ name, state, sha256 }) => [name, `${state} ${sha256}`]));
    for (const { name, state, sha256 } of offers) assert.equal(states.get(name), `${state} ${sha256}`);
  });

  it('tells each event once', async () => {
    const { stdout } = await place.run('events');
    const events = jsonLines<CanonicalEvent>(stdout);
    assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
    assert.equal(
      events.length,
      offers.reduce((sum, offer) => sum + offer.events, 0),
    );
  });

  it('has a ledger that balances', async () => {
    const { code, stdout } = await place.run('ledger', 'check');
    assert.equal(code, 0, stdout);
  });

  it('stops in good order', async () => {
    assert.equal(await gateway.stop(), 0);
  });

  describe('partner check --connect', () => {
    it('tells each step, and what to fix and whose turn it is', async () => {
      const { code, stdout } = await place.run('partner', 'check', 'warehouse', '--connect');
      assert.equal(code, 1);
      assert.deepEqual(
        stdout.split('\n').map((line) => line.split(':')[0]),
        [
          'main  ok   secrets',
          'main  ok   name',
          'main  ok   port',
          'main  ok   host key',
          'main  ok   login',
          'main  ok   list',
          'main  ok   take away',
          'main  FIX  write',
          '',
        ],
      );
      assert.match(stdout, /\[the partner's turn\] The partner makes .*\/in, or "dropOff" names another folder\./);
      assert.deepEqual(readdirSync(folder), []);
    });

    it('tells the same as JSON', async () => {
      const answer = await place.run('partner', 'check', 'warehouse', '--connect', '--json');
      assert.equal(answer.code, 1);
      const steps = jsonLines<{ connection: string; step: string; ok: boolean }>(answer.stdout);
      assert.deepEqual(steps[0], {
        connection: 'main',
        step: 'secrets',
        ok: true,
        says: 'all have a value',
        fix: null,
      });
    });
  });
});
