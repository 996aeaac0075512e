import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createEdifactReader } from '../../../src/edi/edifact/reader.ts';
import { una, unb, ung, unh } from '../support/edifact.ts';
import { checkBytes, cutAt, detail, readChunks } from '../support/items.ts';
import { bytes } from '../support/x12.ts';

const message = unh('DESADV', "FTX+A?+B?:C?'D??+?'", 'CPS+1');
const cutOff = unh({ type: 'ORDERS', trailer: false }, 'BGM+220');
const other = { element: '*', component: '=', segment: '~' };

/** Files that hold everything a cut could damage. */
const FIXTURES: Readonly<Record<string, Buffer>> = {
  'plain segments': bytes(una() + unb({}, message, unh('ORDERS'))),
  'groups, line breaks, a mark and blanks': bytes(
    `\xef\xbb\xbf ${una()}\r\n${unb({ after: '\r\n' }, ung('DESADV', message, cutOff), ung('ORDERS'))} `,
  ),
  'two-byte terminators': bytes(unb({ segment: '\r\n' }, message, 'BGM+stray').trimEnd()),
  'garbage and several interchanges': bytes(
    [
      unb({}, message),
      'garbage UNB+UNA:+ ',
      una(other) + unb({ ...other, trailer: false }, cutOff),
      unb({ syntax: 'UNOC:4' }, unh('ORDERS', 'PIA+A*B?*C')),
      "UNA:+.? 'no header",
      unb({ after: '\n' }, message).slice(0, -70),
      una() + unb({}, message),
    ].join(''),
  ),
};
const read = (chunks: readonly Buffer[], limits = {}) => readChunks(chunks, createEdifactReader(limits));

describe('the EDIFACT reader fed in chunks', () => {
  for (const [title, file] of Object.entries(FIXTURES)) {
    const whole = detail(read([file]));

    it(`reads ${title} cut anywhere as the whole`, () => {
      for (let at = 0; at <= file.length; at++) {
        assert.deepEqual(detail(read(cutAt(file, [at]))), whole, `cut at ${at}`);
      }
    });

    it(`reads ${title} byte by byte as the whole`, () => {
      const every = Array.from({ length: file.length }, (_, at) => at);
      assert.deepEqual(detail(read(cutAt(file, every))), whole);
    });

    it(`reads ${title} in any chunks as the whole`, () => {
      const places = fc.uniqueArray(fc.nat(file.length), { maxLength: 12 });
      fc.assert(
        fc.property(places, (cuts) => {
          const sorted = [...cuts].sort((a, b) => a - b);
          assert.deepEqual(detail(read(cutAt(file, sorted))), whole);
        }),
      );
    });

    it(`accounts for every byte of ${title}`, () => checkBytes(read([file]), file.length));
  }

  it('claims no complete interchange before the last byte of its terminator', () => {
    const file = bytes(una() + unb({}, ung('DESADV', message)));
    for (let length = 0; length < file.length; length++) {
      const items = read([file.subarray(0, length)]);
      checkBytes(items, length);
      for (const item of items) {
        if (item.kind === 'interchange-end') assert.equal(item.trailer, null, `complete after ${length} bytes`);
      }
    }
  });

  it('accounts for every byte of damaged files, however they are cut', () => {
    const damage = fc.record({
      file: fc.constantFrom(...Object.values(FIXTURES)),
      edits: fc.array(fc.tuple(fc.nat(999), fc.nat(8), fc.stringMatching(/^[+:'?*\n\r UNABHTZ1]{0,6}$/)), {
        maxLength: 5,
      }),
      cut: fc.nat(999),
    });
    fc.assert(
      fc.property(damage, ({ file, edits, cut }) => {
        let text = file.toString('latin1');
        for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
        const damaged = bytes(text);
        const items = read([damaged]);
        checkBytes(items, damaged.length);
        assert.deepEqual(detail(read(cutAt(damaged, [cut % (damaged.length + 1)]))), detail(items));
      }),
      { numRuns: 1500 },
    );
  });

  it('gives up at the same byte, however a file is cut', () => {
    const tight = fc.record({
      segmentBytes: fc.integer({ min: 1, max: 60 }),
      elements: fc.integer({ min: 1, max: 6 }),
      setSegments: fc.integer({ min: 1, max: 6 }),
      setBytes: fc.integer({ min: 10, max: 90 }),
    });
    const some = fc.record({ file: fc.constantFrom(...Object.values(FIXTURES)), limits: tight, cut: fc.nat(999) });
    fc.assert(
      fc.property(some, ({ file, limits, cut }) => {
        const items = read([file], limits);
        checkBytes(items, file.length);
        assert.deepEqual(detail(read(cutAt(file, [cut % file.length]), limits)), detail(items));
      }),
      { numRuns: 500 },
    );
  });

  it('accounts for every byte of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
        checkBytes(read([Buffer.from(noise)]), noise.length);
        checkBytes(read([bytes("UNB+UNOA:3'"), Buffer.from(noise)]), noise.length + 11);
        checkBytes(read([bytes('UNA:+.'), Buffer.from(noise)]), noise.length + 6);
      }),
    );
  });

  it('tells a UNB at the very end of a file as what it is, without failing', () => {
    for (const text of ["UNB''", 'UNB+', "UNB'", "UNA:+.? 'UNB+UN"]) checkBytes(read([bytes(text)]), text.length);
  });
});
