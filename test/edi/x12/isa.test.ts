import assert from 'node:assert/strict';
import type { Delimiters } from '../../../src/edi/delimiters.ts';
import type { Interchange } from '../../../src/edi/envelope.ts';
import { createX12Reader } from '../../../src/edi/x12/reader.ts';
import { readChunks } from '../support/items.ts';
import { bytes, gs, type InterchangeOptions, isa, st } from '../support/x12.ts';

const group = gs('SH', st('856', 'BSN*00'));

/** The header of the first interchange of a file. */
function header(file: string): Interchange {
  for (const item of readChunks([bytes(file)], createX12Reader()))
    if (item.kind === 'interchange') return item.interchange;
  throw new Error('no interchange');
}

/** Element, component, repetition and terminator; a dot where there is none. */
function shown({ element, component, repetition, segment }: Delimiters): string {
  return [element, component, repetition, segment]
    .map((byte) => (byte === null ? '.' : String.fromCharCode(byte)))
    .join(' ');
}

const DELIMITERS: readonly (readonly [title: string, options: InterchangeOptions, expected: string])[] = [
  ['the usual ones', {}, '* : . ~'],
  ['a quote as component separator', { component: '"' }, '* " . ~'],
  ['bar, greater-than and exclamation mark', { element: '|', component: '>', segment: '!' }, '| > . !'],
  ['a line feed', { segment: '\n' }, '* : . \n'],
  ['a carriage return', { segment: '\r' }, '* : . \r'],
  ['both, which is a line feed', { segment: '\r\n' }, '* : . \n'],
  ['ISA11 before 00402, which is no separator', { repetition: '^', version: '00401' }, '* : . ~'],
  ['ISA11 from 00402 on', { repetition: '^', version: '00402' }, '* : ^ ~'],
  ['a letter in ISA11 of 00501', { repetition: 'U', version: '00501' }, '* : . ~'],
  ['a blank in ISA11 of 00501', { repetition: ' ', version: '00501' }, '* : . ~'],
  ['ISA11 that collides with ISA16', { repetition: ':', version: '00501' }, '* : . ~'],
  ['a blank in ISA16', { component: ' ' }, '* . . ~'],
  ['a letter in ISA16', { component: 'U' }, '* . . ~'],
];

describe('the delimiters of an ISA', () => {
  for (const [title, options, expected] of DELIMITERS) {
    it(`are ${title}`, () => {
      const regular = header(isa(options, group));
      assert.equal(shown(regular.delimiters), expected);
      assert.equal(regular.irregularHeader, false);
    });
    if (options.component !== ' ') {
      it(`are ${title}, in an ISA without padding`, () => {
        const unpadded = header(isa({ ...options, padded: false }, group));
        assert.equal(shown(unpadded.delimiters), expected);
        assert.equal(unpadded.irregularHeader, true);
      });
    }
  }

  const regular = isa({}, group);
  const lines = isa({ after: '\n' }, group);
  /** Headers that are not the fixed 106 bytes, with the sender they name and their delimiters. */
  const IRREGULAR: readonly (readonly [title: string, file: string, delimiters: string])[] = [
    ['a line break inside', regular.replace('*ZZ*RECEIVER', '\n*ZZ*RECEIVER'), '* : . ~'],
    ['ISA16 missing', regular.replace(':~', '~'), '* . . ~'],
    ['ISA16 missing before a line feed', lines.replace(':~', '~'), '* . . ~'],
    ['ISA16 missing before a line break', lines.replaceAll('\n', '\r\n').replace(':~', '~'), '* . . ~'],
    ['ISA16 missing in a TA1 interchange', isa({ after: '\n' }, 'TA1*1').replace(':~', '~').trimEnd(), '* . . ~'],
    ['one separator damaged', regular.replace('*00* ', '*00| '), '* : . ~'],
    ['four separators damaged', regular.replace('ISA*00*', 'ISA|00|').replace('*P*', '|P|'), '* : . ~'],
    ['an element too many', regular.replace(':~', ':*EXTRA~'), '* : . ~'],
    ['an element too many before a line feed', isa({ segment: '\n' }, group).replace(':\n', ':*EXTRA\n'), '* : . \n'],
    ['two blanks behind ISA16', regular.replace(':~', ':  ~'), '* : . ~'],
    ['no padding and a group that is missing', isa({ padded: false }, 'ST*856*1'), '* : . ~'],
    ['no padding and nothing behind', isa({ padded: false, trailer: false }), '* : . ~'],
    ['no padding and another ISA behind', isa({ padded: false, trailer: false }) + regular, '* : . ~'],
    ['a sender that ends with ISA', isa({ padded: false, sender: 'ACME-ISA' }, group), '* : . ~'],
  ];
  for (const [title, file, delimiters] of IRREGULAR) {
    it(`are found with ${title}`, () => {
      const irregular = header(file);
      assert.equal(shown(irregular.delimiters), delimiters);
      assert.equal(irregular.irregularHeader, true);
      assert.match(irregular.sender.id, /^(SENDER|ACME-ISA)$/);
      assert.equal(irregular.controlNumber, '000000001');
      assert.equal(irregular.header.text(0, 15), 'P');
    });
  }

  it('keep a component separator ~ where segments end with the line', () => {
    assert.equal(shown(header(isa({ component: '~', segment: '\n' }, group)).delimiters), '* ~ . \n');
    assert.equal(shown(header(isa({ component: '~', segment: '\r\n' }, group)).delimiters), '* ~ . \n');
  });
});

describe('the elements of an ISA', () => {
  it('are given without their padding', () => {
    const {
      header: segments,
      delimiters,
      ...rest
    } = header(
      isa(
        { sender: 'ACME', receiver: 'OUR CO', receiverQualifier: '02', controlNumber: '000000042', usage: 'T' },
        group,
      ),
    );
    assert.deepEqual(rest, {
      standard: 'x12',
      ordinal: 0,
      version: '00401',
      sender: { qualifier: 'ZZ', id: 'ACME' },
      receiver: { qualifier: '02', id: 'OUR CO' },
      controlNumber: '000000042',
      date: '240102',
      time: '1530',
      test: true,
      start: 0,
      irregularHeader: false,
    });
    assert.equal(segments.text(0, 6), 'ACME           ');
    assert.equal(segments.endOf(0), 106);
  });

  it('are told as far as they go when the header cannot be read', () => {
    const broken = header('ISA*00* *00* *ZZ*SENDER *ZZ*RECEIVER ~GS*SH');
    assert.deepEqual(broken.sender, { qualifier: 'ZZ', id: 'SENDER' });
    assert.equal(broken.controlNumber, '');
  });
});
