import assert from 'node:assert/strict';
import { basename } from 'node:path';
import type { As2Connection } from '../../../src/partners/as2-types.ts';
import { checkAs2 } from '../../../src/transports/as2/check.ts';
import { createHttpClient, type HttpClient } from '../../../src/transports/http/client.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import { createIds } from '../../../src/util/ids.ts';
import { TEST_FOLDER, testKey } from '../../cms/support/keys.ts';
import { inShort, stepsOf } from '../check-steps.ts';
import { withStations } from './support/station.ts';
import { withStubs } from './support/stub.ts';

describe('checking a connection over AS2', () => {
  const stations = withStations();
  const stub = withStubs();
  let client: HttpClient;
  before(() => {
    client = createHttpClient({ allowPrivate: true });
  });
  after(() => client.close());

  /** The connection that `sender` has, as a partner's file would name it; `other` is whose certificate is listed. */
  const check = async (
    over: Partial<As2Connection> = {},
    names: { own?: string; other?: string; clock?: Clock } = {},
  ) => {
    const [sender] = stations();
    const { theirCertificates: _theirs, ourKeys: _ours, limits: _limits, ...terms } = sender.agreement;
    const own = await testKey(names.own ?? 'alpha');
    const other = await testKey(names.other ?? 'beta');
    const file = (path: string) => ({
      path: basename(path),
      at: { file: 'partner.yaml', line: 1, column: 1 },
      from: null,
    });
    const connection: As2Connection = {
      ...terms,
      kind: 'as2',
      id: 'main',
      certificates: { theirs: [file(other.certificateFile)], ours: [file(own.certificateFile)] },
      keys: ['as2'],
      largest: 1_000_000,
      ...over,
    };
    const secrets = () => own.key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const partner = { id: 'beta', folder: TEST_FOLDER };
    const { clock = systemClock } = names;
    const ids = createIds(systemClock);
    return stepsOf(checkAs2(partner, connection, { client, allowPrivate: true, secrets, clock, ids }));
  };
  const reached = ['our certificate ok', 'their certificate ok', 'name ok', 'port ok'];
  const last = (steps: Awaited<ReturnType<typeof check>>) => steps.at(-1);

  it('is ok when the partner answers with an MDN that proves it', async () => {
    const steps = await check();
    assert.deepEqual(inShort(steps), [...reached, 'message ok']);
    assert.match(last(steps)?.says ?? '', /signed by the partner, and about the bytes we sent/);
    const [taken] = stations()[1].taken;
    assert.equal(taken?.name, 'connection-test.txt');
    assert.match(taken?.bytes.toString() ?? '', /tests the connection/);
  });

  it('asks for the MDN at once also where it usually comes later', async () => {
    const steps = await check({ mdn: { mode: 'async', signed: true, url: 'http://127.0.0.1:9/as2' } });
    assert.deepEqual(inShort(steps), [...reached, 'message ok']);
  });

  it('is content with a status where no MDN is agreed', async () => {
    const steps = await check({ mdn: { mode: 'none', signed: true, url: null } });
    assert.match(last(steps)?.says ?? '', /no MDN is agreed/);
  });

  it('says that the partner does not know our name', async () => {
    const step = last(await check({ ours: 'gamma' }));
    assert.match(step?.says ?? '', /unknown-trading-partner/);
    assert.deepEqual(step?.fix, {
      turn: 'theirs',
      what: 'The partner enters our AS2 name "gamma", and its own, "beta".',
    });
  });

  it('says that the partner has another certificate of ours', async () => {
    const step = last(await check({}, { own: 'gamma' }));
    const { certificate } = await testKey('gamma');
    assert.deepEqual(step?.fix, {
      turn: 'theirs',
      what: `The partner enters our certificate ${certificate.fingerprint}.`,
    });
  });

  it('says that we encrypt to a certificate that the partner has no key for', async () => {
    const { certificate } = await testKey('delta');
    const step = last(await check({ mdn: { mode: 'sync', signed: false, url: null } }, { other: 'delta' }));
    assert.match(step?.says ?? '', /decryption-failed/);
    assert.deepEqual(step?.fix, {
      turn: 'theirs',
      what: `The partner looks whether ${certificate.fingerprint} is still its certificate.`,
    });
  });

  it('says that the partner demands more than we do', async () => {
    stations()[1].agree({ demand: { signed: true, encrypted: true } });
    const step = last(await check({ encrypt: null }));
    assert.deepEqual(step?.fix?.turn, 'ours');
    assert.match(step?.says ?? '', /insufficient-message-security/);
  });

  it('says that the address has no AS2, fails, or answers with something else', async () => {
    const answers = [
      [404, '', 'ours'],
      [503, '', 'theirs'],
      [200, '<html>Welcome</html>', 'theirs'],
    ] as const;
    for (const [status, body, turn] of answers) {
      const partner = await stub((response) => response.writeHead(status).end(body));
      assert.deepEqual(inShort(await check({ url: partner.url })), [...reached, `message ${turn}`]);
    }
  });

  it('says that certificates have ended, and tries on', async () => {
    const steps = await check({}, { clock: { now: () => Date.now() + 400 * 86_400_000 } });
    assert.deepEqual(inShort(steps), [
      'our certificate ours',
      'their certificate theirs',
      ...reached.slice(2),
      'message ok',
    ]);
    assert.match(steps[0]?.says ?? '', /it ended on \d{4}-\d\d-\d\d/);
  });

  it('says that a key is missing', async () => {
    const file = { path: 'nobody.pem', at: { file: 'partner.yaml', line: 1, column: 1 }, from: null };
    const steps = await check({ certificates: { theirs: [file], ours: [file] } });
    assert.deepEqual(inShort(steps), ['keys ours']);
  });
});
