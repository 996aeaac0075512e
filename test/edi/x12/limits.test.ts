import assert from 'node:assert/strict';
import type { ReadItem } from '../../../src/edi/envelope.ts';
import { createX12Reader } from '../../../src/edi/x12/reader.ts';
import { outline, readChunks } from '../support/items.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

const MEGABYTE = 1024 * 1024;
const head = 'GS*SH*A*B*20240102*1530*1*X*004010~ST*856*0001~';
const opening = bytes(isa({ trailer: false }) + head);
const next = bytes(isa({ controlNumber: '000000002' }, gs('SH', st('856'))));
const nextOutline = ['ISA 000000002', 'GS SH 1', '856 0001 (2)', 'GE 1', 'IEA 000000002'];

/** Feeds a chunk many times between two others and tells what came and how much memory it kept. */
function feed(before: Buffer, chunk: Buffer, times: number, after: Buffer, reader = createX12Reader()) {
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

describe('the limits of the X12 reader', () => {
  it('give up a segment of 1 GB without keeping it', () => {
    const { items, megabytes } = feed(opening, Buffer.alloc(MEGABYTE, 'x'), 1024, next);
    assert.deepEqual(outline(items), [
      'ISA 000000001',
      'GS SH 1',
      '856 0001 (1) SE missing',
      `broken segment-too-long ${1024 * MEGABYTE}`,
      'GE missing',
      'IEA missing',
      ...nextOutline,
    ]);
    assert.ok(megabytes < 256, `${megabytes} MB`);
  });

  it('give up a segment of millions of elements', () => {
    const { items } = feed(opening, Buffer.alloc(MEGABYTE, '*'), 10, next);
    assert.equal(outline(items)[3], `broken too-many-elements ${10 * MEGABYTE}`);
    assert.deepEqual(outline(items).slice(-5), nextOutline);
  });

  it('pass over 20 MB that look like headers', () => {
    const { items, megabytes } = feed(bytes('?'), Buffer.alloc(MEGABYTE, 'ISA*'), 20, next);
    assert.deepEqual(outline(items), [`garbage ${20 * MEGABYTE + 1}`, ...nextOutline]);
    assert.ok(megabytes < 256, `${megabytes} MB`);
  });

  it('are exact: the longest segment and the most elements allowed are read', () => {
    const text = (length: number) => `ST*${'x'.repeat(length - 3)}`;
    const elements = (count: number) => `ST${'*'.repeat(count)}`;
    const broken = (segment: string) =>
      readChunks([bytes(isa({}, segment))], createX12Reader()).flatMap((item) =>
        item.kind === 'broken' ? [item.reason] : [],
      );
    assert.deepEqual(broken(text(65_536)), []);
    assert.deepEqual(broken(text(65_537)), ['segment-too-long']);
    assert.deepEqual(broken(elements(1_000)), []);
    assert.deepEqual(broken(elements(1_001)), ['too-many-elements']);
  });

  it('do not hold for the data of a BIN, which has its own', () => {
    const data = 'x'.repeat(200_000);
    const file = bytes(isa({}, gs('SH', st('856', `BIN*${data.length}*${data}`))));
    assert.equal(outline(readChunks([file], createX12Reader()))[2], '856 0001 (3)');
    const reasons = readChunks([file], createX12Reader({ binaryBytes: 199_999 }));
    assert.deepEqual(outline(reasons).slice(2, 4), [
      '856 0001 (1) SE missing',
      `broken segment-too-long ${file.length - file.indexOf('BIN')}`,
    ]);
  });

  for (const [reason, limits] of [
    ['too-many-segments', { setSegments: 1_000 }],
    ['document-too-long', { setBytes: 8_003 + 8 }],
  ] as const) {
    it(`end a set with ${reason}`, () => {
      const segments = Array.from({ length: 2_000 }, () => 'N1*1234');
      const whole = bytes(isa({}, gs('SH', st('856', ...segments))));
      for (const size of [whole.length, 1_000]) {
        const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
          whole.subarray(at * size, (at + 1) * size),
        );
        const items = outline(readChunks([...chunks, next], createX12Reader(limits)));
        assert.deepEqual(items.slice(2, 3), ['856 0001 (1000) SE missing']);
        assert.match(items[3] ?? '', new RegExp(`^broken ${reason} `));
        assert.deepEqual(items.slice(-5), nextOutline);
      }
    });
  }

  it('allow a set of a million segments', () => {
    const thousand = bytes('REF*BM*12345~'.repeat(1_000));
    const { items, megabytes } = feed(opening, thousand, 1_000, bytes('SE*1*0001~GE*1*1~IEA*1*000000001~'));
    assert.equal(outline(items)[2], '856 0001 (1000002)');
    assert.ok(megabytes < 256, `${megabytes} MB`);
  });

  it('read 20 MB of noise without a fault', () => {
    let seed = 1;
    const noise = Buffer.alloc(MEGABYTE);
    for (let at = 0; at < noise.length; at++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      noise[at] = seed >>> 24;
    }
    const { items } = feed(opening, noise, 20, next);
    assert.deepEqual(outline(items).slice(-5), nextOutline);
  });
});
