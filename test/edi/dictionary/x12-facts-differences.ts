/**
 * Where other projects' facts differ from ours, and why ours stand. A line that ends in a colon stands for everything that
 * begins with it.
 */
export const DIFFERENCES: readonly { readonly because: string; readonly lines: readonly string[] }[] = [
  {
    because: 'The source models one partner’s subset, and puts loops beside the ones that hold them in guides.',
    lines: [
      '856 stupidedi: N1 loop is not in ours',
      '214 stupidedi: MS3 loop is not in ours',
      '940 stupidedi: W01 loop is not in ours',
      '945 stupidedi: W12 loop is not in ours',
    ],
  },
  {
    because:
      'The source is narrower or stricter than published guides, in which these are optional or repeat more often.',
    lines: [
      '940 stupidedi: NTE max 1, ours Infinity',
      '940 stupidedi: W66 M, ours O',
      '940 stupidedi: LX loop max 9999, ours Infinity',
      '940 stupidedi: W76 M, ours O',
      '945 stupidedi: N1/N3 max 1, ours 2',
      '945 stupidedi: LX loop max 9999, ours Infinity',
      '945 stupidedi: LX/MAN max 1, ours Infinity',
      '945 stupidedi: LX/MAN M, ours O',
      '945 stupidedi: W03 M, ours O',
      'W06 stupidedi: 02 M, ours O',
      'W06 stupidedi: 03 M, ours O',
      'N1 stupidedi: 02 O, ours X',
      'N1 stupidedi: 03 M, ours X',
      'N1 stupidedi: 04 M, ours X',
      'TD1 stupidedi: 01 M, ours O',
      'TD1 stupidedi: 02 M, ours X',
      'TD5 stupidedi: 02 M, ours X',
      'TD5 stupidedi: 03 M, ours X',
      'TD3 stupidedi: 01 M, ours X',
      'TD4 stupidedi: 01 M, ours X',
      'TD4 stupidedi: 02 M, ours O',
      'TD4 stupidedi: 03 M, ours X',
      'TD4 stupidedi: 04 M, ours X',
      'TD4 stupidedi: 05 M, ours O',
      'W76 stupidedi: C0603 is not in ours',
      'G62 stupidedi: ours has R0103',
    ],
  },
  {
    because: 'This table is no 856: it lists freight segments and lays the N1 loop flat.',
    lines: ['856 x12-types:'],
  },
  {
    because: 'The source nests what stands between LS and LE in other loops; ours keep it in a loop of LS.',
    lines: [
      '940 x12-types: LX/W01/LM/LS is not in ours',
      '940 x12-types: LX/W01/LM/LX loop is not in ours',
      '945 x12-types: LX/W12/LS is not in ours',
      '945 x12-types: LX/W12/LX loop is not in ours',
      '945 x12-types: LX/W12/LE is not in ours',
    ],
  },
  {
    because: 'A code list (LM) or accounting data (FA1) without its values says nothing; guides make them mandatory.',
    lines: [
      '940 x12-types: LM/LQ O, ours M',
      '940 x12-types: LX/W01/LM/LQ O, ours M',
      '945 x12-types: LM/LQ O, ours M',
      '945 x12-types: LX/W12/LM/LQ O, ours M',
      '945 x12-types: LX/W12/FA1/FA2 O, ours M',
    ],
  },
  {
    because: 'Both are a quantity R 1/15; guides of this release name the quantity ordered (330).',
    lines: ['W12 stupidedi: 02 380, ours 330', 'W76 stupidedi: 01 380, ours 330', 'W01 stupidedi: 01 380, ours 330'],
  },
  {
    because: 'The source carries elements 11 and 12 of a later release, and its notes with them.',
    lines: ['MEA stupidedi:'],
  },
  {
    because: 'Optional or relational makes no difference to what is accepted; the notes decide.',
    lines: [
      'MS3 stupidedi: 05 X, ours O',
      'CTT stupidedi: 07 X, ours O',
      'SN1 stupidedi: 07 X, ours O',
      'REF stupidedi: 03 O, ours X',
    ],
  },
  {
    because: 'ID and AN of an element without codes accept the same text.',
    lines: [
      '103 stupidedi: ID 3 5, ours AN 3 5',
      '140 stupidedi: AN 2 4, ours ID 2 4',
      '329 stupidedi: ID 4 9, ours AN 4 9',
      '368 stupidedi: AN 2 2, ours ID 2 2',
    ],
  },
  {
    because: 'A later release widened it, or the source is off; guides of this release say what ours say.',
    lines: [
      '209 stupidedi: ID 3 3, ours AN 1 4',
      '337 stupidedi: TM 4 4, ours TM 4 8',
      '347 stupidedi: AN 1 10, ours R 1 10',
      '356 stupidedi: R 1 6, ours N0 1 6',
      '447 stupidedi: ID 1 4, ours AN 1 6',
      '472 stupidedi: AN 6 6, ours N0 6 6',
      '719 stupidedi: N0 1 10, ours N0 1 6',
      '1035 stupidedi: AN 1 60, ours AN 1 35',
      '1036 stupidedi: AN 1 35, ours AN 1 25',
      '2 x12-types: N0 1 9, ours N0 1 6',
      '118 x12-types: R 1 15, ours R 1 9',
      '123 x12-types: N0 1 9, ours N0 1 6',
      '280 x12-types: R 1 15, ours R 4 10',
      '330 x12-types: R 1 10, ours R 1 15',
      '332 x12-types: R 1 9, ours R 1 6',
      '387 x12-types: N0 1 1, ours AN 1 35',
      '560 x12-types: AN 1 4, ours ID 2 10',
      '646 x12-types: R 1 10, ours R 1 9',
      '724 x12-types: ID 1 3, ours AN 1 99',
      '725 x12-types: AN 1 99, ours N0 1 4',
      '1270 x12-types: ID 2 2, ours ID 1 3',
      '1271 x12-types: ID 2 2, ours AN 1 30',
    ],
  },
  {
    because: 'The source contradicts itself.',
    lines: [
      ...['66', '80', '100', '103', '284', '324', '353', '610', '1250', '1251'].map((number) => `${number} x12-types:`),
    ],
  },
  {
    because: 'Element numbers of this source are filler here: runs of one number, shifted or invented columns.',
    lines: [
      ...['AK4', 'AT5', 'AT7', 'AT8', 'B10', 'BIN', 'BSN', 'CLD', 'CUR', 'ETD', 'Q7', 'QTY', 'R4', 'SAC', 'SDQ'],
      ...['SLN', 'SN1', 'TD3', 'TD5', 'V1', 'W09', 'REF'],
    ].map((tag) => `${tag} x12-types:`),
  },
];
