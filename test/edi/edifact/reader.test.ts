import assert from 'node:assert/strict';
import { createEdifactReader } from '../../../src/edi/edifact/reader.ts';
import { una, unb, ung, unh } from '../support/edifact.ts';
import { checkBytes, outline, readChunks } from '../support/items.ts';
import { bytes } from '../support/x12.ts';

const message = unh('DESADV', 'BGM+351+DES1+9', 'CPS+1');
const plain = unb({}, message);
const usual = ['UNB 1', 'DESADV 1 (4)', 'UNZ 1'];
const second = ['UNB 2', 'DESADV 1 (4)', 'UNZ 2'];
const next = unb({ reference: '2' }, message);
const other = { element: '*', component: '=', segment: '~' };
const cutInside = plain.slice(0, plain.indexOf('CPS') + 4);
const cutLines = ['UNB 1', 'DESADV 1 (2) UNT missing', 'broken truncated 4', 'UNZ missing'];
const blank = (count: number): string => `blank ${count}`;

/** Text of a file and what is read from it. */
const CASES: readonly (readonly [title: string, file: string, expected: readonly string[]])[] = [
  ['no UNA', plain, usual],
  ['a UNA', una() + plain, usual],
  ['a line break behind the UNA', `${una()}\r\n${plain}`, usual],
  ['separators of its own', una(other) + unb(other, message), usual],
  ['a decimal comma', una({ decimal: ',' }) + plain, usual],
  ['a repetition separator', una({ repetition: '*' }) + unb({ syntax: 'UNOC:4' }, message), usual],
  ['no release character', una({ release: ' ' }) + unb({}, unh('DESADV', 'BGM+351+WHY?', 'CPS+1')), usual],
  ['a release character of its own', una({ release: '\\' }) + unb({}, unh('DESADV', "FTX+\\'UNZ+", 'CPS+1')), usual],
  ['control characters as separators', unb({ element: '\x1d', component: '\x1f', segment: '\x1c' }, message), usual],
  ['separators of its own without a UNA', unb(other, message), usual],
  ['a UNA that the UNB does not use', una(other) + plain, usual],
  ['a UNA with a character too few', `UNA:+.?'${plain}`, usual],
  ['line feeds behind terminators', unb({ after: '\n' }, message), [...usual, blank(1)]],
  ['line breaks behind terminators', unb({ after: '\r\n' }, message), [...usual, blank(2)]],
  ['blanks and line breaks behind terminators', unb({ after: ' \r\n\t ' }, message), [...usual, blank(5)]],
  ['lines in place of the terminator', unb({ segment: '\n' }, message), usual],
  ['lines of two bytes in place of the terminator', unb({ segment: '\r\n' }, message), usual],
  ['a UNA and lines in place of the terminator', `${una()}\n${unb({ segment: '\n' }, message)}`, usual],
  ['a UNA that declares a line feed', una({ segment: '\n' }) + unb({ segment: '\n' }, message), usual],
  ['a UNA that declares a carriage return', una({ segment: '\r' }) + unb({ segment: '\r' }, message), usual],
  ['a UNA that declares a line break', una({ segment: '\r\n' }) + unb({ segment: '\r\n' }, message), usual],
  ['no line break behind the last line', unb({ segment: '\n' }, message).trimEnd(), usual],
  ['a byte order mark', `\xef\xbb\xbf${una()}${plain}`, ['byte-order-mark 3', ...usual]],
  ['a line break before the UNA', `\r\n${una()}${plain}`, [blank(2), ...usual]],
  ['blanks behind the UNZ', `${plain} \r\n\x1a`, [...usual, blank(4)]],
  ['released separators', unb({}, unh('DESADV', "FTX+AAI+++A?+B?:C?'UNT?'?'UNZ", 'CPS+1')), usual],
  ['a released release character', unb({}, unh('DESADV', 'FTX+AAI+++WHY??', 'CPS+1??')), usual],
  ['three release characters', unb({}, unh('DESADV', "FTX+???'UNT+1+1", 'CPS+1')), usual],
  ['line breaks inside elements', unb({}, unh('DESADV', 'FTX+AAI+++A\r\nB', 'C\nPS+1')), usual],
  ['empty elements behind the UNB', unb({ rest: '+++++++' }, message), usual],
  ['a password and routing in the UNB', unb({ sender: 'S:14:SUB', rest: '+PASS:AA+DESADV' }, message), usual],
  ['a sender of released separators', unb({ sender: `${'?+'.repeat(25)}:14` }, message), usual],
  ['text as reference', unb({ reference: 'A?+0B' }, message), ['UNB A+0B', 'DESADV 1 (4)', 'UNZ A+0B']],
  ['two messages', unb({}, message, unh('ORDERS')), ['UNB 1', 'DESADV 1 (4)', 'ORDERS 2 (2)', 'UNZ 1']],
  [
    'groups',
    unb({}, ung('DESADV', message), ung({ code: 'ORDERS', reference: '007' }, unh('ORDERS'))),
    ['UNB 1', 'UNG DESADV 1', 'DESADV 1 (4)', 'UNE 1', 'UNG ORDERS 007', 'ORDERS 2 (2)', 'UNE 007', 'UNZ 1'],
  ],
  [
    'messages before and behind a group',
    unb({}, message, ung('ORDERS', unh('ORDERS')), unh('ORDERS')),
    ['UNB 1', 'DESADV 1 (4)', 'UNG ORDERS 1', 'ORDERS 2 (2)', 'UNE 1', 'ORDERS 3 (2)', 'UNZ 1'],
  ],
  ['no message', unb({}), ['UNB 1', 'UNZ 1']],
  ['two interchanges', plain + next, [...usual, ...second]],
  ['two interchanges, the second with a UNA', `${plain}\n${una()}${next}`, [...usual, blank(1), ...second]],
  [
    'two interchanges, each with its UNA',
    una() + plain + una(other) + unb({ ...other, reference: '2' }, message),
    [...usual, ...second],
  ],
  [
    'two interchanges, the first with separators of its own',
    una(other) + unb(other, message) + next,
    [...usual, ...second],
  ],
  ['garbage between', `${plain}-- page 2 --\n${next}`, [...usual, 'garbage 13', ...second]],
  ['garbage before', `Content-Type: x\n\nUNBOUND UNA ${plain}`, ['garbage 29', ...usual]],
  ['garbage alone', 'lorem ipsum', ['garbage 11']],
  ['nothing', '', []],
  ['X12, which is another reader’s', 'ISA*00*', ['garbage 7']],
  [
    'a missing UNT',
    unb({}, unh({ type: 'DESADV', trailer: false }, 'BGM+1'), message),
    ['UNB 1', 'DESADV 1 (2) UNT missing', 'DESADV 2 (4)', 'UNZ 1'],
  ],
  [
    'a missing UNT before the UNE',
    unb({}, ung('DESADV', unh({ type: 'DESADV', trailer: false }))),
    ['UNB 1', 'UNG DESADV 1', 'DESADV 1 (1) UNT missing', 'UNE 1', 'UNZ 1'],
  ],
  [
    'a missing UNE',
    unb({}, ung({ code: 'DESADV', trailer: false }, message)),
    ['UNB 1', 'UNG DESADV 1', 'DESADV 1 (4)', 'UNE missing', 'UNZ 1'],
  ],
  ['a missing UNZ', unb({ trailer: false }, message), [...usual.slice(0, 2), 'UNZ missing']],
  [
    'a missing UNZ before the next UNB',
    `${unb({ trailer: false }, message)}\n${next}`,
    [...usual.slice(0, 2), 'UNZ missing', blank(1), ...second],
  ],
  [
    'a missing UNZ before the next UNA',
    unb({ trailer: false }, message) + una() + next,
    [...usual.slice(0, 2), 'UNZ missing', ...second],
  ],
  ['a file cut inside a segment', cutInside, cutLines],
  ['a file cut inside a segment and another behind it', cutInside + next, [...cutLines, ...second]],
  ['a file cut inside a segment and another with a UNA behind it', cutInside + una() + next, [...cutLines, ...second]],
  [
    'a file cut inside a segment and another with other separators behind it',
    cutInside + una(other) + unb({ ...other, reference: '2' }, message),
    [...cutLines, ...second],
  ],
  [
    'a file cut behind a release character',
    `${cutInside}?`,
    [...cutLines.slice(0, 2), 'broken truncated 5', 'UNZ missing'],
  ],
  ['a file cut inside the UNA', 'UNA:+.', ['truncated 6']],
  ['a file cut inside the UNB', plain.slice(0, 30), ['truncated 30']],
  ['a UNB and no more', plain.slice(0, plain.indexOf('UNH')), ['UNB 1', 'UNZ missing']],
  ['a UNB that says nothing', `UNB+++++4'${next}`, ['UNB 4', 'UNZ missing', ...second]],
  ['a header that cannot be read', `UNA and nothing like it UNH+${next}`, ['garbage 28', ...second]],
  [
    'a UNA without a UNB',
    `UNA:+.? 'UNH+1+ORDERS:D:96A:UN'${next}`,
    ['UNB ', 'broken header-unreadable 31', 'UNZ missing', ...second],
  ],
  [
    'segments outside any message',
    unb({}, 'BGM+1', ung('DESADV', message), 'UNT+1+1', 'UNE+1+1'),
    ['UNB 1', 'stray BGM', 'UNG DESADV 1', 'DESADV 1 (4)', 'UNE 1', 'stray UNT', 'stray UNE', 'UNZ 1'],
  ],
  ['a UNA inside a message', unb({}, unh('DESADV', 'UNA:+.? ', 'CPS+1')), usual],
  ['a syntax identifier that does not exist', unb({ syntax: 'UNO@:3' }, message), usual],
  [
    'a UNZ that says nothing, on a line of two bytes',
    `${unb({ segment: '\r\n', trailer: false }, message)}UNZ\r\n${next}`,
    ['UNB 1', 'DESADV 1 (4)', 'UNZ ', ...second],
  ],
  [
    'segments that begin as a UNZ',
    unb({}, unh('DESADV', 'UNZX+1', 'UNZ:1'), 'UNZZ'),
    ['UNB 1', 'DESADV 1 (4)', 'stray UNZZ', 'UNZ 1'],
  ],
  ['counts that are wrong', unb({ count: 9 }, unh({ type: 'DESADV', count: 8 }, 'BGM+1', 'CPS+1')), usual],
  [
    'references that differ',
    unb({ trailerReference: '8' }, ung({ code: 'DESADV', trailerReference: '9' }, message)),
    ['UNB 1', 'UNG DESADV 1', 'DESADV 1 (4)', 'UNE 9', 'UNZ 8'],
  ],
];

describe('the EDIFACT reader', () => {
  for (const [title, file, expected] of CASES) {
    it(`reads ${title}`, () => {
      const whole = bytes(file);
      const items = readChunks([whole], createEdifactReader());
      assert.deepEqual(outline(items), expected);
      checkBytes(items, whole.length);
    });
  }
});
