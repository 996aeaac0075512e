import assert from 'node:assert/strict';
import { NOON, newEvent } from '../contracts/ledger-samples.ts';
import { ask, type Gateway, startGateway } from './support.ts';

describe('the figures for Prometheus', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway(() => ({
      clock: { now: () => NOON + 90_000 },
      disk: { look: async () => ({ used: 0.25, full: false }) },
      brokenConnections: () => [{ connection: 'sftp:acme/main', code: 'CONNECTION_LOGIN', since: NOON }],
    }));
    await gateway.record([newEvent('e1'), newEvent('e2')]);
    await gateway.takeIn({ id: 'waiting', bytes: Buffer.from('ISA~') });
    const subject = { kind: 'document' as const, id: 'd1', fileId: null };
    const stranger = { code: 'SENDER_UNKNOWN', partnerId: 'acme', scope: '', text: 'Who is that?', subject };
    await gateway.ledger.raise(stranger, NOON);
  });
  after(() => gateway.stop());

  it('say what the ledger holds, each time anew', async () => {
    await ask(`${gateway.url}/metrics`);
    const { headers, bytes } = await ask(`${gateway.url}/metrics`);
    assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
    const lines = bytes.toString().split('\n');
    for (const line of [
      'gateway_files{state="processed"} 1',
      'gateway_files{state="received"} 1',
      'gateway_documents{state="received"} 1',
      'gateway_documents{state="rejected"} 0',
      'gateway_exceptions_open{owner="onboarding",code="SENDER_UNKNOWN"} 1',
      'gateway_exceptions_oldest_age_seconds{owner="onboarding"} 90',
      'gateway_connections_broken{code="CONNECTION_LOGIN"} 1',
      'gateway_disk_used_ratio 0.25',
      'gateway_events_total 2',
      'gateway_work_due 1',
      'gateway_oldest_in_flight_age_seconds 90',
    ]) {
      assert.ok(lines.includes(line), line);
    }
    assert.ok(lines.some((line) => line.startsWith('process_resident_memory_bytes ')));
  });

  it('have names of the form gateway_<noun>_<unit>, a help and a type', async () => {
    const { bytes } = await ask(`${gateway.url}/metrics`);
    const names = [...bytes.toString().matchAll(/^# TYPE (gateway_\S+) (?:gauge|counter)$/gm)].map(([, name]) => name);
    assert.equal(names.length, 11);
    for (const name of names) assert.match(bytes.toString(), new RegExp(`^# HELP ${name} [A-Z].*\\.$`, 'm'));
  });
});
