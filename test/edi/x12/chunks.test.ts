import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createX12Reader } from '../../../src/edi/x12/reader.ts';
import { checkBytes, cutAt, detail, readChunks } from '../support/items.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

const body = [st('856', 'BSN*00*S1', 'REF*BM*12:3', 'BIN*5*~*\n~~'), st({ type: '856', trailer: false }, 'HL*1**S')];

/** Files that hold everything a cut could damage. */
const FIXTURES: Readonly<Record<string, Buffer>> = {
  'plain segments': bytes(isa({}, gs('SH', ...body), gs('QM', st('214')))),
  'line breaks, a mark and blanks': bytes(`\xef\xbb\xbf ${isa({ after: '\r\n' }, gs('SH', ...body))} `),
  'two-byte terminators': bytes(isa({ segment: '\r\n', padded: false }, gs('SH', ...body), 'TA1*1').trimEnd()),
  'garbage and several interchanges': bytes(
    [
      isa({}, gs('SH', body[0] ?? '')),
      'garbage ISA*ISA ',
      isa({ element: '|', segment: '!', trailer: false }, gs('SH', body[1] ?? '')),
      isa({ version: '00501', repetition: '^' }, 'TA1*1', 'REF*stray'),
      'ISA*00*no header~',
      isa({ after: '\n' }).replace(':~', '~'),
      isa({}, gs('SH', body[0] ?? '')).slice(0, -60),
      isa({ segment: '!' }, gs('SH', st('856', `BIN*${'ISA*00*'.length}*ISA*00*`, 'REF*VISA*ISA'))),
    ].join(''),
  ),
};

describe('the X12 reader fed in chunks', () => {
  for (const [title, file] of Object.entries(FIXTURES)) {
    const whole = detail(readChunks([file], createX12Reader()));

    it(`reads ${title} cut anywhere as the whole`, () => {
      for (let at = 0; at <= file.length; at++) {
        assert.deepEqual(detail(readChunks(cutAt(file, [at]), createX12Reader())), whole, `cut at ${at}`);
      }
    });

    it(`reads ${title} byte by byte as the whole`, () => {
      const every = Array.from({ length: file.length }, (_, at) => at);
      assert.deepEqual(detail(readChunks(cutAt(file, every), createX12Reader())), whole);
    });

    it(`reads ${title} in any chunks as the whole`, () => {
      const places = fc.uniqueArray(fc.nat(file.length), { maxLength: 12 });
      fc.assert(
        fc.property(places, (cuts) => {
          const chunks = cutAt(
            file,
            [...cuts].sort((a, b) => a - b),
          );
          assert.deepEqual(detail(readChunks(chunks, createX12Reader())), whole);
        }),
      );
    });

    it(`accounts for every byte of ${title}`, () => {
      checkBytes(readChunks([file], createX12Reader()), file.length);
    });
  }

  it('claims no complete interchange before the last byte of its terminator', () => {
    const file = bytes(isa({}, gs('SH', ...body)));
    for (let length = 0; length < file.length; length++) {
      const items = readChunks([file.subarray(0, length)], createX12Reader());
      checkBytes(items, length);
      for (const item of items) {
        if (item.kind === 'interchange-end') assert.equal(item.trailer, null, `complete after ${length} bytes`);
      }
    }
  });

  it('accounts for every byte of damaged files, however they are cut', () => {
    const damage = fc.record({
      file: fc.constantFrom(...Object.values(FIXTURES)),
      edits: fc.array(fc.tuple(fc.nat(999), fc.nat(8), fc.stringMatching(/^[*~:\n\r ISAGTE1]{0,6}$/)), {
        maxLength: 5,
      }),
      cut: fc.nat(999),
    });
    fc.assert(
      fc.property(damage, ({ file, edits, cut }) => {
        let text = file.toString('latin1');
        for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
        const damaged = bytes(text);
        const items = readChunks([damaged], createX12Reader());
        checkBytes(items, damaged.length);
        const chunks = cutAt(damaged, [cut % (damaged.length + 1)]);
        assert.deepEqual(detail(readChunks(chunks, createX12Reader())), detail(items));
      }),
      { numRuns: 1500 },
    );
  });

  it('gives up at the same byte, however a file is cut', () => {
    const tight = fc.record({
      segmentBytes: fc.integer({ min: 1, max: 120 }),
      elements: fc.integer({ min: 1, max: 8 }),
      binaryBytes: fc.nat(8),
      setSegments: fc.integer({ min: 1, max: 6 }),
      setBytes: fc.integer({ min: 10, max: 90 }),
    });
    const some = fc.record({ file: fc.constantFrom(...Object.values(FIXTURES)), limits: tight, cut: fc.nat(999) });
    fc.assert(
      fc.property(some, ({ file, limits, cut }) => {
        const items = readChunks([file], createX12Reader(limits));
        checkBytes(items, file.length);
        const chunks = cutAt(file, [cut % file.length]);
        assert.deepEqual(detail(readChunks(chunks, createX12Reader(limits))), detail(items));
      }),
      { numRuns: 500 },
    );
  });

  it('accounts for every byte of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
        checkBytes(readChunks([Buffer.from(noise)], createX12Reader()), noise.length);
        checkBytes(readChunks([bytes('ISA*'), Buffer.from(noise)], createX12Reader()), noise.length + 4);
      }),
    );
  });
});
