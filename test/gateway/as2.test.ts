import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type TestKey, testKey } from '../cms/support/keys.ts';
import { addAs2Partner, as2PartnerFile } from '../support/as2-place.ts';
import { run } from '../support/crossdock.ts';
import { eventually } from '../support/eventually.ts';
import { createPlace, type GatewayProcess, type Place, startGateway } from '../support/gateway.ts';
import { fromWarehouse, shippingAdvice } from '../support/warehouse.ts';

describe('messages over AS2 between two running gateways', function () {
  this.timeout(120_000);
  let sender: Place;
  let receiver: Place;
  let receiving: GatewayProcess;
  let keys: { readonly alpha: TestKey; readonly beta: TestKey };

  before(async () => {
    keys = { alpha: await testKey('alpha'), beta: await testKey('beta') };
    [sender, receiver] = await Promise.all([createPlace({ CROSSDOCK_ALLOW_PRIVATE_TARGETS: 'true' }), createPlace()]);
    await addAs2Partner(receiver, keys.beta, keys.alpha, as2PartnerFile('beta', 'alpha', 'http://127.0.0.1:9/as2'));
    receiving = await startGateway(receiver);
    const file = as2PartnerFile('alpha', 'beta', `${receiving.partner}/as2`);
    await addAs2Partner(sender, keys.alpha, keys.beta, file);
  });

  after(async () => {
    await receiving.kill9();
    for (const place of [sender, receiver]) place.remove();
  });

  it('are sent with a command, and become events of the other side', async () => {
    const file = join(sender.folder, 'advice 1.edi');
    await writeFile(file, fromWarehouse(1, shippingAdvice(1), { sender: 'PEER' }));
    const { code, stdout, stderr } = await sender.run('as2', 'send', file, '--partner', 'peer', '--json');
    assert.equal(code, 0, stderr);
    const receipt: { confirmed: boolean } = JSON.parse(stdout);
    assert.equal(receipt.confirmed, true);
    const [taken] = await receiving.settled('advice 1.edi');
    assert.deepEqual([taken?.state, taken?.connection, taken?.partnerId], ['processed', 'as2:peer/main', 'peer']);
  });

  it('are tried step by step before the first document, up to an MDN of the other side', async () => {
    const before = await receiving.documents();
    const { code, stdout, stderr } = await sender.run('partner', 'check', 'peer', '--connect');
    assert.equal(code, 0, stdout + stderr);
    const lines = stdout.trim().split('\n');
    assert.deepEqual(
      lines.map((line) => line.split(':')[0]),
      [
        'main  ok   our certificate',
        'main  ok   their certificate',
        'main  ok   name',
        'main  ok   port',
        'main  ok   message',
      ],
    );
    assert.match(lines[4] ?? '', /it was taken; the MDN is signed by the partner, and about the bytes we sent/);
    const [taken] = await receiving.settled('connection-test.txt');
    assert.deepEqual([taken?.state, taken?.reason?.code], ['rejected', 'NOT_EDI']);
    assert.deepEqual(await receiving.documents(), before);
  });

  it('go to our own network only when the setting says so', async () => {
    const file = join(sender.folder, 'inside.edi');
    await writeFile(file, fromWarehouse(9, shippingAdvice(9), { sender: 'PEER' }));
    const env = { ...sender.env, CROSSDOCK_ALLOW_PRIVATE_TARGETS: 'false' };
    const { code, stderr } = await run(['as2', 'send', file, '--partner', 'peer'], { cwd: sender.config, env });
    assert.equal(code, 1);
    assert.match(stderr, /TARGET_REFUSED 127\.0\.0\.1 is no public address\. Set CROSSDOCK_ALLOW_PRIVATE_TARGETS=true/);
  });

  it('that the other side refuses end the command with what it said', async () => {
    const file = join(sender.folder, 'second.edi');
    await writeFile(file, fromWarehouse(2, shippingAdvice(2), { sender: 'PEER' }));
    const path = join(sender.config, 'partners/peer/partner.yaml');
    const strong = as2PartnerFile('alpha', 'beta', `${receiving.partner}/as2`);
    await writeFile(path, strong.replace('sign: sha256', 'sign: no'));
    const { code, stderr } = await sender.run('as2', 'send', file, '--partner', 'peer');
    assert.equal(code, 1);
    assert.match(
      stderr,
      /DELIVERY_REFUSED as2:peer\/main: The partner refused the message: error: insufficient-message-security/,
    );
  });

  it('are answered on the listener of partners alone, which has no other door', async () => {
    const { status, headers } = await fetch(`${receiving.partner}/as2`, { method: 'HEAD' });
    assert.deepEqual([status, headers.get('content-length')], [200, '0']);
    assert.equal((await fetch(`${receiving.partner}/as2`, { method: 'DELETE' })).status, 405);
    assert.equal((await fetch(`${receiving.partner}/as2/..;/v1/events`)).status, 404);
    assert.equal((await fetch(`${receiving.operations}/as2`, { method: 'POST' })).status, 404);
  });

  it('that many begin and nobody ends are held on the disk, not in memory', async () => {
    const head =
      'POST /as2 HTTP/1.1\r\nhost: x\r\nas2-from: alpha\r\nas2-to: beta\r\nmessage-id: <1@x>\r\ncontent-type: application/edi-x12\r\ncontent-length: 200000000\r\n\r\n';
    const memory = async (): Promise<number> => {
      const status = await readFile(`/proc/${receiving.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
    };
    const before = await memory();
    const sockets = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket = connect(Number(new URL(receiving.partner).port), '127.0.0.1');
        socket.on('error', () => {});
        await once(socket, 'connect');
        socket.write(head);
        // Resolves when the system has taken all of it, and so has the gateway but for its last buffers.
        await new Promise((resolve) => socket.write(Buffer.alloc(8_000_000, '*'), resolve));
        return socket;
      }),
    );
    const grown = (await memory()) - before;
    for (const socket of sockets) socket.destroy();
    assert.ok(grown < 150, `${grown} MB more for 320 MB that were sent`);
    const incoming = join(receiver.data, 'archive/incoming');
    await eventually('no half message is left', async () => (await readdir(incoming)).length === 0);
  });

  it('are taken again after a kill, under the same receipt and once', async () => {
    const before = (await receiving.settled('advice 1.edi')).length;
    await receiving.kill9();
    receiving = await startGateway(receiver);
    await eventually('the gateway answers', async () => (await fetch(`${receiving.partner}/livez`)).ok);
    assert.equal((await receiving.settled('advice 1.edi')).length, before);
  });
});
