import assert from 'node:assert/strict';
import type { MessageKey } from '../../../src/ledger/message-types.ts';
import { createDeliverer } from '../../../src/transports/as2/deliver-mdn.ts';
import { sendMessage } from '../../../src/transports/as2/send.ts';
import { createHttpClient, type HttpClient } from '../../../src/transports/http/client.ts';
import { eventually } from '../../support/eventually.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { document, NOW, type Station, withStations } from './support/station.ts';
import { withStubs } from './support/stub.ts';

describe('where messages and MDNs over AS2 may go', () => {
  const stations = withStations();
  const stub = withStubs();
  let client: HttpClient;
  before(() => {
    client = createHttpClient({ allowPrivate: false });
  });
  after(() => client.close());

  const attempt = async (sender: Station, url: string, change: Partial<Station['agreement']> = {}) => {
    sender.agree({ url, ...change });
    const message = await sender.build([document('ISA*00')]);
    return sendMessage(message, sender.agreement, {
      client,
      sent: sender.sent,
      clock: { now: () => NOW },
      deadline: 5_000,
      limit: 1_000,
    });
  };

  for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]', '169.254.169.254']) {
    it(`is not our own network, spelt ${host}, unless the setting says so`, async () => {
      const [sender, receiver] = stations();
      const { port } = new URL(receiver.url);
      await assert.rejects(attempt(sender, `http://${host}:${port}/as2`), {
        code: 'TARGET_REFUSED',
        message: /no public address.*CROSSDOCK_ALLOW_PRIVATE_TARGETS/,
      });
      assert.equal(receiver.taken.length, 0);
    });
  }

  it('is an address with TLS for a message that is not encrypted', async () => {
    const [sender] = stations();
    await assert.rejects(attempt(sender, 'http://edi.example/as2', { encrypt: null }), {
      code: 'TARGET_REFUSED',
      message: /http:\/\/edi\.example is not https/,
    });
  });

  it('is not our own network for an MDN that comes later, which stays due', async () => {
    const partner = await stub((response) => response.end());
    const log = createRecordingLog();
    const delivered: MessageKey[] = [];
    const [{ messages }] = stations();
    const recording = { ...messages, mdnDelivered: async (key: MessageKey) => void delivered.push(key) };
    const deliverer = createDeliverer({ client, messages: recording, log, pauses: [5], deadline: 5_000 });
    const mdn = { headers: [], body: Buffer.from('MDN'), due: partner.url };
    deliverer.deliver(
      {
        theirs: 'alpha',
        ours: 'beta',
        messageId: '<1@alpha>',
        connection: 'as2:alpha/main',
        receivedAt: NOW,
        sha256: '',
        headers: [],
        disposition: 'processed',
        accepted: true,
        content: null,
        mdn,
      },
      mdn,
    );
    await eventually('it is told', async () => log.lines.some(({ level }) => level === 'error'));
    await deliverer.stop();
    assert.match(JSON.stringify(log.lines), /127\.0\.0\.1 is no public address/);
    assert.deepEqual([delivered.length, partner.posted.length], [0, 0]);
  });
});
