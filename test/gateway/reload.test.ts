import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonLines } from '../support/crossdock.ts';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice, WAREHOUSE } from '../support/warehouse.ts';

const SECOND = WAREHOUSE.replaceAll('warehouse/*', 'second/*')
  .replace('partner: warehouse', 'partner: second')
  .replaceAll('WAREHOUSE', 'SECOND');

describe('a change of the configuration under a running gateway', () => {
  let place: Place;
  let gateway: GatewayProcess;

  before(async () => {
    place = await createPlace();
    gateway = await startGateway(place);
  });

  after(async () => {
    await gateway.kill9();
    place.remove();
  });

  async function partners(): Promise<readonly string[]> {
    const { items }: { items: readonly { id: string }[] } = JSON.parse(await gateway.text('/v1/partners'));
    return items.map(({ id }) => id).sort();
  }

  it('is taken over when it is valid: a new partner can send at once', async () => {
    await writeFiles(join(place.config, 'partners'), { 'second/partner.yaml': SECOND });
    await eventually('the new partner is known', async () => (await partners()).includes('second'));
    await writeFiles(join(place.data, 'drop/second'), {
      'second.edi': fromWarehouse(1, shippingAdvice(1), { sender: 'SECOND' }),
    });
    const [file] = await gateway.settled('second.edi');
    assert.deepEqual([file?.state, file?.partnerId], ['processed', 'second']);
  });

  it('is told in the log when it is broken, and the old one stays', async () => {
    await writeFile(join(place.config, 'partners/carrier/partner.yaml'), 'partner: carrier\nname: [half writ');
    await eventually('the log tells', () => gateway.log().includes('the old one stays in use'));
    assert.match(gateway.log(), /carrier\/partner\.yaml:\d+:\d+ [A-Z_]+ /);
    assert.ok((await partners()).includes('carrier'));
    await place.drop('warehouse', 'after.edi', fromWarehouse(2, shippingAdvice(2)));
    const [file] = await gateway.settled('after.edi');
    assert.equal(file?.state, 'processed');
  });

  it('stands in the audit log when it was taken over', async () => {
    const { stdout } = await place.run('audit', 'list', '--json');
    const rows = jsonLines<{ action: string; details: { configuration: string } }>(stdout);
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['gateway.started', 'configuration.changed'],
    );
    assert.notEqual(rows[0]?.details.configuration, rows[1]?.details.configuration);
    const verified = await place.run('audit', 'verify');
    assert.deepEqual([verified.code, verified.stdout.slice(0, 13)], [0, '2 rows, head ']);
  });

  it('ends with 0 when it is told to stop, whatever was reloaded', async () => {
    assert.equal(await gateway.stop(), 0, gateway.log());
  });
});
