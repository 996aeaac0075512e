import assert from 'node:assert/strict';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import type { CanonicalEvent } from '../../src/events/types.ts';
import type { Trace } from '../../src/ledger/types.ts';
import { jsonLines, run } from '../support/crossdock.ts';
import { createPlace, type Place, startGateway } from '../support/gateway.ts';
import { fromCarrier, fromWarehouse, shipNotices, shippingAdvice, status } from '../support/warehouse.ts';

describe('commands on a ledger', () => {
  let place: Place;

  before(async () => {
    place = await createPlace();
    const gateway = await startGateway(place);
    await place.drop('warehouse', 'notices.edi', fromWarehouse(1, shipNotices(1, 2)));
    await place.drop('warehouse', 'trial.edi', fromWarehouse(2, shippingAdvice(2), { usage: 'T' }));
    await place.drop('carrier', 'status.edi', fromCarrier(3, status(3)));
    await place.drop('carrier', 'broken.edi', fromCarrier(4, status(4)).slice(0, -20));
    await gateway.settled('notices.edi', 'trial.edi', 'status.edi', 'broken.edi');
    assert.equal(await gateway.stop(), 0);
  });

  after(() => place.remove());

  const events = async (...words: readonly string[]): Promise<readonly CanonicalEvent[]> => {
    const { code, stdout, stderr } = await place.run('events', ...words);
    assert.equal(code, 0, stderr);
    return jsonLines(stdout);
  };

  it('events prints the feed, one CloudEvent a line, without those of tests', async () => {
    const types = (await events()).map(({ type }) => type).sort();
    assert.deepEqual(types, [
      'logistics.shipment.advised.v1',
      'logistics.shipment.advised.v1',
      'logistics.transport.picked-up.v1',
      'logistics.transport.pickup-arrived.v1',
    ]);
  });

  it('events takes filters, a beginning and an end', async () => {
    const [all, transport, carrier, two, late, trials] = await Promise.all([
      events(),
      events('--type', 'logistics.transport.*'),
      events('--partner', 'carrier'),
      events('--limit', '2'),
      events('--after', '3'),
      events('--test'),
    ]);
    assert.equal(transport?.length, 2);
    assert.deepEqual(carrier, transport);
    assert.deepEqual(two, all?.slice(0, 2));
    assert.ok((late?.length ?? 9) < 4);
    assert.deepEqual(
      trials?.map(({ type }) => type),
      ['logistics.warehouse-order.shipped.v1'],
    );
  });

  for (const [title, ref, names] of [
    ['a file name', 'notices.edi', ['notices.edi']],
    ['an interchange control number', '000000003', ['status.edi']],
    ['a bill of lading', 'BOL-2', ['notices.edi']],
    ['a PRO number', 'PRO-3', ['status.edi']],
  ] as const) {
    it(`trace finds by ${title} the file, its documents and their events`, async () => {
      const { code, stdout } = await place.run('trace', ref, '--json');
      const trace: Trace = JSON.parse(stdout);
      assert.equal(code, 0);
      assert.deepEqual(
        trace.files.map(({ name }) => name),
        names,
      );
      assert.ok(trace.documents.length > 0 && trace.events.length > 0);
      const ids = [trace.files[0]?.id, trace.documents[0]?.id, trace.events[0]?.event.id];
      const traced = await Promise.all(ids.map((id) => place.run('trace', id ?? '')));
      assert.deepEqual(
        traced.map((answer) => answer.code),
        [0, 0, 0],
      );
    });
  }

  it('trace tells people why a file was not processed', async () => {
    const { stdout } = await place.run('trace', 'broken.edi');
    assert.match(stdout, /^file fil_\w+ "broken\.edi" rejected \(INTERCHANGE_TRAILER_MISSING: /);
    assert.match(stdout, /^ {2}document doc_\w+ 214 0001 rejected \(INTERCHANGE_REJECTED: /m);
  });

  it('trace ends with 1 when nothing is known of it', async () => {
    const { code, stdout, stderr } = await place.run('trace', 'NEVER-SEEN');
    assert.deepEqual([code, stdout, stderr], [1, '', 'Nothing is known of "NEVER-SEEN".\n']);
  });

  it('ledger check ends with 0 and the sums when it balances, with 4 and the row when it does not', async () => {
    const good = await place.run('ledger', 'check');
    assert.equal(good.code, 0);
    assert.match(
      good.stdout,
      /^files +4 received = 3 processed \+ 1 rejected \+ 0 quarantined \+ 0 duplicate \+ 0 in flight$/m,
    );
    assert.match(good.stdout, /^documents +5 received = 4 processed \+ 1 rejected/m);
    const database = new BetterSqlite(join(place.data, 'ledger.sqlite'));
    const set = database.prepare("update documents set events = events + ? where type = '945'");
    set.run(1);
    const bad = await place.run('ledger', 'check', '--json');
    set.run(-1);
    database.close();
    const { balanced, imbalances }: { balanced: boolean; imbalances: readonly { equation: string; text: string }[] } =
      JSON.parse(bad.stdout);
    assert.deepEqual([bad.code, balanced, imbalances.length], [4, false, 1]);
    assert.match(imbalances[0]?.text ?? '', /^The document gave 2 events, 1 are recorded\.$/);
  });

  it('say in one line where the ledger would be when there is none', async () => {
    for (const words of [['events'], ['trace', 'x'], ['ledger', 'check']]) {
      const empty = { ...place.env, CROSSDOCK_DATA: join(place.folder, 'empty') };
      const { code, stdout, stderr } = await run(words, { cwd: place.config, env: empty });
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(
        stderr,
        /^crossdock: LEDGER_UNAVAILABLE [^\n]*empty\/ledger\.sqlite: there is no ledger here yet[^\n]*\n$/,
      );
    }
  });
});
