import assert from 'node:assert/strict';
import { NOON, newTranslation } from '../contracts/ledger-samples.ts';
import { ask, at, eachItem, type Gateway, startGateway } from './support.ts';

const HOSTILE = '<img src=x onerror=alert(1)>"\r\nset-cookie: a=b\u202e.edi';
const BYTES = Buffer.from('ISA*00*\0\xff\xfe~ST*856*0001~SE*2*0001~IEA*1~', 'latin1');

describe('the files and documents', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
    await gateway.takeIn({
      id: 'a',
      bytes: BYTES,
      range: [11, 35],
      file: { name: HOSTILE, receivedAt: NOON - 1000 },
      document: { receivedAt: NOON - 1000 },
    });
    const references = [{ type: 'purchase-order', value: 'PO-778' }];
    await gateway.translate(newTranslation('doc_a', 'fil_a', ['e1', 'e2'], { references, unread: ['REF(01=IV)'] }));
    const file = { partnerId: 'beta' };
    const document = { ...file, type: '214', controlNumber: '0042', test: true };
    await gateway.takeIn({ id: 'b', bytes: Buffer.from('ISA~'), file, document });
  });
  after(() => gateway.stop());

  const get = (path: string) => ask(gateway.url + path);
  const idsOf = async (path: string) => eachItem((await get(path)).json, 'id');

  it('lists files newest first, page by page', async () => {
    const first = await get('/v1/files?limit=1');
    assert.deepEqual(eachItem(first.json, 'id'), ['fil_b']);
    const second = await get(`/v1/files?limit=1&after=${at(first.json, 'next')}`);
    assert.deepEqual(eachItem(second.json, 'id'), ['fil_a']);
    assert.equal(at(second.json, 'next'), null);
    assert.deepEqual(await idsOf('/v1/files?partner=beta&state=received'), ['fil_b']);
  });

  it('shows a file with its interchanges, times as RFC 3339 UTC', async () => {
    const { json } = await get('/v1/files/fil_a');
    assert.equal(at(json, 'receivedAt'), '2026-11-20T11:59:59.000Z');
    assert.equal(at(json, 'state'), 'processed');
    assert.equal(at(json, 'documents', 'processed'), 1);
    assert.equal(at(json, 'interchanges', '0', 'controlNumber'), '000000905');
    assert.equal(at(json, 'sourceKey'), undefined);
  });

  it('treats the name a sender gave as data', async () => {
    const { json, headers } = await get('/v1/files/fil_a');
    assert.equal(at(json, 'name'), HOSTILE);
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-security-policy']), /default-src 'none'/);
    const raw = await get('/v1/files/fil_a/raw');
    assert.equal(raw.headers['content-disposition'], 'attachment; filename="fil_a.edi"');
    assert.equal(raw.headers['set-cookie'], undefined);
    const traced = await get(`/v1/trace?ref=${encodeURIComponent(HOSTILE)}`);
    assert.equal(at(traced.json, 'files', '0', 'id'), 'fil_a');
  });

  it('gives the bytes of a file and of a document, each exactly', async () => {
    const file = await get('/v1/files/fil_a/raw');
    assert.deepEqual(file.bytes, BYTES);
    assert.equal(file.headers['content-type'], 'application/octet-stream');
    assert.equal(file.headers['x-content-type-options'], 'nosniff');
    const document = await get('/v1/documents/doc_a/raw');
    assert.equal(document.bytes.toString('latin1'), 'ST*856*0001~SE*2*0001~IEA*1~'.slice(0, 24));
    assert.equal(document.headers['content-length'], '24');
    const head = await ask(`${gateway.url}/v1/files/fil_a/raw`, { method: 'HEAD' });
    assert.equal(head.headers['content-length'], String(BYTES.length));
    assert.equal(head.bytes.length, 0);
  });

  it('finds documents by each filter', async () => {
    assert.deepEqual(await idsOf('/v1/documents'), ['doc_b', 'doc_a']);
    const found: Readonly<Record<string, readonly string[]>> = {
      'partner=beta': ['doc_b'],
      'type=856': ['doc_a'],
      'direction=inbound': ['doc_b', 'doc_a'],
      'direction=outbound': [],
      'state=processed': ['doc_a'],
      'ref=PO-778': ['doc_a'],
      'ref=0042': ['doc_b'],
      'file=fil_a': ['doc_a'],
      'from=2026-11-20T12:00:00Z': ['doc_b'],
      'to=2026-11-20T13:00:00%2B01:00': ['doc_a'],
      'from=2026-11-20&to=2026-11-21': ['doc_b', 'doc_a'],
    };
    for (const [query, expected] of Object.entries(found)) {
      assert.deepEqual(await idsOf(`/v1/documents?${query}`), expected, query);
    }
  });

  it('shows a document with findings and what leads on', async () => {
    const { json } = await get('/v1/documents/doc_a');
    assert.deepEqual(at(json, 'findings'), []);
    assert.deepEqual(at(json, 'unread'), ['REF(01=IV)']);
    assert.equal(at(json, 'mapPin'), 'x12/856@1.0.0');
    assert.deepEqual(await idsOf(String(at(json, 'links', 'events'))), ['e1', 'e2']);
    assert.equal(at((await get(String(at(json, 'links', 'file')))).json, 'id'), 'fil_a');
    const inTest = await get('/v1/documents/doc_b');
    assert.equal(at(inTest.json, 'links', 'events'), '/v1/events?document=doc_b&test=true');
  });

  it('shows failed attempts at a document, without ids of work', async () => {
    const claims = await gateway.ledger.claim('translate', 9, NOON + 2000, 1000);
    const [claim] = claims;
    assert.ok(claim !== undefined && claims.length === 1);
    await gateway.ledger.fail(claim, NOON + 2000, 'The disk is full.', NOON + 3000, { code: 'X', text: 'X' });
    const { json } = await get('/v1/documents/doc_b/attempts');
    const attempt = { kind: 'translate', attempt: 1, at: '2026-11-20T12:00:02.000Z', error: 'The disk is full.' };
    assert.deepEqual(json, { items: [attempt], next: null });
    assert.deepEqual((await get('/v1/documents/doc_a/attempts')).json, { items: [], next: null });
  });

  it('traces any id to files, documents and events', async () => {
    const { json } = await get('/v1/trace?ref=PO-778');
    assert.equal(at(json, 'files', '0', 'id'), 'fil_a');
    assert.equal(at(json, 'documents', '0', 'id'), 'doc_a');
    assert.equal(at(json, 'events', '1', 'id'), 'e2');
    assert.deepEqual((await get('/v1/trace?ref=nothing')).json, { files: [], documents: [], events: [], sent: [] });
  });

  it('answers a problem, and no bytes, when the archive has lost them', async () => {
    const sha256 = 'ab'.repeat(32);
    await gateway.takeIn({ id: 'lost', bytes: Buffer.from('lost'), file: { sha256 } });
    const { status, json } = await get('/v1/files/fil_lost/raw');
    assert.equal(status, 500);
    assert.equal(at(json, 'code'), 'ARCHIVE_BLOB_MISSING');
  });
});
