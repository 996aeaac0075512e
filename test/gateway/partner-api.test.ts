import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { fromWarehouse, shippingAdvice, WAREHOUSE } from '../support/warehouse.ts';

const DOCUMENTS = 60;

describe('a gateway that partners post to', () => {
  let place: Place;
  let gateway: GatewayProcess;

  beforeEach(async () => {
    place = await createPlace();
  });
  afterEach(async () => {
    await gateway.kill9();
    place.remove();
  });

  it('keeps every document that it answered 202, also when it is killed while others come', async () => {
    const created = await place.run('key', 'create', '--partner', 'warehouse', '--json');
    const { key, line }: { key: string; line: string } = JSON.parse(created.stdout);
    const partner = WAREHOUSE.replace('inbound:', `  api: { http: { keys: "${line}" } }\ninbound:`);
    await writeFiles(place.config, { 'partners/warehouse/partner.yaml': partner });
    gateway = await startGateway(place);
    const { partner: url }: { partner: string } = JSON.parse(gateway.readyLine);

    const answered: string[] = [];
    const post = async (number: number): Promise<void> => {
      const body = fromWarehouse(number, shippingAdvice(number));
      const headers = { authorization: `Bearer ${key}`, 'idempotency-key': `advice-${number}` };
      const response = await fetch(`${url}/partner/v1/documents`, { method: 'POST', body, headers });
      const { id }: { id: string } = JSON.parse(await response.text());
      assert.equal(response.status, 202);
      answered.push(id);
      if (answered.length === DOCUMENTS / 2) await gateway.kill9();
    };
    const posts = Array.from({ length: DOCUMENTS }, (_, number) => post(number + 1));
    await Promise.allSettled(posts);
    assert.ok(answered.length >= DOCUMENTS / 2);

    gateway = await startGateway(place);
    await eventually('what was answered is processed', async () => {
      const processed = new Set((await gateway.allFiles('processed')).map(({ id }) => id));
      return answered.every((id) => processed.has(id));
    });
    const checked = await place.run('ledger', 'check');
    assert.equal(checked.code, 0, checked.stdout);
  }).timeout(120_000);
});
