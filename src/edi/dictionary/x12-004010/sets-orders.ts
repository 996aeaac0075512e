/** What differs between releases in the sets of an order. Texts are lines of tables, none where the release has no such thing. */
export interface OrderRelease {
  /** Free text, at most so often. */
  text(max: string): string;
  /** What a note (N9) holds beside its text. */
  readonly noteAttachments: readonly string[];
  /** Names of a person, after the name of a party. */
  readonly personNames: readonly string[];
  /** Lead times before the lines of an order or its change: a segment where releases name it there, else a loop. */
  readonly leadTimes: readonly string[];
  readonly leadTimeLoop: readonly string[];
  /** Routes of an order as a whole, at most so often. */
  readonly routes: string;
  readonly sublineMeasurements: readonly string[];
  /** References of an amount of a line, at most so often. */
  readonly amountReferences: string;
  /** References of a schedule in a change. */
  readonly changedScheduleReferences: readonly string[];
}

/** 004010: free text is MSG. */
export const ORDERS_004010: OrderRelease = {
  text: (max) => `MSG O ${max}`,
  noteAttachments: [],
  personNames: [],
  leadTimes: ['LDT O 12'],
  leadTimeLoop: [],
  routes: '12',
  sublineMeasurements: [],
  amountReferences: '1',
  changedScheduleReferences: [],
};

/** A loop with what it holds, indented below its own line. */
function loop(head: string, ...content: readonly string[]): string {
  return [`loop ${head}`, ...content.map((line) => line.replaceAll(/^/gm, '  '))].join('\n');
}

const TRANSPORT = ['TD5 O 12', 'TD3 O 12', 'TD4 O 5'];
const CODES = loop('LM O >1', 'LQ M >1');
const COUNTED = loop('QTY O >1', 'SI O >1');
const DESCRIBED = loop('PID O 1000', 'MEA O 10');
const PACKED = loop('PKG O 200', 'MEA O >1');
const CHARGED = loop('SAC O 25', 'CUR O 1');

/** From the currency to the charges: all three sets begin so. */
const beginning = (cash: string): readonly string[] => [
  ...['CUR O 1', 'REF O >1', 'PER O 3', 'TAX O >1', 'FOB O >1', 'CTP O >1', 'PAM O 10', `CSH O ${cash}`],
];

/** From the terms to the transport. */
const terms = (often: string, leadTimes: readonly string[], packages: string, routes: string): readonly string[] => [
  ...[`ITD O ${often}`, 'DIS O 20', 'INC O 1', 'DTM O 10', ...leadTimes, 'LIN O 5', 'SI O >1', 'PID O 200', 'MEA O 40'],
  ...['PWK O 25', `PKG O ${packages}`, 'TD1 O 2', `TD5 O ${routes}`, 'TD3 O 12', 'TD4 O 5'],
];

const advertised = loop('ADV O >1', 'DTM O >1', 'MTX O >1');

/** Amounts, notes, parties and clauses before the lines of an order or its change. */
const orderParts = (release: OrderRelease): readonly string[] => [
  ...release.leadTimeLoop,
  loop('AMT O >1', 'REF O >1', 'DTM O 1', 'PCT O >1', loop('FA1 O >1', 'FA2 M >1')),
  loop('N9 O 1000', 'DTM O >1', release.text('1000'), ...release.noteAttachments),
  loop('N1 O 200', ...party(release, 'N4 O >1', '200')),
  CODES,
  loop(
    'SPI O >1',
    ...['REF O 5', 'DTM O 5', release.text('50')],
    loop('N1 O 20', 'N2 O 2', 'N3 O 2', 'N4 O 1', 'REF O 20', 'G61 O 1', release.text('50')),
    loop('CB1 O >1', 'REF O 20', 'DTM O 5', 'LDT O 1', release.text('50')),
  ),
  advertised,
];

const party = ({ personNames }: OrderRelease, place: string, packages: string): readonly string[] => [
  ...['N2 O 2', ...personNames, 'N3 O 2', place, 'NX2 O >1', 'REF O 12', 'PER O >1', 'SI O >1'],
  ...['FOB O 1', 'TD1 O 2', ...TRANSPORT, `PKG O ${packages}`],
];

const linePrices = ['TAX O >1', 'FOB O >1', 'SDQ O 500'];
const lineTerms = ['IT8 O 1', 'CSH O >1', 'ITD O 2', 'DIS O 20', 'INC O 1', ...linePrices];
const lineTransport = ['TD1 O 1', ...TRANSPORT];
const schedule = ['TD1 O 2', ...TRANSPORT];
const linePartyTransport = ['DTM O 1', 'FOB O 1', 'SCH O 200', 'TD1 O 2', ...TRANSPORT];

/** Lead times of a line between LS and LE, written as a loop of LS. */
const lineLeadTimes = (release: OrderRelease): string =>
  loop('LS O 1', loop('LDT M >1', 'QTY O >1', release.text('1'), 'REF O 3', CODES), 'LE M 1');

/** A party of a line of an order or its change. */
const lineParty = (release: OrderRelease): string =>
  loop(
    'N1 O 200',
    ...['N2 O 2', ...release.personNames, 'N3 O 2', 'N4 O 1', 'QTY O >1', 'NX2 O >1', 'REF O 12', 'PER O 3', 'SI O >1'],
    ...[...linePartyTransport, 'PKG O 200', loop('LDT O >1', 'MAN O 10', 'QTY O 5', release.text('1'), 'REF O 3')],
  );

const sublineNote = (release: OrderRelease): string => loop('N9 O >1', 'DTM O >1', release.text('>1'));

const sublineParty = ({ personNames }: OrderRelease): string =>
  loop('N1 O 10', ...['N2 O 2', ...personNames, 'N3 O 2', 'N4 O 1', 'NX2 O >1', 'REF O 12', 'PER O 3', 'SI O >1']);

/** What every subline begins with. */
const subline = (release: OrderRelease, prices: string): readonly string[] => [
  ...[release.text('>1'), 'SI O >1', 'PID O 1000', `PO3 O ${prices}`, ...release.sublineMeasurements],
];

const lineAmounts = ({ amountReferences }: OrderRelease): string =>
  loop('AMT O >1', `REF O ${amountReferences}`, 'PCT O >1');

const orderLine = (release: OrderRelease): string =>
  loop(
    'PO1 M 100000',
    ...['LIN O >1', 'SI O >1', 'CUR O 1', 'CN1 O 1', 'PO3 O 25', loop('CTP O >1', 'CUR O 1'), 'PAM O 10', 'MEA O 40'],
    ...[DESCRIBED, 'PWK O 25', 'PO4 O >1', 'REF O >1', 'PER O 3', loop('SAC O 25', 'CUR O 1', 'CTP O 1')],
    ...[...lineTerms, 'IT3 O 5', 'DTM O 10', 'TC2 O >1', ...lineTransport],
    ...['PCT O >1', 'MAN O 10', release.text('>1'), 'SPI O >1', 'TXI O >1', 'CTB O >1'],
    ...[COUNTED, loop('SCH O 200', ...schedule, 'REF O >1'), PACKED, lineLeadTimes(release)],
    loop('N9 O 1000', 'DTM O >1', 'MEA O 40', release.text('1000'), ...release.noteAttachments),
    lineParty(release),
    loop(
      'SLN O 1000',
      ...[...subline(release, '104'), 'TC2 O >1', 'ADV O >1', 'DTM O 10', 'CTP O 25', 'PAM O 10', 'PO4 O 1', 'TAX O 3'],
      ...[sublineNote(release), loop('SAC O 25', 'CUR O 1', 'CTP O 1'), COUNTED, sublineParty(release)],
    ),
    ...[lineAmounts(release), CODES],
  );

const changedLine = (release: OrderRelease): string =>
  loop(
    'POC O >1',
    ...['LIN O >1', 'SI O >1', 'CUR O 1', 'CN1 O 1', 'PO3 O 25', 'CTP O >1', 'PAM O 10', 'MEA O 40'],
    ...[DESCRIBED, 'PWK O 25', 'PKG O 200', 'PO4 O >1', 'REF O >1', 'PER O 3', CHARGED],
    ...[...lineTerms, 'DTM O 10', ...lineTransport],
    ...['MAN O 10', 'PCT O >1', 'TC2 O 2', 'CTB O >1', 'TXI O >1', 'SPI O >1', release.text('>1')],
    ...[COUNTED, loop('SCH O 200', ...schedule, ...release.changedScheduleReferences)],
    loop('N9 O 1000', 'DTM O >1', release.text('1000'), ...release.noteAttachments),
    ...[lineLeadTimes(release), lineParty(release)],
    loop(
      'SLN O 1000',
      ...[...subline(release, '104'), 'TC2 O 2', loop('SAC O 10', 'CUR O 1'), 'DTM O 10', 'CTP O 25', 'PAM O 10'],
      ...['PO4 O 1', 'TAX O 3', 'ADV O >1', COUNTED, sublineNote(release), sublineParty(release)],
    ),
    ...[lineAmounts(release), CODES],
  );

const answeredLine = (release: OrderRelease): string =>
  loop(
    'PO1 O 100000',
    ...['LIN O >1', 'SI O >1', 'CUR O 1', 'PO3 O 25', 'CTP O >1', 'PAM O 10', 'MEA O 40'],
    ...[DESCRIBED, 'PWK O 25', 'PO4 O >1', 'REF O >1', 'PER O 3', CHARGED, ...lineTerms],
    ...['DTM O 10', 'LDT O 12', ...lineTransport, loop('ACK O 104', 'DTM O 1')],
    ...['MAN O 10', 'AMT O 1', 'CTB O >1', 'TXI O >1', COUNTED, PACKED, loop('SCH O 200', ...schedule, 'REF O >1')],
    loop('N9 O 1000', 'DTM O >1', release.text('1000'), ...release.noteAttachments),
    loop(
      'N1 O 200',
      ...['N2 O 2', ...release.personNames, 'N3 O 2', 'N4 O 1', 'NX2 O >1', 'REF O 12', 'PER O 3', 'SI O >1'],
      ...[...linePartyTransport, 'QTY O >1', 'PKG O 25'],
    ),
    loop(
      'SLN O 1000',
      ...[...subline(release, '25'), 'CTP O 25', 'PAM O 10', 'ACK O 104', loop('SAC O 10', 'CUR O 1'), 'DTM O 10'],
      ...['PO4 O 1', 'TAX O 3', 'ADV O >1', COUNTED, sublineNote(release), sublineParty(release)],
    ),
  );

/**
 * An order, its answer and its change, in the notation of parse-tables.ts, as a release has them; LS and LE are written as a
 * loop of LS.
 */
export const orderSets = (release: OrderRelease): string =>
  [
    set('850 PO', [
      ...['BEG M 1', ...beginning('5'), 'TC2 O >1', CHARGED, ...terms('>1', release.leadTimes, '200', release.routes)],
      ...['MAN O 10', 'PCT O >1', 'CTB O 5', 'TXI O >1', ...orderParts(release), orderLine(release)],
      loop('CTT O 1', 'AMT O 1'),
    ]),
    set('855 PR', [
      ...['BAK M 1', ...beginning('1'), CHARGED, ...terms('5', ['LDT O 12'], '25', '12')],
      ...['MAN O 10', 'TXI O >1', 'CTB O >1'],
      loop('N9 O 1000', 'DTM O >1', release.text('1000'), ...release.noteAttachments),
      loop('N1 O 200', ...party(release, 'N4 O 1', '25'), release.text('>1')),
      ...[advertised, answeredLine(release), loop('CTT O 1', 'AMT O 1')],
    ]),
    set('860 PC', [
      ...['BCH M 1', ...beginning('5'), CHARGED, ...terms('5', release.leadTimes, '200', '12')],
      ...['CTB O >1', 'MAN O 10', 'G53 O >1', 'TXI O >1', 'PCT O >1', ...orderParts(release), changedLine(release)],
      loop('CTT O 1', 'AMT O 5'),
    ]),
  ].join('\n');

/** A set between its header and trailer. */
function set(name: string, content: readonly string[]): string {
  const lines = ['ST M 1', ...content, 'SE M 1'].map((line) => line.replaceAll(/^/gm, '  '));
  return `${[name, ...lines].join('\n')}\n`;
}
