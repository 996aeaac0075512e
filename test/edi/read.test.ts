import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReadItem } from '../../src/edi/envelope.ts';
import { createReader, readAll, readDocument, readStream } from '../../src/edi/read.ts';
import { unb, unh } from './support/edifact.ts';
import { checkBytes, cutAt, detail, outline, readChunks, texts } from './support/items.ts';
import { bytes, gs, isa, st } from './support/x12.ts';

const file = bytes(`\xef\xbb\xbf\n${isa({ segment: '\r\n' }, gs('SH', st('856', 'BSN*00*S1', 'BIN*4*\r\n**')))}`);
const interchange = "UNB+UNOA:1+A+B+240102:1530+1'UNZ+0+1'";

describe('a reader of any standard', () => {
  it('knows X12 behind a mark and blanks, wherever the file is cut', () => {
    const whole = detail(readAll(file));
    assert.deepEqual(outline(readAll(file)).slice(0, 3), ['byte-order-mark 3', 'blank 1', 'ISA 000000001']);
    for (let at = 0; at <= 12; at++) assert.deepEqual(detail(readChunks(cutAt(file, [at, at + 1]))), whole);
  });

  it('knows EDIFACT by its UNA or UNB', () => {
    const lines = ['UNB 1', 'UNZ 1'];
    assert.deepEqual(outline(readAll(bytes(`UNA:+.? '${interchange}`))), lines);
    assert.deepEqual(outline(readAll(bytes(`\n${interchange}`))), ['blank 1', ...lines]);
  });

  it('reads letters beyond ASCII in the charset that was agreed, whatever the envelope says', () => {
    const x12 = isa({}, gs('SH', st('856', 'N1*ST*')));
    const edifact = unb({ syntax: 'UNOC:3' }, unh('1', 'NAD+ST+'));
    const polish = Buffer.from([0xa3, 0xf3, 0x64, 0xbc]);
    for (const [text, mark] of [
      [x12, 'N1*ST*'],
      [edifact, 'NAD+ST+'],
    ] as const) {
      const at = text.indexOf(mark) + mark.length;
      const file = Buffer.concat([bytes(text.slice(0, at)), polish, bytes(text.slice(at))]);
      const read = (charset?: 'iso-8859-2') =>
        readChunks([file], createReader(charset)).flatMap((item) =>
          item.kind === 'document' ? texts(item.document.segments).flat() : [],
        );
      assert.ok(read().includes('£ód¼'), read().join());
      assert.ok(read('iso-8859-2').includes('Łódź'), read('iso-8859-2').join());
    }
  });

  it('reads both in one file, whichever comes first and whatever is missing', () => {
    const x12 = isa({}, gs('SH', st('856')));
    const x12Lines = ['ISA 000000001', 'GS SH 1', '856 0001 (2)', 'GE 1', 'IEA 000000001'];
    const lines = ['UNB 1', 'UNZ 1'];
    const cutX12 = x12.slice(0, x12.indexOf('IEA'));
    const cutEdifact = interchange.slice(0, interchange.indexOf('UNZ'));
    for (const [text, expected] of [
      [`${x12}\n${interchange}`, [...x12Lines, 'blank 1', ...lines]],
      [`${interchange}${x12}UNA:+.? '${interchange}`, [...lines, ...x12Lines, ...lines]],
      [`${cutX12}${interchange}`, [...x12Lines.slice(0, -1), 'IEA missing', ...lines]],
      [`${cutEdifact}${x12}`, ['UNB 1', 'UNZ missing', ...x12Lines]],
      [`rubbish${interchange}rubbish${x12}`, ['garbage 7', ...lines, 'garbage 7', ...x12Lines]],
    ] as const) {
      const file = bytes(text);
      assert.deepEqual(outline(readAll(file)), expected);
      for (let at = 0; at <= file.length; at++) {
        assert.deepEqual(detail(readChunks(cutAt(file, [at]))), detail(readAll(file)), `cut at ${at}`);
      }
    }
  });

  it('accounts for every byte of damaged files of both, however they are cut', () => {
    const lines = isa({ segment: '\n' }, gs('SH', st('856'))).slice(0, -20);
    const files = [
      `${interchange}${isa({}, gs('SH', st('856', 'BIN*5*~*\n~~')))}UNA:+.? '${interchange}`,
      `${lines}UNA=*.? ~UNB*UNOA=3*S*R*240102=1530*1~UNH*1*ORDERS~${isa({ element: '+', segment: "'" }, gs('QM'))}`,
      `${interchange.replaceAll("'", '\r\n')}${isa({ padded: false })}${interchange.slice(0, -12)}${isa({})}`,
    ];
    const damage = fc.record({
      file: fc.constantFrom(...files),
      edits: fc.array(fc.tuple(fc.nat(400), fc.nat(8), fc.stringMatching(/^[+:'?*~\n\r UNABHZISEG1]{0,6}$/)), {
        maxLength: 5,
      }),
      cut: fc.nat(400),
    });
    fc.assert(
      fc.property(damage, ({ file: whole, edits, cut }) => {
        let text = whole;
        for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
        const damaged = bytes(text);
        const items = readAll(damaged);
        checkBytes(items, damaged.length);
        assert.deepEqual(detail(readChunks(cutAt(damaged, [cut % (damaged.length + 1)]))), detail(items));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes anything else for garbage', () => {
    assert.deepEqual(outline(readAll(bytes('<xml/>'))), ['garbage 6']);
    assert.deepEqual(outline(readAll(bytes('x'))), ['garbage 1']);
    assert.deepEqual(outline(readAll(bytes(' \n'))), ['blank 2']);
    assert.deepEqual(readAll(bytes('')), []);
  });

  it('reads a stream', async () => {
    const items: ReadItem[] = [];
    async function* chunks(): AsyncGenerator<Buffer> {
      yield* cutAt(file, [5, 50, 150]);
    }
    for await (const item of readStream(chunks())) items.push(item);
    assert.deepEqual(detail(items), detail(readAll(file)));
  });

  it('reads a document again as it was in its file, whatever looks longer or like a header in it', () => {
    for (const text of [
      // A length that goes beyond the document, so that no data is told by it.
      isa({}, gs('SH', st('856', 'BIN*40*abc', 'HL*1**S', 'REF*BM*1'), st('856', 'REF*BM*2'))),
      isa({}, gs('SH', st('856', 'BDS*ASB*60*abc', 'HL*1**S'), st('856', 'BIN*40*x', 'REF*BM*2'))),
      unb({}, unh('DESADV', 'FTX+AAI+++A TEXT THAT ENDS WITH UNB+UNOA:3+A+B', 'CPS+1'), unh('DESADV', 'CPS+2')),
      unb({}, unh('DESADV', 'FTX+AAI+++A TEXT OF MORE THAN 28 BYTES UNA:+.? ', 'CPS+1')),
      isa({}, gs('SH', st('856', `REF*${'X'.repeat(120)} ISA*00*`, 'HL*1**S'))),
    ]) {
      const whole = bytes(text);
      const documents = readAll(whole).flatMap((item) => (item.kind === 'document' ? [item.document] : []));
      assert.ok(documents.length > 0 && documents.every(({ complete }) => complete), text);
      for (const { start, end, segments } of documents) {
        const again = readDocument(whole.subarray(start, end), start, segments.delimiters);
        assert.deepEqual(texts(again), texts(segments));
      }
    }
  });

  it('reads a document again that was cut out by its bytes', () => {
    const items = readAll(file);
    const found = items.find((item) => item.kind === 'document');
    assert.ok(found?.kind === 'document');
    const { start, end, segments } = found.document;
    const again = readDocument(file.subarray(start, end), start, segments.delimiters);
    assert.deepEqual(texts(again), texts(segments));
    assert.equal(again.count, 4);
  });
});
