import assert from 'node:assert/strict';
import type { DiskSpace } from '../../src/archive/disk-space.ts';
import { ask, at, type Gateway, type Reply, startGateway } from './support.ts';

function assertProblem({ status, headers, json }: Reply, expected: number, code: string): void {
  assert.equal(status, expected);
  assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8');
  assert.equal(at(json, 'type'), `https://crossdock.dev/problems/${code}`);
  assert.equal(at(json, 'code'), code);
  assert.equal(at(json, 'status'), expected);
  assert.equal(at(json, 'traceId'), headers['x-request-id']);
  assert.equal(typeof at(json, 'title'), 'string');
}

describe('what the operations listener refuses', () => {
  let gateway: Gateway;
  let space: DiskSpace = { used: 0.5, full: false };
  let takes = { ledger: false, archive: true };
  before(async () => {
    const events = () => Promise.reject(new Error('secret inner workings'));
    gateway = await startGateway(({ ledger, archive }) => ({
      ledger: { ...ledger, events, writable: () => Promise.resolve(takes.ledger) },
      disk: { look: async () => space },
      archive: { ...archive, writable: () => Promise.resolve(takes.archive) },
    }));
  });
  after(() => gateway.stop());

  const get = (path: string, headers = {}) => ask(gateway.url + path, { headers });

  const malformed: Readonly<Record<string, RegExp>> = {
    '/v1/documents?partnr=acme': /no query parameter "partnr".*Did you mean "partner"\?/,
    '/v1/files?type=856': /no query parameter "type".*after, limit, partner, state/,
    '/v1/partners?__proto__=1': /"__proto__"/,
    '/livez?verbose': /"verbose".*Remove it/,
    '/v1/files?limit=0': /"limit" is "0".*>= 1.*1 to 200/,
    '/v1/files?limit=201': /"limit" is "201".*<= 200/,
    '/v1/files?limit=many': /"limit" is "many".*must be integer/,
    '/v1/files?limit=': /"limit" is ""/,
    '/v1/files?limit=1&limit=2': /"limit" is given twice/,
    '/v1/files?after=bogus': /Cursor "bogus"/,
    '/v1/events?after=bogus': /Cursor "bogus"/,
    '/v1/events?after=WzEsImEiXQ': /Cursor/,
    '/v1/partners?after=bogus': /Cursor "bogus"/,
    '/v1/documents?state=rejekted': /"rejekted".*Did you mean "rejected"\?/,
    '/v1/documents?partner=': /"partner" is ""/,
    '/v1/documents?from=yesterday': /"from" is "yesterday".*A date, or a date and time with offset/,
    '/v1/documents?from=2026-02-30': /"from"/,
    '/v1/documents?to=2026-11-20T12:00:00+01:00': /"to".*%2B/,
    '/v1/events?type=logistics.*.v1': /"type".*trailing \*/,
    '/v1/events?test=yes': /"test" is "yes".*must be boolean/,
    '/v1/trace': /"ref" is missing/,
    '/v1/files/%E0%A4%A': /%25/,
  };
  for (const [path, detail] of Object.entries(malformed)) {
    it(`400 for ${path}`, async () => {
      const reply = await get(path);
      assertProblem(reply, 400, 'REQUEST_INVALID');
      assert.match(String(at(reply.json, 'detail')), detail);
    });
  }

  for (const path of [
    '/',
    '/v1',
    '/v1/event',
    '/V1/events',
    '/v1/files/',
    '/v1/files/nothing',
    '/v1/files/nothing/raw',
    '/v1/documents/nothing',
    '/v1/documents/nothing/raw',
    '/v1/documents/nothing/attempts',
    '/v1/events/nothing',
    '/v1/events/nothing/lineage',
    '/v1/files/..%2f..%2fetc%2fpasswd/raw',
    '/as2',
  ]) {
    it(`404 for ${path}`, async () => {
      assertProblem(await get(path), 404, 'NOT_FOUND');
    });
  }

  it('404 for an event type, with the one that was meant', async () => {
    const reply = await get('/v1/schemas/logistics.shipment.advise.v1');
    assertProblem(reply, 404, 'NOT_FOUND');
    assert.match(String(at(reply.json, 'detail')), /Did you mean "logistics.shipment.advised.v1"\?/);
  });

  it('405 for another method, with the methods there are', async () => {
    for (const method of ['POST', 'DELETE', 'PUT', 'OPTIONS']) {
      const reply = await ask(`${gateway.url}/v1/events/stream`, { method });
      assertProblem(reply, 405, 'METHOD_NOT_ALLOWED');
      assert.equal(reply.headers.allow, 'GET, HEAD');
    }
  });

  it('403 for a host name that is not this machine', async () => {
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.nip.io:80',
      '127.0.0.1@evil',
      '[::2]',
      '0',
    ]) {
      assertProblem(await get('/livez', { host }), 403, 'ACCESS_REFUSED');
    }
    for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1:8080', '[::1]:9']) {
      assert.equal((await get('/livez', { host })).status, 200, host);
    }
  });

  it('500 without a word about the inside, which the log has under the same trace id', async () => {
    const reply = await get('/v1/events');
    assertProblem(reply, 500, 'INTERNAL');
    assert.doesNotMatch(reply.bytes.toString(), /secret|\.ts/);
    const line = gateway.log.lines.find(({ details }) => at(details, 'traceId') === reply.headers['x-request-id']);
    assert.equal(line?.level, 'error');
    const thrown = at(line?.details, 'err');
    assert.ok(thrown instanceof Error && thrown.message === 'secret inner workings');
  });

  it('503 while the ledger takes no writes, and still lives', async () => {
    const reply = await get('/readyz');
    assertProblem(reply, 503, 'LEDGER_UNAVAILABLE');
    assert.equal(reply.headers['retry-after'], '5');
    assert.equal((await get('/livez')).status, 200);
  });

  it('503 while the archive takes no bytes, and 200 when both do', async () => {
    takes = { ledger: true, archive: false };
    assertProblem(await get('/readyz'), 503, 'ARCHIVE_UNWRITABLE');
    takes = { ledger: true, archive: true };
    assert.equal((await get('/readyz')).status, 200);
  });

  it('503 while the disk is too full, with how the others are', async () => {
    takes = { ledger: true, archive: true };
    space = { used: 0.914, full: true };
    const reply = await get('/readyz');
    assertProblem(reply, 503, 'DISK_FULL');
    assert.match(
      String(at(reply.json, 'detail')),
      /91 % full.*\(ledger ok, archive ok, disk 91 %, redis none, 0 connections/,
    );
    space = { used: 0.5, full: false };
    assert.equal(at((await get('/readyz')).json, 'parts', 'disk', 'used'), 0.5);
  });

  it('takes over a harmless request id and no other', async () => {
    assert.equal((await get('/livez', { 'x-request-id': 'trace-1' })).headers['x-request-id'], 'trace-1');
    const made = await get('/livez', { 'x-request-id': 'a b"{}' });
    assert.match(String(made.headers['x-request-id']), /^req_[0-9a-z]+$/);
  });
});
