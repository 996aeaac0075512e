import assert from 'node:assert/strict';
import type { CanonicalEvent } from '../../src/events/types.ts';
import type { ReplayView } from '../../src/inbound/replay-request.ts';
import { gs, st } from '../edi/support/x12.ts';
import { jsonLines } from '../support/crossdock.ts';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { adviceSegments, fromWarehouse, shippingAdvice, WAREHOUSE } from '../support/warehouse.ts';

const DOCUMENTS = 600;
const KILLS = 3;

describe('replaying documents on a gateway', function () {
  this.timeout(120_000);
  let place: Place;
  let gateway: GatewayProcess;

  before(async () => {
    place = await createPlace();
    gateway = await startGateway(place);
    const sets = Array.from({ length: DOCUMENTS }, (_, index) => st('945', ...adviceSegments(index)));
    await place.drop('warehouse', 'many.edi', fromWarehouse(1, gs('SW', ...sets)));
    await gateway.settled('many.edi');
    await gateway.stop();
    await writeFiles(`${place.config}/partners/warehouse`, {
      'partner.yaml': WAREHOUSE.replace('x12/945@1.0.0,', 'x12/945@1.0.0, overlay: overlays/945.yaml,'),
      'overlays/945.yaml': 'base: x12/945@1.0.0\nbecause: the test\ndata: { shipmentId: ~ }\n',
    });
  });
  after(async () => {
    await gateway.kill9();
    place.remove();
  });

  /** Asks for a replay and does not wait for its end. */
  async function ask(...words: readonly string[]): Promise<ReplayView> {
    const { stdout, stderr } = await place.run('replay', ...words, '--detach', '--json');
    const [replay] = jsonLines<ReplayView>(stdout);
    assert.ok(replay !== undefined, stderr);
    return replay;
  }

  it('is done here where no gateway runs: a dry run that shows what would change', async () => {
    const { code, stdout } = await place.run('replay', '--type', '945', '--dry-run', '--rate', '10000/s');
    assert.equal(code, 0);
    const [head, documents, events, ...groups] = stdout.trimEnd().split('\n');
    assert.match(head ?? '', /^rpl_\w+ \S+ done 600 of 600 \w+ type=945 dry run$/);
    assert.equal(documents, 'documents  0 unchanged, 600 would be changed, 0 refused, 0 passed over');
    assert.equal(events, 'events     0 same, 600 would be revised, 0 new, 0 withdrawn');
    assert.equal(groups[0], '600 changed logistics.warehouse-order.shipped.v1 /data/shipmentId');
    assert.match(groups[1] ?? '', /^ {2}doc_\w+ "SHP-0" became nothing$/);
  });

  it('goes on where it was when the gateway is killed, and tells each change once', async () => {
    gateway = await startGateway(place);
    const { id } = await ask('--type', '945', '--rate', '200/s');
    const view = async (): Promise<ReplayView> => JSON.parse(await gateway.text(`/v1/replays/${id}`));
    let done = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      await eventually('it goes on', async () => (await view()).done > done);
      ({ done } = await view());
      assert.ok(done < DOCUMENTS, 'it ended before it could be killed');
      await gateway.kill9();
      gateway = await startGateway(place);
    }
    await eventually('it has ended', async () => (await view()).state === 'done', 60);
    const { report } = await view();
    assert.deepEqual(report.documents, { unchanged: 0, changed: DOCUMENTS, refused: 0, passedOver: 0 });
    const { stdout } = await place.run('events');
    const events = jsonLines<CanonicalEvent>(stdout);
    assert.equal(events.length, 2 * DOCUMENTS);
    assert.equal(new Set(events.flatMap(({ supersedes }) => supersedes ?? [])).size, DOCUMENTS);
    const { code, stdout: books } = await place.run('ledger', 'check');
    assert.equal(code, 0, books);
  });

  it('lets live files through, and is cancelled from the command line', async () => {
    const { id } = await ask('--type', '945', '--rate', '1/s');
    await place.drop('warehouse', 'live.edi', fromWarehouse(2, shippingAdvice(DOCUMENTS)));
    await gateway.settled('live.edi');
    const { stdout } = await place.run('replay', 'cancel', id);
    assert.match(stdout, / cancelled \d+ of 600 operator type=945$/m);
    assert.match((await place.run('replay', 'list')).stdout, new RegExp(`^${id} \\S+ cancelled`));
    assert.match((await place.run('replay', 'show', id)).stdout, / refused, /);
    assert.match((await place.run('audit', 'list')).stdout, /operator replay\.cancelled/);
  });

  it('refuses what is not meant', async () => {
    for (const [words, code, says] of [
      [['replay'], 1, /REQUEST_INVALID A replay of everything/],
      [['replay', '--partner', 'warehouse', '--map', 'x12/945@9.0.0'], 1, /MAP_NOT_FOUND/],
      [['replay', 'doc_nothing'], 1, /NOT_FOUND There is no document/],
      [['replay', 'show', 'rpl_nothing'], 1, /NOT_FOUND There is no replay/],
      [['replay', 'cancel', 'rpl_nothing'], 1, /NOT_FOUND There is no replay/],
      [['replay', '--from', 'yesterday'], 2, /2026-11-01/],
      [['replay', '--rate', '0/s'], 2, /1\/s to 10000\/s/],
    ] as const) {
      const answer = await place.run(...words);
      assert.equal(answer.code, code, words.join(' '));
      assert.match(answer.stderr, says);
    }
  });
});
