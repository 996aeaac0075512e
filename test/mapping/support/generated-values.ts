import fc, { type Arbitrary } from 'fast-check';
import type { Domain } from '../../../src/mapping/writing/domain.ts';

/** Signs that some standard separates with, letters beyond English, beyond Latin, beyond 16 bits, and a blank that does not break. */
const SIGNS = [...' -./&\'"#*+:?~^,;<>|!\\%'];
const LETTERS = [...'éüßñøŁΩ木한\u0301\u00a0🚚'];
const CHARACTER = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...'ABCXYZabcxyz0123456789') },
  { weight: 5, arbitrary: fc.constantFrom(...SIGNS) },
  { weight: 2, arbitrary: fc.constantFrom(...LETTERS) },
);
const DIGIT = fc.constantFrom(...'0123456789');
/** Texts that are taken for something else where a reader guesses. */
const LOOKS_LIKE_MORE = ['0', '00', '007', '-0', '1e5', '0.50', '.5', '+7', 'null', 'true', 'NO', '~', '=1', '""'];
/** Texts longer than this show nothing new. */
const LONGEST_TEXT = 600;

const OFFSETS = ['+00:00', '-08:00', '-07:00', '-05:00', '+01:00', '+02:00', '+05:30', '-03:30', '+12:00', '+14:00'];
/** Ends of months, years and of what two digits of a year can say, days on which a clock is changed, and others. */
const DAYS = [
  ...['1970-01-02', '1999-12-31', '2000-02-29', '2024-02-29', '2026-01-01', '2026-12-04', '2069-12-30'],
  ...['2026-03-08', '2026-11-01', '2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2026-07-15'],
];
const TIMES = ['00:00:00', '00:30:00', '01:30:00', '01:59:59', '02:30:00', '12:00:00', '23:59:00', '23:59:59'];

/** Texts of an element: of every length it takes and of the least and the most, and with zeros in front. No blank at the ends. */
export function textOf({ min, max, digits }: Extract<Domain, { kind: 'text' }>): Arbitrary<string> {
  const unit = digits ? DIGIT : CHARACTER;
  const most = Math.max(min, Math.min(max, LONGEST_TEXT));
  const between = (from: number, to: number): Arbitrary<string> =>
    fc.string({ unit, minLength: Math.max(from, 1), maxLength: Math.max(from, to, 1) });
  const guessed = LOOKS_LIKE_MORE.filter(({ length }) => length >= min && length <= max && !digits);
  const zeros = between(Math.max(1, min), Math.min(most, 20)).map((text) => text.replace(/^.{1,3}/u, zerosFor));
  return fc
    .oneof(
      { weight: 14, arbitrary: between(min, Math.max(min, Math.min(most, 12))) },
      { weight: 2, arbitrary: between(min, Math.min(most, 80)) },
      { weight: 1, arbitrary: between(min, min) },
      { weight: most > 100 ? 1 : 3, arbitrary: between(most, most) },
      { weight: 2, arbitrary: zeros },
      ...(guessed.length === 0 ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...guessed) }]),
    )
    .filter((text) => text !== '' && text.trim() === text);
}

function zerosFor(start: string): string {
  return '0'.repeat([...start].length);
}

/** Numbers of an element: small ones, nought, less than nought, the most digits it takes, and fractions. */
export function numberOf({ digits, decimals, whole }: Extract<Domain, { kind: 'number' }>): Arbitrary<number> {
  const most = 10 ** digits - 1;
  const places = Math.min(digits - 1, 6);
  // Decimals that are implied take digits, whether the number has them or not.
  const fraction = whole ? fc.constant(0) : decimals > 0 ? fc.constant(decimals) : fc.nat(places);
  const units = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: Math.min(most, 10_000) }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: most }) },
    { weight: 1, arbitrary: fc.constantFrom(0, most) },
    { weight: 1, arbitrary: fc.integer({ min: -Math.min(most, 10_000), max: 0 }) },
  );
  return fc.tuple(units, fraction).map(([unit, shift]) => Number(`${unit}e-${shift}`) + 0);
}

/** Dates, and where there is room times with seconds and offsets, those included that a clock shows twice. */
export function momentOf({ times }: Extract<Domain, { kind: 'moment' }>): Arbitrary<string> {
  const anyDay = fc
    .date({ min: new Date('1971-01-01'), max: new Date('2068-12-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const day = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...DAYS) }, { weight: 1, arbitrary: anyDay });
  if (!times) return day;
  const two = (most: number): Arbitrary<string> => fc.nat(most).map((number) => String(number).padStart(2, '0'));
  const anyTime = fc.tuple(two(23), two(59), fc.oneof(fc.constant('00'), two(59))).map((parts) => parts.join(':'));
  const time = fc.oneof(fc.constantFrom(...TIMES), anyTime);
  const moment = fc
    .tuple(day, time, fc.constantFrom(...OFFSETS))
    .map(([date, clock, zone]) => `${date}T${clock}${zone}`);
  return fc.oneof({ weight: 1, arbitrary: day }, { weight: 2, arbitrary: moment });
}
