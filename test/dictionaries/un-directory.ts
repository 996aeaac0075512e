import { madeUp, RULE, TABLE } from '../edi/dictionary/untdid/made-up.ts';
import { makeZip } from '../support/zip.ts';

const segment = (tag: string) => [
  RULE,
  `       ${tag}  MADE UP`,
  '       Function: To tell something.',
  '010    C001 DETAILS                                    M    1',
  '020    1002 AMOUNT                                     C    2 n..6',
];

/** Lines of the tables of a made-up directory, by the names of their files. */
export const MADE_UP_TABLES: Readonly<Record<string, readonly string[]>> = {
  'EDMD.ZIP!MADEUP_D.99B': TABLE,
  'EDSD.ZIP!EDSD.99B': ['AAA', 'BBB', 'CCC'].flatMap(segment),
  'EDCD.ZIP!EDCD.99B': [
    RULE,
    '       C001 DETAILS',
    '010    1001  Kind                                      M      an..3',
    '020    3055  Agency                                    C      an..3',
  ],
  'EDED.ZIP!EDED.99B': [
    ...[RULE, '     1001  Kind                                     [B]', '     Repr: an..3'],
    ...[RULE, '     1002  Amount                                   [B]', '     Repr: n..6'],
    ...[RULE, '     3055  Agency                                   [B]', '     Repr: an..3'],
  ],
  'UNCL.ZIP!UNCL.99B': [RULE, '     1001  Kind', '     Repr: an..3', '     1     One', '', '     ZZZ   Other'],
};

/** The zip of a made-up directory; `change` replaces lines of a file, or takes the file away. */
export function madeUpZip(change: Readonly<Record<string, readonly string[] | null>> = {}): Buffer {
  const zips = new Map<string, Record<string, Buffer>>();
  for (const [path, lines] of Object.entries({ ...MADE_UP_TABLES, ...change })) {
    const [zip = '', name = ''] = path.split('!');
    const files = zips.get(zip) ?? {};
    zips.set(zip, files);
    if (lines !== null) files[name] = madeUp(name, lines).bytes;
  }
  return makeZip(Object.fromEntries([...zips].map(([zip, files]) => [`d99b/${zip}`, makeZip(files)])));
}
