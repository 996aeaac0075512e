import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '../../../src/cms/certificate.ts';
import { readCertificateFile } from '../../../src/cms/certificate-file.ts';
import { openSqliteLedger } from '../../../src/ledger/sqlite.ts';
import { requireCurrent } from '../../../src/transports/as2/certificate-ends.ts';
import { createCertificateWatch } from '../../../src/transports/as2/certificate-watch.ts';
import { testKey } from '../../cms/support/keys.ts';
import { as2Agreement } from '../../support/as2-agreement.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { OPENSSL, openssl } from '../../support/servers/openssl.ts';
import { needs } from '../../support/servers/server.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const DAY = 86_400_000;

describe('certificates that end', function () {
  this.timeout(60_000);
  needs(OPENSSL);
  const folder = tempFolder();
  let numbers = 0;
  const ids = (prefix: string): string => `${prefix}_${(++numbers).toString().padStart(8, '0')}`;

  async function certificateFor(days: number): Promise<Certificate> {
    const path = join(folder(), `${days}.pem`);
    const key = join(folder(), `${days}.key`);
    const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${days} days`];
    await openssl([...words, '-days', String(days), '-out', path, '-keyout', key]);
    const [certificate] = await readCertificateFile(await readFile(path));
    assert.ok(certificate !== undefined);
    return certificate;
  }

  it('are exceptions from 30 days before, told at 14 and 7, and resolved when the next one is listed', async () => {
    const [old, next] = await Promise.all([certificateFor(40), certificateFor(400)]);
    const ours = { name: 'US', key: await testKey('ours') };
    const theirs = { name: 'THEM', key: { ...(await testKey('other')), certificate: old } };
    const agreement = as2Agreement(ours, theirs, { url: 'https://them.example/as2' });
    const ledger = await openSqliteLedger({ file: join(folder(), 'ledger.sqlite'), ids });
    const log = createRecordingLog();
    let now = 0;
    const watch = createCertificateWatch({ exceptions: ledger, clock: { now: () => now }, log });
    const open = async (): Promise<readonly string[]> =>
      (await ledger.exceptions({ state: 'open' }, null, 10)).items.map(({ code, text }) => `${code} ${text}`);
    let read = 0;
    const said = (): readonly string[] => {
      const levels = log.lines.slice(read).map(({ level }) => level);
      read = log.lines.length;
      return levels;
    };
    try {
      now = old.validTo - 31 * DAY;
      await watch.watch([agreement]);
      assert.deepEqual([await open(), said()], [[], []]);
      for (const days of [30, 29, 14, 7, 6]) {
        now = old.validTo - days * DAY;
        await watch.watch([agreement]);
        assert.match((await open()).join(), /^PARTNER_CERTIFICATE_ENDS as2:THEM\/main: .*40 days.* ends on 20/);
        assert.deepEqual(said(), [30, 14, 7].includes(days) ? ['warn'] : [], `${days} days before`);
      }
      now = old.validTo + 1;
      await watch.watch([agreement]);
      assert.match((await open()).join(), /^PARTNER_CERTIFICATE_ENDED as2:THEM\/main: .* ended on 20/);
      assert.deepEqual(said(), ['error']);
      const both = [...agreement.theirCertificates, { value: next, from: null }];
      await watch.watch([{ ...agreement, theirCertificates: both }]);
      assert.deepEqual([await open(), said()], [[], []]);
    } finally {
      watch.stop();
      await ledger.close();
    }
  });

  it('are no exception of a connection that is gone', async () => {
    const old = await certificateFor(5);
    const ours = { name: 'US', key: { ...(await testKey('ours')), certificate: old } };
    const agreement = as2Agreement(ours, { name: 'THEM', key: await testKey('other') }, { url: 'https://a.example/' });
    const ledger = await openSqliteLedger({ file: join(folder(), 'gone.sqlite'), ids });
    const clock = { now: () => old.validTo + 1 };
    const watch = createCertificateWatch({ exceptions: ledger, clock, log: createRecordingLog() });
    const codes = async () => (await ledger.exceptions({ state: 'open' }, null, 10)).items.map(({ code }) => code);
    try {
      await watch.watch([agreement]);
      assert.deepEqual(await codes(), ['OUR_CERTIFICATE_ENDED']);
      await watch.watch([]);
      assert.deepEqual(await codes(), []);
    } finally {
      watch.stop();
      await ledger.close();
    }
  });

  it('are used to their last second, and not after, unless that was agreed', async () => {
    const one = await certificateFor(3);
    const rules = { connection: 'as2:THEM/main', endedCertificates: 'refuse' } as const;
    requireCurrent(one, 'theirs', rules, one.validTo);
    const later = (endedCertificates: 'refuse' | 'take') => () =>
      requireCurrent(one, 'theirs', { ...rules, endedCertificates }, one.validTo + 1);
    assert.throws(later('refuse'), { code: 'PARTNER_CERTIFICATE_ENDED' });
    later('take')();
  });
});
