import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { CARRIER } from '../support/warehouse.ts';
import { type CarrierApi, shipments, startCarrierApi } from '../transports/poll/carrier-api.ts';

const SHIPMENTS = 200;

describe('a gateway that polls an API', () => {
  let place: Place;
  let api: CarrierApi;
  let gateway: GatewayProcess;

  beforeEach(async () => {
    api = await startCarrierApi();
    place = await createPlace();
  });
  afterEach(async () => {
    await gateway.kill9();
    await api.close();
    place.remove();
  });

  it('has each document once, also when it is killed while it reads, and the API fails in between', async () => {
    const poll = `  api:
    poll:
      url: ${api.url}/v2/shipments?since={since}
      every: 1s
      items: data/shipments
      id: id
      since: { at: updatedAt, start: 2026-11-01T00:00:00Z }
      paging: { cursor: meta/next, as: cursor }
inbound:`;
    const partner = CARRIER.replace('inbound:', poll);
    await writeFiles(place.config, { 'partners/carrier/partner.yaml': partner });
    const env = { ...place.env, CROSSDOCK_ALLOW_PRIVATE_TARGETS: 'true' };
    api.tracked = shipments(1, SHIPMENTS);
    let request = 0;
    api.instead = (_request, response) => {
      request++;
      if (request % 5 === 0) response.writeHead(request % 2 === 0 ? 500 : 503).end();
      return request % 5 === 0;
    };
    gateway = await startGateway({ ...place, env });
    for (let kill = 0; kill < 3; kill++) {
      const asked = request;
      await eventually('it reads', () => request > asked + 2);
      await gateway.kill9();
      gateway = await startGateway({ ...place, env });
    }
    api.instead = null;
    await eventually('the look is done', () => api.requests.some((path) => path.includes('T03%3A20')), 30);
    const files = await gateway.allFiles();
    assert.equal(new Set(files.map(({ name }) => name)).size, SHIPMENTS);
    assert.equal(files.length, SHIPMENTS);
    const checked = await place.run('ledger', 'check');
    assert.equal(checked.code, 0, checked.stdout);
  }).timeout(120_000);
});
