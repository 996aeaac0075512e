import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../src/edi/finding.ts';
import type { CanonicalEvent } from '../../src/events/types.ts';
import { CHECKOUT, jsonLines, run } from '../support/crossdock.ts';
import { fromWarehouse, shipNotices, shippingAdvice } from '../support/warehouse.ts';

const SAMPLES = 'partners/demo-3pl/samples';

interface Validation {
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
}

describe('crossdock translate', () => {
  it('prints a CloudEvent a line, the events that the sample promises', async () => {
    const golden = await readFile(join(CHECKOUT, SAMPLES, '945-short-shipped.json'), 'utf8');
    const expected: readonly Pick<CanonicalEvent, 'type' | 'subject' | 'data'>[] = JSON.parse(golden);
    const { code, stdout } = await run(['translate', `${SAMPLES}/945-short-shipped.edi`, '--partner', 'demo-3pl']);
    assert.equal(code, 0);
    const events = eventsOf(stdout);
    assert.deepEqual(
      events.map(({ type, subject, data }) => ({ type, subject, data })),
      expected.map(({ type, subject, data }) => ({ type, subject, data })),
    );
    for (const event of events) {
      assert.deepEqual([event.specversion, event.partnerid, event.mapversion], ['1.0', 'demo-3pl', 'x12/945@1.0.0']);
    }
  });

  it('gives the same event ids each time, and for the same documents with other white space', async () => {
    const text = fromWarehouse(1, shipNotices(1, 2));
    const wrapped = fromWarehouse(1, shipNotices(1, 2), { after: '\r\n' });
    const answers = await Promise.all([text, text, wrapped].map((input) => run(['translate', '-'], { input })));
    const [first, ...others] = answers.map(({ stdout }) => eventsOf(stdout).map(({ id }) => id));
    assert.equal(first?.length, 2);
    for (const other of others) assert.deepEqual(other, first);
  });

  it('tells an unknown set as document-received', async () => {
    const { code, stdout, stderr } = await run(['translate', `${SAMPLES}/864-message-that-no-table-describes.edi`]);
    const [event, ...others] = eventsOf(stdout);
    assert.deepEqual([code, others.length, event?.type], [0, 0, 'logistics.exchange.document-received.v1']);
    assert.equal(event?.data.set, '864');
    assert.match(stderr, /864 0001: no map reads it/);
  });

  it('makes no event of a rejected document, and ends with 3', async () => {
    for (const name of ['945-wrong-segment-count', '945-unreadable-date']) {
      const { code, stdout, stderr } = await run(['translate', `${SAMPLES}/${name}.edi`]);
      assert.deepEqual([code, stdout], [3, '']);
      assert.match(stderr, /^rejected /);
    }
  });

  it('makes no event of an interchange that is cut off after whole documents', async () => {
    const input = fromWarehouse(1, shipNotices(1, 2, 3)).replace(/GE\*.*$/, '');
    const { code, stdout, stderr } = await run(['translate', '-'], { input });
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /INTERCHANGE_TRAILER_MISSING/);
  });

  it('goes on after an interchange that is cut off', async () => {
    const input = `${fromWarehouse(1, shippingAdvice(1)).slice(0, -40)}${fromWarehouse(2, shippingAdvice(2))}`;
    const { code, stdout } = await run(['translate', '-'], { input });
    assert.equal(code, 3);
    assert.deepEqual(
      eventsOf(stdout).map(({ data }) => data.depositorOrder),
      ['DO-2'],
    );
  });

  it('says which partner or map there is when a name is wrong', async () => {
    const partner = await run(['translate', '-', '--partner', 'demo-3p']);
    assert.deepEqual([partner.code, partner.stdout], [1, '']);
    assert.match(partner.stderr, /^crossdock: PARTNER_NOT_FOUND [^\n]*Did you mean "demo-3pl"\?\n$/);
    const map = await run(['translate', '-', '--map', 'x12/945@9.9.9']);
    assert.match(map.stderr, /^crossdock: MAP_NOT_FOUND [^\n]*"x12\/945@1\.0\.0"[^\n]*\n$/);
  });
});

describe('crossdock validate', () => {
  it('accepts a good file with 0', async () => {
    const { code, stdout } = await run(['validate', `${SAMPLES}/945-short-shipped.edi`, '--json']);
    const { accepted, findings }: Validation = JSON.parse(stdout);
    assert.deepEqual([code, accepted, findings], [0, true, []]);
  });

  it('rejects with 3 and a finding that says what, where and what to do, in the published shape', async () => {
    const { code, stdout } = await run(['validate', `${SAMPLES}/945-wrong-segment-count.edi`, '--json']);
    const result: Validation = JSON.parse(stdout);
    assert.deepEqual([code, Object.keys(result), result.accepted], [3, ['accepted', 'findings'], false]);
    const [finding, ...others] = result.findings;
    assert.deepEqual(others, []);
    const { text, remedy, ...rest } = finding ?? {};
    const file = await readFile(join(CHECKOUT, SAMPLES, '945-wrong-segment-count.edi'), 'latin1');
    assert.deepEqual(rest, {
      code: 'SET_COUNT_WRONG',
      severity: 'rejected',
      path: '945/SE/01',
      position: { byte: file.indexOf('SE*') + 3, segment: 6, tag: 'SE', element: 1 },
      value: '9',
      expected: '6',
      ack: { level: 'document', x12: '4', contrl: '29' },
    });
    assert.match(`${text} ${remedy}`, /^.+\. .+\.$/);
  });

  it('finds with a partner also what its map cannot read', async () => {
    const input = fromWarehouse(1, shipNotices(1)).replace('BSN*00', 'BSN*77');
    const alone = await run(['validate', '-', '--json'], { input });
    const withPartner = await run(['validate', '-', '--json', '--partner', 'demo-3pl'], { input });
    const codes = ({ stdout }: { stdout: string }): readonly string[] => {
      const { findings }: Validation = JSON.parse(stdout);
      return findings.map((finding) => finding.code);
    };
    assert.ok(!codes(alone).includes('MAP_EVENT_TYPE'));
    assert.ok(codes(withPartner).includes('MAP_EVENT_TYPE'), withPartner.stdout);
    assert.equal(withPartner.code, 3);
  });

  it('reads well for a person', async () => {
    const { stdout, stderr } = await run(['validate', `${SAMPLES}/945-unreadable-date.edi`]);
    assert.match(stdout, /^rejected ELEMENT_DATE 945\/W06\/03 "12\/04\/26" \(segment 2, byte \d+\)/);
    assert.equal(stderr, 'Rejected.\n');
  });
});

function eventsOf(stdout: string): readonly CanonicalEvent[] {
  return jsonLines(stdout);
}
