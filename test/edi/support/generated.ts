import fc from 'fast-check';
import type { Delimiters } from '../../../src/edi/delimiters.ts';
import {
  EDIFACT_DELIMITERS,
  type EdifactWriteOptions,
  type PlainEdifactInterchange,
} from '../../../src/edi/edifact/plain.ts';
import type { PlainElement, PlainSegment, PlainValue } from '../../../src/edi/plain-segment.ts';
import { type PlainInterchange, type WriteOptions, X12_DELIMITERS } from '../../../src/edi/x12/plain.ts';

const plainRecords = { noNullPrototype: true } as const;

/** Letters that no bytes of Windows-1252 beside each other make UTF-8 of, so that readers cannot mistake them. */
const values = (characters: string): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 });
const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });
const name = fc.stringMatching(/^[A-Z][A-Z0-9]{0,7}$/);
const date = fc.constantFrom('20240102', '20231231', '20000229');
const time = fc.constantFrom('0000', '1530', '2359');

function segments(
  tag: fc.Arbitrary<string>,
  value: fc.Arbitrary<string>,
  repeats: boolean,
): fc.Arbitrary<readonly PlainSegment[]> {
  const once: fc.Arbitrary<PlainValue> = fc.oneof(value, fc.array(value, { minLength: 2, maxLength: 3 }));
  const repeated = fc.record({ repetitions: fc.array(once, { minLength: 2, maxLength: 3 }) }, plainRecords);
  const element: fc.Arbitrary<PlainElement> = repeats ? fc.oneof(once, repeated) : once;
  return fc.array(
    fc.tuple(tag, fc.array(element, { maxLength: 5 })).map(([first, rest]): PlainSegment => [first, ...rest]),
    { maxLength: 5 },
  );
}

const X12_STYLES: readonly (readonly [Delimiters, WriteOptions['lineBreak']])[] = [
  [X12_DELIMITERS, ''],
  [X12_DELIMITERS, '\n'],
  [X12_DELIMITERS, '\r\n'],
  [{ element: 0x7c, component: 0x3e, repetition: 0x21, segment: 0x0a, release: null }, ''],
  [{ element: 0x1d, component: 0x1f, repetition: 0x1e, segment: 0x1c, release: null }, ''],
  [{ element: 0x2a, component: 0x3c, repetition: 0x5c, segment: 0x0d, release: null }, '\n'],
];

/** How a partner may write X12. */
export const x12Style: fc.Arbitrary<WriteOptions> = fc
  .tuple(fc.constantFrom(...X12_STYLES), fc.constantFrom('utf8' as const, 'windows-1252' as const), fc.boolean())
  .map(([[delimiters, lineBreak], encoding, keepTrailing]) => ({ delimiters, lineBreak, encoding, keepTrailing }));

/** X12 interchanges of every shape that `x12Style` can write: TA1, groups, sets, both forms of ISA11. */
export const generatedX12: fc.Arbitrary<PlainInterchange> = fc
  .constantFrom('00304', '00401', '00501')
  .chain((version) => {
    const party = fc.record({ qualifier: fc.constantFrom('ZZ', '01', '14'), id: name }, plainRecords);
    const body = segments(
      fc.constantFrom('BSN', 'REF', 'N1', 'LX', 'DTM', 'HL', 'W01'),
      values('AZ09 az.-/&@,#;+éß'),
      version === '00501',
    );
    const controlNumber = digits(4, 9);
    const set = fc.record({ type: fc.constantFrom('856', '214', '999'), controlNumber, segments: body }, plainRecords);
    const group = fc.record(
      {
        code: fc.constantFrom('SH', 'QM', 'FA'),
        sender: name,
        receiver: name,
        date,
        time,
        controlNumber: digits(1, 9),
        version: fc.constant(version === '00501' ? '005010X231A1' : `${version.slice(1)}0`.padStart(6, '0')),
        sets: fc.array(set, { maxLength: 3 }),
      },
      plainRecords,
    );
    return fc.record<PlainInterchange>(
      {
        version: fc.constant(version),
        sender: party,
        receiver: party,
        date,
        time,
        controlNumber: digits(1, 9),
        acknowledge: fc.constantFrom('0', '1'),
        usage: fc.constantFrom('P', 'T'),
        acknowledgments: fc.array(fc.constant<PlainSegment>(['TA1', '000000001', '240102', '1530', 'A', '000']), {
          maxLength: 2,
        }),
        groups: fc.array(group, { maxLength: 3 }),
      },
      plainRecords,
    );
  });

const EDIFACT_STYLES: readonly Delimiters[] = [
  EDIFACT_DELIMITERS,
  { element: 0x7c, component: 0x3e, repetition: 0x21, segment: 0x7e, release: 0x5c },
  { element: 0x1d, component: 0x1f, repetition: 0x1e, segment: 0x1c, release: 0x3f },
];

/** EDIFACT interchanges of syntax 1 to 4, with and without groups, and how a partner may write them. */
export const generatedEdifact: fc.Arbitrary<readonly [PlainEdifactInterchange, EdifactWriteOptions]> = fc
  .constantFrom('1', '2', '3', '4')
  .chain((version) => {
    const party = fc.oneof(name, fc.tuple(name, fc.constantFrom('14', 'ZZZ')));
    const body = segments(
      fc.constantFrom('BGM', 'RFF', 'NAD', 'LIN', 'UNS', 'ZZZ'),
      values("AB09 az.-/&@,#;+:?'*|>!\\=~éß"),
      version === '4',
    );
    const message = fc.record(
      { reference: digits(1, 14), identifier: fc.constant(['DESADV', 'D', '96A', 'UN']), segments: body },
      plainRecords,
    );
    const messages = fc.array(message, { maxLength: 3 });
    const group = fc.record(
      {
        code: fc.constant('DESADV'),
        sender: party,
        receiver: party,
        date: date.map((day) => (version === '4' ? day : day.slice(2))),
        time,
        reference: digits(1, 14),
        agency: fc.constant('UN'),
        version: fc.constant(['D', '96A']),
        messages,
      },
      plainRecords,
    );
    const inside = fc.oneof(
      fc.array(group, { minLength: 1, maxLength: 2 }).map((groups) => ({ groups, messages: [] })),
      messages.map((alone) => ({ groups: [], messages: alone })),
    );
    const header = fc.record(
      {
        sender: party,
        receiver: party,
        date,
        time,
        reference: digits(1, 14),
        application: fc.constantFrom('', 'DESADV'),
        acknowledge: fc.constantFrom('', '1'),
        test: fc.boolean(),
      },
      plainRecords,
    );
    const options = fc.record(
      {
        delimiters: fc.constantFrom(...EDIFACT_STYLES),
        lineBreak: fc.constantFrom('' as const, '\n' as const, '\r\n' as const),
        charset: fc.constantFrom('utf-8' as const, 'windows-1252' as const, 'iso-8859-1' as const),
        una: fc.constant(true),
        keepTrailing: fc.boolean(),
        decimal: fc.constantFrom('.' as const, ',' as const),
      },
      plainRecords,
    );
    return fc.tuple(
      fc.tuple(header, inside).map(
        ([head, content]): PlainEdifactInterchange => ({
          syntax: ['UNOC', version],
          ...head,
          ...content,
        }),
      ),
      options,
    );
  });
