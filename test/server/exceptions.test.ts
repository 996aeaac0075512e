import assert from 'node:assert/strict';
import type { NewException } from '../../src/ledger/exception-types.ts';
import { newFile, newSplit, takeIn } from '../contracts/ledger-samples.ts';
import { ask, at, eachItem, type Gateway, startGateway } from './support.ts';

const DOWN: NewException = {
  code: 'CONNECTION_UNAVAILABLE',
  partnerId: 'acme',
  scope: 'sftp:acme/main',
  text: 'The server did not answer.',
  subject: { kind: 'connection', id: 'sftp:acme/main', fileId: null },
};
const NOON = Date.parse('2026-11-28T12:00:00Z');

describe('exceptions over HTTP', () => {
  let gateway: Gateway;
  let rings = 0;
  before(async () => {
    gateway = await startGateway(() => ({
      clock: { now: () => NOON },
      ring: () => {
        rings += 1;
      },
    }));
    await gateway.ledger.raise(DOWN, NOON - 3_000);
    await gateway.ledger.raise({ ...DOWN, partnerId: 'beta' }, NOON - 2_000);
    const reason = { code: 'ARCHIVE_BLOB_MISSING', text: 'Its bytes are not there.' };
    const state = 'quarantined';
    await takeIn(gateway.ledger, newFile('f1'), newSplit('f1', [], { state, reason, interchanges: [], documents: [] }));
  });
  after(() => gateway.stop());

  const list = async (query = '') => (await ask(`${gateway.url}/v1/exceptions${query}`)).json;
  const idOf = async (query: string): Promise<string> => String(eachItem(await list(query), 'id')[0]);
  async function act(id: string, what: string, body: unknown) {
    const response = await fetch(`${gateway.url}/v1/exceptions/${id}/${what}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    const json: unknown = await response.json();
    return { status: response.status, json };
  }
  const trail = async () =>
    (await gateway.ledger.auditTrail(0, 20)).map(({ actor, action, target }) => [actor, action, target]);

  it('are listed by state, cause, partner and owner, page by page', async () => {
    for (const [query, codes] of [
      ['?cause=ARCHIVE_BLOB_MISSING', ['ARCHIVE_BLOB_MISSING']],
      ['?owner=operator', ['ARCHIVE_BLOB_MISSING']],
      ['?partner=beta', ['CONNECTION_UNAVAILABLE']],
      ['?state=resolved', []],
    ] as const) {
      assert.deepEqual(eachItem(await list(query), 'code'), codes, query);
    }
    const partners: unknown[] = [];
    for (let after = ''; ; ) {
      const page = await list(`?owner=partner&limit=1${after}`);
      partners.push(...eachItem(page, 'partnerId'));
      const next = at(page, 'next');
      if (next === null) break;
      after = `&after=${String(next)}`;
    }
    assert.deepEqual(partners, ['beta', 'acme']);
  });

  it('say why, whose turn it is, what to do, and what they are about', async () => {
    const id = await idOf('?cause=ARCHIVE_BLOB_MISSING');
    const { json } = await ask(`${gateway.url}/v1/exceptions/${id}`);
    assert.deepEqual(
      ['owner', 'code', 'class', 'text', 'affected'].map((field) => at(json, field)),
      ['operator', 'ARCHIVE_BLOB_MISSING', 'config', 'Its bytes are not there.', 1],
    );
    assert.match(String(at(json, 'remedy')), /backup/);
    assert.deepEqual(at(json, 'subjects'), { items: [{ kind: 'file', id: 'f1', fileId: 'f1' }], next: null });
  });

  it('are tried again, once however often it is asked', async () => {
    const id = await idOf('?cause=ARCHIVE_BLOB_MISSING');
    const first = await act(id, 'retry', {});
    const second = await act(id, 'retry', {});
    assert.deepEqual([first.status, at(first.json, 'retried'), at(second.json, 'retried')], [200, 1, 0]);
    assert.equal((await gateway.ledger.file('f1'))?.state, 'received');
    assert.ok(rings > 0, 'nobody was told that work is due');
    assert.deepEqual(await trail(), [['operator', 'exception.retried', id]]);
  });

  it('are given to somebody, and resolved for a reason, each once', async () => {
    const id = await idOf('?partner=acme&state=open&cause=CONNECTION_UNAVAILABLE');
    for (const _time of [1, 2]) {
      assert.equal(at((await act(id, 'assign', { to: 'ann' })).json, 'assignee'), 'ann');
    }
    for (const _time of [1, 2]) {
      const { status, json } = await act(id, 'resolve', { because: 'they mended it' });
      assert.deepEqual([status, at(json, 'state'), at(json, 'resolution')], [200, 'resolved', 'they mended it']);
    }
    assert.deepEqual(
      (await trail()).filter(([, , target]) => target === id),
      [
        ['operator', 'exception.assigned', id],
        ['operator', 'exception.resolved', id],
      ],
    );
    for (const [what, body] of [
      ['retry', {}],
      ['assign', { to: null }],
    ] as const) {
      const { status, json } = await act(id, what, body);
      assert.deepEqual([status, at(json, 'code')], [409, 'EXCEPTION_RESOLVED'], what);
    }
  });

  it('refuse what is not meant', async () => {
    const id = await idOf('?partner=beta');
    for (const [what, body] of [
      ['resolve', {}],
      ['resolve', { because: '' }],
      ['assign', {}],
      ['assign', { to: 'x'.repeat(101) }],
      ['retry', { all: true }],
    ] as const) {
      const { status, json } = await act(id, what, body);
      assert.deepEqual([status, at(json, 'code')], [400, 'REQUEST_INVALID'], what);
    }
    for (const what of ['retry', 'resolve', 'assign']) {
      const body = { resolve: { because: 'x' }, assign: { to: 'x' } }[what] ?? {};
      const { status, json } = await act('exc_nothing', what, body);
      assert.deepEqual([status, at(json, 'code')], [404, 'NOT_FOUND'], what);
    }
    assert.equal((await ask(`${gateway.url}/v1/exceptions/exc_nothing`)).status, 404);
    assert.equal((await ask(`${gateway.url}/v1/exceptions?owner=nobody`)).status, 400);
    assert.equal((await ask(`${gateway.url}/v1/exceptions?after=x`)).status, 400);
  });
});
