import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CanonicalEvent } from '../../src/events/types.ts';
import { createRandom } from '../../src/util/random.ts';
import { jsonLines } from '../support/crossdock.ts';
import { createPlace, type FileView, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { createOffers, type Offer } from '../support/offers.ts';

const FILES = 2_000;
const KILLS = 10;
/** A gateway lives at most so long after it was ready, in milliseconds. */
const LONGEST_LIFE = 1_500;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe(`a gateway that is killed ten times while 2,000 files arrive (SEED=${SEED} repeats it)`, function () {
  this.timeout(180_000);
  const offers = createOffers(FILES, createRandom(SEED));
  let place: Place;
  let gateway: GatewayProcess;
  let files: readonly FileView[];

  before(async () => {
    place = await createPlace();
    const random = createRandom(SEED + 1);
    const batch = FILES / KILLS;
    for (let kill = 0; kill < KILLS; kill++) {
      gateway = await startGateway(place);
      const dropping = dropAll(offers.slice(kill * batch, (kill + 1) * batch));
      await pause(random.below(LONGEST_LIFE));
      await gateway.kill9();
      await dropping;
    }
    gateway = await startGateway(place);
    while ((await waiting()) > 0) await pause(50);
    files = await gateway.allFiles();
  });

  after(async () => {
    await gateway.kill9();
    place.remove();
  });

  /** Files that are offered or in flight. */
  async function waiting(): Promise<number> {
    const offered = await Promise.all([place.offered('warehouse'), place.offered('carrier')]);
    return offered.flat().length + (await gateway.allFiles('received')).length;
  }

  /** Every offer was found, and as it must be; tells the first few that were not. */
  function assertEach<Found>(found: ReadonlyMap<string, Found>, right: (offer: Offer, found: Found) => boolean): void {
    const wrong = offers.flatMap((offer) => {
      const is = found.get(offer.name);
      return is !== undefined && right(offer, is) ? [] : [{ offer, is }];
    });
    assert.deepEqual(wrong.slice(0, 3), [], `${wrong.length} of ${offers.length} files are not as they must be`);
  }

  async function dropAll(some: readonly Offer[]): Promise<void> {
    for (const { partner, name, content } of some) await place.drop(partner, name, content);
  }

  it('has each file in the ledger, once, in the state it must have', () => {
    assert.equal(files.length, FILES);
    const found = new Map(files.map((file) => [file.name, [file.state, file.sha256, file.reason?.text]]));
    assertEach(found, ({ state, sha256 }, [is, hash]) => is === state && hash === sha256);
  });

  it('has each document of each file, settled as it must be', () => {
    const found = new Map(files.map(({ name, documents }) => [name, documents]));
    assertEach(found, ({ state, documents }, { processed, rejected, quarantined, received, duplicate }) => {
      const settled = { processed, rejected, quarantined }[state];
      return settled === documents && processed + rejected + quarantined === documents && received + duplicate === 0;
    });
  });

  it('tells each event once', async () => {
    const { stdout } = await place.run('events');
    const events = jsonLines<CanonicalEvent>(stdout);
    assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
    const byFile = Map.groupBy(events, ({ correlationid }) => correlationid);
    const found = new Map(files.map(({ id, name }) => [name, byFile.get(id)?.length ?? 0]));
    assertEach(found, (offer, count) => count === offer.events);
    assert.equal(
      events.length,
      offers.reduce((sum, offer) => sum + offer.events, 0),
    );
  });

  it('has the bytes of each file in the archive, once, and nothing else', async () => {
    const folder = join(place.data, 'archive');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const hashes = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(async (entry) => {
          const path = join(entry.parentPath, entry.name);
          const hash = createHash('sha256')
            .update(await readFile(path))
            .digest('hex');
          assert.equal(path.slice(folder.length).replaceAll('/', ''), hash);
          return hash;
        }),
    );
    assert.deepEqual(hashes.sort(), offers.map(({ sha256 }) => sha256).sort());
  });

  it('has a ledger that balances', async () => {
    const { code, stdout } = await place.run('ledger', 'check');
    assert.equal(code, 0, stdout);
  });
});
