import assert from 'node:assert/strict';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventSchema } from '../../src/events/schemas.ts';
import { validateData } from '../../src/events/validate.ts';
import type { ReplayReport, ReplayRow } from '../../src/ledger/replay-types.ts';
import type { FeedEvent } from '../../src/ledger/types.ts';
import { createTestRoad, type TestRoad } from '../support/inbound-road.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fromWarehouse, shipNotices, shippingAdvice, WAREHOUSE } from '../support/warehouse.ts';

const SHIPPED = 'logistics.warehouse-order.shipped.v1';
const SHORT = 'logistics.warehouse-order.short-shipped.v1';
const WITHDRAWN = 'logistics.exchange.event-withdrawn.v1';
/** The warehouse, with a map that is laid over for the 945. */
const OVERLAID = WAREHOUSE.replace('x12/945@1.0.0,', 'x12/945@1.0.0, overlay: overlays/945.yaml,');
const overlay = (rules: string): string => `base: x12/945@1.0.0\nbecause: the test says so\n${rules}\n`;
const WITHOUT_SHIPMENT = overlay('data: { shipmentId: ~ }');

describe('reading documents again', () => {
  const folder = tempFolder();
  let test: TestRoad;

  beforeEach(async () => {
    test = await createTestRoad(folder());
  });
  afterEach(async () => {
    assert.deepEqual(await test.ledger.check(), []);
    await test.ledger.close();
  });

  async function takeIn(...numbers: readonly number[]): Promise<void> {
    await test.receive(
      Object.fromEntries(numbers.map((number) => [`${number}.edi`, fromWarehouse(number, shippingAdvice(number))])),
    );
    await test.workOff();
  }
  const overlayWith = (rules: string) => test.reconfigure({ 'partner.yaml': OVERLAID, 'overlays/945.yaml': rules });
  const feed = (after = 0): Promise<readonly FeedEvent[]> => test.ledger.events({}, after, 1_000);
  const events = ({ events: { changed, new: fresh, withdrawn } }: ReplayReport) => ({ changed, fresh, withdrawn });
  const groups = ({ report }: ReplayRow) =>
    report.groups.map(({ what, name, field, count }) => [what, name, field, count].join(' ').replace('  ', ' '));

  it('tells nothing new when neither the bytes nor the map have changed', async () => {
    await takeIn(1, 2, 3);
    const before = await feed();
    const { report, total, done } = await test.replay();
    assert.deepEqual([total, done], [3, 3]);
    assert.deepEqual(report.documents, { unchanged: 3, changed: 0, refused: 0, passedOver: 0 });
    assert.deepEqual(report.events, { same: 3, changed: 0, new: 0, withdrawn: 0 });
    assert.deepEqual(report.groups, []);
    assert.deepEqual(await feed(), before);
  });

  it('tells what has changed as an event that takes the place of the one before, once', async () => {
    await takeIn(1, 2);
    const [first] = await feed();
    assert.ok(first !== undefined);
    await overlayWith(WITHOUT_SHIPMENT);
    const replay = await test.replay();
    assert.deepEqual(events(replay.report), { changed: 2, fresh: 0, withdrawn: 0 });
    const [revised, ...others] = (await feed()).slice(2);
    assert.ok(revised !== undefined && others.length === 1);
    const { event } = revised;
    assert.deepEqual(
      [event.type, event.supersedes, event.originalid, event.sequence, event.mapversion],
      [SHIPPED, first.event.id, first.event.id, '2', 'x12/945@1.0.0+overlay'],
    );
    assert.notEqual(event.id, first.event.id);
    assert.equal(event.data.shipmentId, undefined);
    assert.equal(event.subject, first.event.subject);
    const count = (await feed()).length;
    assert.deepEqual(events((await test.replay()).report), { changed: 0, fresh: 0, withdrawn: 0 });
    assert.equal((await feed()).length, count);

    await test.reconfigure({ 'partner.yaml': WAREHOUSE });
    await test.replay();
    const [, , , , back] = await feed();
    assert.deepEqual([back?.event.supersedes, back?.event.originalid], [event.id, first.event.id]);
    assert.deepEqual(back?.event.data, first.event.data);
    assert.equal(new Set((await feed()).map((told) => told.event.id)).size, 6);
  });

  it('groups what a dry run finds by field, with examples, and changes nothing', async () => {
    await takeIn(1, 2, 3);
    const [before, documents] = [await feed(), await test.ledger.documents({}, null, 10)];
    await overlayWith(WITHOUT_SHIPMENT);
    const replay = await test.replay({ dryRun: true });
    assert.deepEqual(groups(replay), [`changed ${SHIPPED} /data/shipmentId 3`, `changed ${SHIPPED} /data/refs/* 3`]);
    const [example] = replay.report.groups[0]?.examples ?? [];
    assert.deepEqual([example?.before, example?.after], ['SHP-1', null]);
    assert.equal(example?.document, documents.items.at(-1)?.id);
    assert.deepEqual(await feed(), before);
    assert.deepEqual(await test.ledger.documents({}, null, 10), documents);
  });

  it('takes back what the document does not say any more, and tells it again when it does', async () => {
    await takeIn(1);
    const [first] = await feed();
    await overlayWith(overlay(`event: { type: ${SHORT}, also: ~ }`));
    const replay = await test.replay();
    assert.deepEqual(groups(replay), [`new ${SHORT} 1`, `withdrawn ${SHIPPED} 1`]);
    const [, told, withdrawal] = await feed();
    assert.equal(told?.event.type, SHORT);
    assert.deepEqual(
      [withdrawal?.event.type, withdrawal?.event.supersedes, withdrawal?.event.subject],
      [WITHDRAWN, first?.event.id, first?.event.subject],
    );
    assert.deepEqual([withdrawal?.event.data.eventId, withdrawal?.event.data.eventType], [first?.event.id, SHIPPED]);
    assert.deepEqual(validateData(WITHDRAWN, withdrawal?.event.data ?? {}), []);
    assert.equal(withdrawal?.event.dataschema, eventSchema(WITHDRAWN)?.schema.$id);

    await test.reconfigure({ 'partner.yaml': WAREHOUSE });
    const [again, taken] = [await test.replay(), (await feed()).slice(3)];
    assert.deepEqual(groups(again), [`new ${SHIPPED} 1`, `withdrawn ${SHORT} 1`]);
    assert.equal(taken[0]?.event.supersedes, withdrawal?.event.id);
    assert.deepEqual(events((await test.replay()).report), { changed: 0, fresh: 0, withdrawn: 0 });
  });

  it('reads with a chosen version, also where no agreement names one', async () => {
    const line = /.*document: 945.*\n/;
    await test.reconfigure({ 'partner.yaml': WAREHOUSE.replace(line, '') });
    await takeIn(1);
    const [received] = await feed();
    assert.equal(received?.event.type, 'logistics.exchange.document-received.v1');
    assert.deepEqual((await test.replay()).report.documents.unchanged, 1);
    const chosen = await test.replay({ map: 'x12/945@1.0.0' });
    assert.deepEqual(groups(chosen), [`new ${SHIPPED} 1`]);
    const { items } = await test.ledger.documents({}, null, 10);
    assert.deepEqual([items[0]?.mapPin, items[0]?.reason, items[0]?.events], ['x12/945@1.0.0', null, 2]);
    assert.deepEqual(groups(await test.replay({ map: 'x12/940@1.0.0' })), ['passed-over OTHER_DOCUMENT 1']);
    assert.deepEqual(groups(await test.replay({ map: 'x12/945@9.9.9' })), ['passed-over MAP_NOT_FOUND 1']);
    // What was told stands when the agreement is missing.
    assert.deepEqual(groups(await test.replay()), ['refused NO_AGREEMENT 1']);
    assert.equal((await feed()).length, 2);
  });

  it('settles what was refused or given up before, and the file with it', async () => {
    await overlayWith(overlay('expect: [ { at: N9(01=BM)02, required: yes } ]'));
    await takeIn(1);
    await test.receive({ '2.edi': fromWarehouse(2, shippingAdvice(2)) });
    const [split] = await test.ledger.claim('split', 1, Date.now(), 60_000);
    assert.ok(split !== undefined);
    await test.road.handlers.split([split]);
    const [poison] = await test.ledger.claim('translate', 1, Date.now(), 60_000);
    assert.ok(poison !== undefined);
    await test.ledger.fail(poison, Date.now(), 'fell over', null, { code: 'WORK_GAVE_UP', text: 'fell over' });
    const states = async () => (await test.files()).map(({ state, reason }) => `${state} ${reason?.code}`).sort();
    assert.deepEqual(await states(), ['quarantined WORK_GAVE_UP', 'rejected EXPECT_SEGMENT_MISSING']);

    const refused = await test.replay();
    assert.deepEqual(refused.report.documents, { unchanged: 0, changed: 0, refused: 2, passedOver: 0 });
    assert.deepEqual(await states(), ['rejected EXPECT_SEGMENT_MISSING', 'rejected EXPECT_SEGMENT_MISSING']);

    await test.reconfigure({ 'partner.yaml': WAREHOUSE });
    const replay = await test.replay();
    assert.deepEqual(groups(replay), [`new ${SHIPPED} 2`, 'settled processed 2']);
    assert.deepEqual(await states(), ['processed undefined', 'processed undefined']);

    // A map that refuses what was told does not take it back.
    await overlayWith(overlay('expect: [ { at: N9(01=BM)02, required: yes } ]'));
    const after = await test.replay();
    assert.deepEqual(after.report.documents, { unchanged: 0, changed: 0, refused: 2, passedOver: 0 });
    assert.deepEqual(await states(), ['processed undefined', 'processed undefined']);
    assert.equal((await feed()).length, 2);
  });

  it('passes over what is in flight, a duplicate, or rejected by the standard', async () => {
    await takeIn(1);
    await test.receive({ 'again.edi': fromWarehouse(9, shippingAdvice(1)) });
    await test.workOff();
    await test.receive({ 'broken.edi': fromWarehouse(10, shippingAdvice(10)).replace('SE*6', 'SE*7') });
    await test.workOff();
    await test.receive({ 'waiting.edi': fromWarehouse(11, shipNotices(11)) });
    const [claim] = await test.ledger.claim('split', 1, Date.now(), 60_000);
    assert.ok(claim !== undefined);
    await test.road.handlers.split([claim]);
    assert.deepEqual(groups(await test.replay()).sort(), [
      'passed-over DUPLICATE 1',
      'passed-over IN_FLIGHT 1',
      'passed-over REJECTED_BY_THE_STANDARD 1',
    ]);
  });

  it('goes on behind a document whose bytes are gone', async () => {
    await takeIn(1, 2, 3);
    const [, second] = (await test.files()).toReversed();
    const [path] = globSync(`archive/*/${second?.sha256.slice(2)}`, { cwd: folder() });
    rmSync(join(folder(), path ?? ''));
    const { report } = await test.replay();
    assert.deepEqual(report.documents, { unchanged: 2, changed: 0, refused: 0, passedOver: 1 });
    assert.equal(report.groups[0]?.name, 'ARCHIVE_BLOB_MISSING');
  });

  it('takes the documents of a query: partner, type, state, reference, time, one by its id', async () => {
    await takeIn(1, 2);
    await test.receive({ 'notice.edi': fromWarehouse(3, shipNotices(3)) });
    await test.workOff();
    const count = async (filter: ReplayRow['filter']) => (await test.replay({ filter })).done;
    const [newest] = (await test.ledger.documents({}, null, 1)).items;
    assert.equal(await count({ partner: 'warehouse' }), 3);
    assert.equal(await count({ partner: 'carrier' }), 0);
    assert.equal(await count({ type: '945' }), 2);
    assert.equal(await count({ state: 'quarantined' }), 0);
    assert.equal(await count({ ref: 'SHP-2' }), 1);
    assert.equal(await count({ id: newest?.id ?? '' }), 1);
    assert.equal((await count({ to: newest?.receivedAt ?? 0 })) + (await count({ from: newest?.receivedAt ?? 0 })), 3);
  });

  it('is requested and ended in the audit log, and not begun when it is cancelled', async () => {
    await takeIn(1, 2);
    const request = { id: 'rpl_1', createdAt: Date.now(), actor: 'ann', because: 'wrong map' };
    await test.ledger.requestReplay({ ...request, filter: {}, map: null, dryRun: false, rate: 1 });
    const cancelled = await test.ledger.cancelReplay('rpl_1', 'bob', Date.now());
    assert.deepEqual([cancelled?.state, cancelled?.done], ['cancelled', 0]);
    assert.equal((await test.ledger.cancelReplay('rpl_1', 'eve', Date.now()))?.endedAt, cancelled?.endedAt);
    assert.equal(await test.ledger.cancelReplay('nothing', 'bob', Date.now()), null);
    assert.equal(await test.ledger.claimReplay(Date.now() + 1_000, 1_000), null);
    await test.replay();
    const trail = await test.ledger.auditTrail(0, 10);
    assert.deepEqual(
      trail.map(({ actor, action, details }) => [actor, action, details.because ?? details.done ?? details.unchanged]),
      [
        ['ann', 'replay.requested', 'wrong map'],
        ['bob', 'replay.cancelled', '0'],
        ['tester', 'replay.requested', ''],
        ['tester', 'replay.ended', '2'],
      ],
    );
  });
});
