/** Forms that an element may be demanded to have. From the program and not from configuration, each linear in its text. */
export const PATTERNS = {
  digits: { form: /^[0-9]+$/, says: 'digits alone' },
  letters: { form: /^[A-Za-z]+$/, says: 'letters alone' },
  capitals: { form: /^[A-Z0-9]+$/, says: 'capital letters and digits' },
  gtin: {
    form: /^(?:[0-9]{8}|[0-9]{12,14})$/,
    says: '8, 12, 13 or 14 digits with the right check digit',
    checked: true,
  },
  gln: { form: /^[0-9]{13}$/, says: '13 digits with the right check digit', checked: true },
  sscc: {
    form: /^(?:00)?[0-9]{18}$/,
    says: '18 digits with the right check digit, with or without 00 before',
    checked: true,
  },
  scac: { form: /^[A-Z]{2,4}$/, says: 'two to four capital letters' },
  locode: { form: /^[A-Z]{2}[A-Z2-9]{3}$/, says: 'a UN/LOCODE of five characters' },
} as const satisfies Readonly<Record<string, Pattern>>;

interface Pattern {
  readonly form: RegExp;
  readonly says: string;
  /** The last digit is a GS1 check digit. */
  readonly checked?: true;
}

export type PatternName = keyof typeof PATTERNS;

export function isPattern(text: string): text is PatternName {
  return Object.hasOwn(PATTERNS, text);
}

/** True when the text has the form. */
export function hasPattern(text: string, name: PatternName): boolean {
  const pattern: Pattern = PATTERNS[name];
  return pattern.form.test(text) && (pattern.checked !== true || hasCheckDigit(text));
}

/** GS1: digits from the right weigh 3 and 1 in turn; the last one fills the sum up to a multiple of ten. */
function hasCheckDigit(text: string): boolean {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += Number(text[text.length - 1 - at]) * (at % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}
