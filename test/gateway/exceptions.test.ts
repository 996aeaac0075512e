import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExceptionView } from '../../src/work/exceptions.ts';
import { jsonLines } from '../support/crossdock.ts';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway, startGatewayWith } from '../support/gateway.ts';
import { controlNumber, fromWarehouse, shippingAdvice, shippingOrder, WAREHOUSE } from '../support/warehouse.ts';

describe('exceptions on a gateway', function () {
  this.timeout(120_000);
  let place: Place;
  let gateway: GatewayProcess;

  before(async () => {
    place = await createPlace({ CROSSDOCK_RETRY_TRANSLATE: 'never' });
  });
  after(async () => {
    await gateway.kill9();
    place.remove();
  });

  const partnerFile = () => join(place.config, 'partners/warehouse/partner.yaml');
  async function list(query = 'state=open'): Promise<readonly ExceptionView[]> {
    const { items }: { items: ExceptionView[] } = JSON.parse(await gateway.text(`/v1/exceptions?${query}`));
    return items;
  }
  async function only(query?: string): Promise<ExceptionView> {
    const [view, ...others] = await list(query);
    assert.ok(view !== undefined && others.length === 0);
    return view;
  }

  it('list a sender that nobody knows, and once it is known a retry brings its file through', async () => {
    await writeFile(partnerFile(), WAREHOUSE.replace('ZZ/WAREHOUSE', 'ZZ/TYPO'));
    gateway = await startGateway(place);
    await place.drop('warehouse', 'stranger.edi', fromWarehouse(1, shippingAdvice(1)));
    const [file] = await gateway.settled('stranger.edi');
    assert.equal(file?.state, 'quarantined');
    const { id } = await only();
    const { stdout: lines } = await place.run('exceptions', 'list', '--json', '--owner', 'onboarding');
    assert.deepEqual(jsonLines<ExceptionView>(lines), [await only()]);
    const { stdout: table } = await place.run('exceptions', 'list');
    assert.match(table, /^id +first seen +turn of +cause +partner +place +affected +assigned to$/m);
    assert.match(
      table,
      new RegExp(`^${id} .* onboarding +SENDER_UNKNOWN +warehouse +ZZ/WAREHOUSE → ZZ/OURCO +1 +-$`, 'm'),
    );
    const { stdout: shown } = await place.run('exceptions', 'show', id);
    assert.match(shown, /^why {7}.*ZZ\/WAREHOUSE/m);
    assert.match(shown, /^to do {5}Add it to "identifiers"/m);
    assert.match(shown, new RegExp(`^ {2}interchange int_\\w+ of ${file?.id}$`, 'm'));

    await gateway.stop();
    await writeFile(partnerFile(), WAREHOUSE);
    const retried = await place.run('exceptions', 'retry', id);
    assert.deepEqual([retried.code, retried.stderr], [0, '1 due again. A gateway does it when it runs.\n']);
    gateway = await startGateway(place);
    assert.equal((await gateway.settled('stranger.edi'))[0]?.state, 'processed');
    assert.equal((await gateway.events()).length, 1);
    assert.deepEqual(await list(), []);
    assert.equal((await only('state=resolved')).resolution, 'It went well when it was tried again.');
  });

  it('are tried again by themselves when a change of the configuration mends them, and only those', async () => {
    await writeFile(partnerFile(), WAREHOUSE.replace('ZZ/WAREHOUSE', 'ZZ/TYPO').replace(/^.*document: 940.*\n/m, ''));
    await eventually('it is taken over', async () => /"ZZ\/TYPO"/.test(await gateway.text('/v1/partners')), 30);
    const other = { sender: 'NOBODY' };
    await place.drop('warehouse', 'mended.edi', fromWarehouse(11, shippingAdvice(11)));
    await place.drop('warehouse', 'still.edi', fromWarehouse(12, shippingAdvice(12), other));
    await place.drop('warehouse', 'unread.edi', fromWarehouse(13, shippingOrder(13), { sender: 'TYPO' }));
    await gateway.settled('mended.edi', 'still.edi', 'unread.edi');
    const before = await list();
    assert.deepEqual(before.map(({ code }) => code).sort(), ['NO_AGREEMENT', 'SENDER_UNKNOWN', 'SENDER_UNKNOWN']);
    await writeFile(partnerFile(), WAREHOUSE.replace('ZZ/WAREHOUSE', '[ZZ/WAREHOUSE, ZZ/TYPO]'));
    await eventually('only the stranger waits', async () => (await list()).length === 1, 30);
    const { scope } = await only();
    assert.equal(scope, 'ZZ/NOBODY → ZZ/OURCO');
    await eventually('all is settled', async () => (await gateway.settled('mended.edi')).length === 1);
    assert.equal((await gateway.settled('mended.edi'))[0]?.state, 'processed');
    assert.equal((await gateway.events('type=logistics.warehouse-order.released.v1')).length, 1);
    const { stdout } = await place.run('audit', 'list');
    const retried = [...stdout.matchAll(/ system exception\.retried (exc_\w+) retried=1$/gm)].map(([, id]) => id);
    const mended = before.filter((view) => view.scope !== scope).map(({ id }) => id);
    assert.deepEqual(retried.sort(), mended.sort());
    const stranger = await only();
    await place.run('exceptions', 'resolve', stranger.id, '--because', 'a wrong number');
  });

  it('list work that was given up, and a retry that a running gateway is asked for brings it through', async () => {
    await gateway.stop();
    const env = { NODE_ENV: 'test', FAILPOINTS: `work.before_translate[${controlNumber(2)}]=throw:EPOISON` };
    gateway = await startGatewayWith(place, { env });
    await place.drop('warehouse', 'poison.edi', fromWarehouse(2, shippingAdvice(2)));
    assert.equal((await gateway.settled('poison.edi'))[0]?.state, 'quarantined');
    const { id, code, owner } = await only();
    assert.deepEqual([code, owner], ['WORK_GAVE_UP', 'platform']);
    assert.match((await place.run('exceptions', 'assign', id, '--to', 'ann')).stdout, /^turn of {3}platform, ann/m);
    await gateway.stop();
    gateway = await startGateway(place);
    const retried = await place.run('exceptions', 'retry', id, '--json');
    assert.deepEqual([retried.code, retried.stderr], [0, '1 due again.\n']);
    await eventually('it went through', async () => (await list()).length === 0);
    assert.equal((await gateway.settled('poison.edi'))[0]?.state, 'processed');
    const { stdout: audit } = await place.run('audit', 'list');
    assert.match(
      audit,
      new RegExp(`operator exception\\.assigned ${id} assignee=ann\n.*\n?.*exception\\.retried ${id}`),
    );
    assert.equal((await place.run('ledger', 'check')).code, 0);
  });

  it('tell of a connection that does not work, until it does', async () => {
    const folder = join(place.data, 'drop/warehouse');
    await rename(folder, `${folder}.away`);
    // The gateway may have made the folder anew in between.
    await eventually('a file lies in its place', () =>
      writeFile(folder, '').then(
        () => true,
        () => rm(folder, { recursive: true, force: true }).then(() => false),
      ),
    );
    await eventually('it is told', async () => (await list()).length === 1, 30);
    const { code, scope } = await only();
    assert.deepEqual([code, scope], ['PICK_UP_DENIED', 'folder:warehouse/main']);
    await rm(folder);
    await rename(`${folder}.away`, folder);
    await eventually('it works again', async () => (await list()).length === 0, 30);
  });

  it('tell of a disk that is too full, and files stay where they are until it is not', async () => {
    await gateway.stop();
    gateway = await startGatewayWith(place, { env: { CROSSDOCK_DISK_FULL: '1%' } });
    await place.drop('warehouse', 'held.edi', fromWarehouse(21, shippingAdvice(21)));
    await eventually('it is told', async () => (await list()).length === 1, 30);
    assert.equal((await only()).code, 'DISK_FULL');
    const { status } = await fetch(`${gateway.operations}/readyz`);
    assert.deepEqual([status, await place.offered('warehouse')], [503, ['held.edi']]);
    await gateway.stop();
    gateway = await startGateway(place);
    assert.equal((await gateway.settled('held.edi'))[0]?.state, 'processed');
    await eventually('it is over', async () => (await list()).length === 0);
    const { parts } = JSON.parse(await gateway.text('/readyz'));
    assert.deepEqual([parts.ledger, parts.redis, parts.connections], ['ok', 'none', { broken: [] }]);
  });

  it('are resolved by hand where nothing can be tried again', async () => {
    const again = fromWarehouse(2, shippingOrder(3));
    await place.drop('warehouse', 'reused.edi', again);
    assert.equal((await gateway.settled('reused.edi'))[0]?.state, 'quarantined');
    const { id } = await only('cause=CONTROL_NUMBER_REUSED');
    const resolved = await place.run('exceptions', 'resolve', id, '--because', 'sent again as 4');
    assert.equal(resolved.code, 0, resolved.stderr);
    assert.match(resolved.stdout, /^resolved {2}\S+ sent again as 4$/m);
    assert.equal((await place.run('exceptions', 'resolve', id, '--because', 'twice')).code, 0);
    assert.equal((await only('state=resolved&cause=CONTROL_NUMBER_REUSED')).resolution, 'sent again as 4');
    const { stderr } = await place.run('exceptions', 'list');
    assert.equal(stderr, 'Nothing waits for anybody.\n');
  });

  it('refuse what is not meant', async () => {
    const { id } = await only('state=resolved&cause=CONTROL_NUMBER_REUSED');
    for (const [words, code, says] of [
      [['show', 'exc_nothing'], 1, /NOT_FOUND There is no exception/],
      [['retry', 'exc_nothing'], 1, /NOT_FOUND There is no exception/],
      [['retry', id], 1, /EXCEPTION_RESOLVED .* sent again as 4/],
      [['resolve', id], 2, /--because/],
      [['resolve', id, '--because', ' '], 2, /takes a reason/],
      [['assign', id], 2, /--to NAME, or --nobody/],
      [['list', '--owner', 'me'], 2, /partner, onboarding, operator, platform/],
    ] as const) {
      const answer = await place.run('exceptions', ...words);
      assert.equal(answer.code, code, words.join(' '));
      assert.match(answer.stderr, says);
    }
  });
});
