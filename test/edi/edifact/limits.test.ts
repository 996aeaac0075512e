import assert from 'node:assert/strict';
import { createEdifactReader } from '../../../src/edi/edifact/reader.ts';
import type { ReadItem } from '../../../src/edi/envelope.ts';
import { unb, unh } from '../support/edifact.ts';
import { outline, readChunks } from '../support/items.ts';
import { bytes } from '../support/x12.ts';

const MEGABYTE = 1024 * 1024;
const opening = bytes(`${unb({ trailer: false })}UNH+1+DESADV:D:96A:UN'`);
const next = bytes(unb({ reference: '2' }, unh('DESADV')));
const nextOutline = ['UNB 2', 'DESADV 1 (2)', 'UNZ 2'];

/** Feeds a chunk many times between two others and tells what came and how much memory it kept. */
function feed(before: Buffer, chunk: Buffer, times: number, after: Buffer) {
  const reader = createEdifactReader();
  const base = process.memoryUsage().rss;
  let most = base;
  const items: ReadItem[] = [...reader.push(before)];
  for (let time = 0; time < times; time++) {
    items.push(...reader.push(chunk));
    if (time % 16 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  items.push(...reader.push(after), ...reader.end());
  return { items, megabytes: (most - base) / MEGABYTE };
}

describe('the limits of the EDIFACT reader', () => {
  for (const [title, byte, reason] of [
    ['a segment of 1 GB', 'x', 'segment-too-long'],
    ['a segment of a billion elements', '+', 'too-many-elements'],
    ['a segment of nothing but release characters', '?', 'segment-too-long'],
  ] as const) {
    it(`give up ${title} without keeping it`, () => {
      const { items, megabytes } = feed(opening, Buffer.alloc(MEGABYTE, byte), 1024, next);
      const [broken] = items.filter((item) => item.kind === 'broken');
      assert.deepEqual(outline(items).slice(0, 2), ['UNB 1', 'DESADV 1 (1) UNT missing']);
      assert.deepEqual([broken?.reason, broken && broken.end - broken.start], [reason, 1024 * MEGABYTE]);
      assert.deepEqual(outline(items).slice(-4), ['UNZ missing', ...nextOutline]);
      assert.ok(megabytes < 256, `${megabytes} MB`);
    });
  }

  for (const text of ['UNB+', 'UNA:+', "UNB+UNOA:3+A+B+C+1'"]) {
    // The terminator behind them keeps them from running into what follows.
    it(`pass over 3 MB of ${text}`, () => {
      const { items, megabytes } = feed(bytes('?'), Buffer.alloc(MEGABYTE, text), 3, bytes(`'${next}`));
      assert.deepEqual(outline(items).slice(-3), nextOutline);
      assert.ok(megabytes < 512, `${megabytes} MB`);
    }).timeout(30_000);
  }

  it('are exact: the longest segment and the most elements allowed are read', () => {
    const broken = (segment: string) =>
      readChunks([bytes(unb({}, segment))], createEdifactReader()).flatMap((item) =>
        item.kind === 'broken' ? [item.reason] : [],
      );
    assert.deepEqual(broken(`FTX+${'x'.repeat(65_532)}`), []);
    assert.deepEqual(broken(`FTX+${'x'.repeat(65_533)}`), ['segment-too-long']);
    assert.deepEqual(broken(`FTX${'+'.repeat(1_000)}`), []);
    assert.deepEqual(broken(`FTX${'+'.repeat(1_001)}`), ['too-many-elements']);
  });

  it('end a message with too many segments', () => {
    const file = bytes(unb({}, unh('DESADV', ...Array.from({ length: 2_000 }, () => 'CPS+1'))));
    const items = outline(readChunks([file, next], createEdifactReader({ setSegments: 1_000 })));
    assert.equal(items[1], 'DESADV 1 (1000) UNT missing');
    assert.match(items[2] ?? '', /^broken too-many-segments /);
    assert.deepEqual(items.slice(-3), nextOutline);
  });

  it('allow a message of a million segments', () => {
    const thousand = bytes("RFF+BM:12?+345'".repeat(1_000));
    const { items, megabytes } = feed(opening, thousand, 1_000, bytes("UNT+1+1'UNZ+1+1'"));
    assert.equal(outline(items)[1], 'DESADV 1 (1000002)');
    assert.ok(megabytes < 256, `${megabytes} MB`);
  });
});
