/** A list of codes: those that we produce, and the others by the reason why we do not. */
interface CodeList {
  readonly title: string;
  readonly producible: readonly string[];
  readonly others: Readonly<Record<string, readonly string[]>>;
}

const SECURITY = 'Security segments (S1S, S2S, USH and their like) are not read.';
const GUIDE = 'It tells what an agreement expects beyond the standard; test/cli/validate-expect.test.ts shows it.';
const range = (from: number, to: number, digits = 0): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(digits, '0'));

const GROUP = ['1', '2', '3', '4', '5', '6', '19'];
const SET = ['1', '2', '3', '4', '5', '6', '7', '18', '19', '23'];
const SEGMENT = range(1, 8);
const ELEMENT = [...range(1, 10), '12', '13'];

/** The codes of each list as the standards have them, in the order of the acknowledgment's levels. */
export const CODE_LISTS: Readonly<Record<string, CodeList>> = {
  TA104: { title: 'the status of an interchange', producible: ['A', 'E', 'R'], others: {} },
  TA105: {
    title: 'the notes on an interchange',
    producible: range(0, 27, 3),
    others: { 'Deferred delivery is a service of networks.': range(28, 31, 3) },
  },
  AK901: {
    title: 'the status of a group',
    producible: ['A', 'E', 'P', 'R'],
    others: { [SECURITY]: ['M', 'W', 'X'] },
  },
  AK905: {
    title: 'the faults of a group',
    producible: GROUP,
    others: { [SECURITY]: [...range(10, 18), ...range(23, 26)] },
  },
  AK501: {
    title: 'the status of a set',
    producible: ['A', 'E', 'R'],
    others: { [SECURITY]: ['M', 'W', 'X'], 'It belongs to groups, and some send it all the same.': ['P'] },
  },
  AK502: {
    title: 'the faults of a set',
    producible: SET,
    others: { [SECURITY]: [...range(8, 17), ...range(24, 27)] },
  },
  AK304: {
    title: 'the faults of a segment',
    producible: SEGMENT,
    others: { 'It is a code of one vendor, for trailing separators.': ['511'] },
  },
  AK403: { title: 'the faults of an element', producible: ELEMENT, others: {} },
  IK502: {
    title: 'the faults of a set in a 999',
    producible: SET,
    others: { [SECURITY]: [...range(8, 17), ...range(24, 27)], [GUIDE]: ['I5', 'I6'] },
  },
  IK304: {
    title: 'the faults of a segment in a 999',
    producible: SEGMENT,
    others: { [GUIDE]: ['I4', 'I6', 'I7', 'I8', 'I9'] },
  },
  IK403: {
    title: 'the faults of an element in a 999',
    producible: ELEMENT,
    others: { [GUIDE]: ['I6', 'I9', 'I10', 'I11', 'I12', 'I13'] },
  },
  '0083': {
    title: 'the actions of CONTRL',
    producible: ['4', '7', '8'],
    others: { 'They were withdrawn.': ['1', '2', '3', '5', '6'] },
  },
  '0085': {
    title: 'the errors of CONTRL',
    producible: [
      ...['2', '7', '12', '13', '14', '15', '16', '18', '19', '20', '21', '22', '23', '26', '28', '29'],
      ...['30', '31', '32', '33', '34', '35', '36', '37', '38', '39', '40', '45', '46', '48'],
    ],
    others: {
      'A document without an agreement is delivered unread and not refused.': ['17'],
      'Checking knows no clock, and age is no fault of syntax.': ['24'],
      'Tests are kept apart from live traffic and not refused.': ['25'],
      [SECURITY]: ['27'],
      'Networks say it of their own service.': ['41', '42', '43'],
      'Interactive exchange and packages are not read, and what is read has no functions to refuse.': ['47'],
      'They are codes of one vendor.': range(70, 76),
    },
  },
};
