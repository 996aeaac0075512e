import type { Random } from '../../util/random.ts';
import type { Domain } from '../writing/domain.ts';

type TextDomain = Extract<Domain, { kind: 'text' }>;
type NumberDomain = Extract<Domain, { kind: 'number' }>;
type MomentDomain = Extract<Domain, { kind: 'moment' }>;
type Words = readonly [string, ...string[]];

/** What fields of these names hold, as people write it. All of it is made up. */
const WORDS: Readonly<Record<string, Words>> = {
  name: [
    'Larkspur Outfitters',
    'Harbor Street Foods',
    'Orchard Lane Homeware',
    'Juniper Sporting Goods',
    'Tidewater Supply',
  ],
  additionalNames: ['Receiving', 'Dock 4', 'Store 12'],
  street: ['1200 Mill Road', '45 Harbor Street', '880 Industrial Way', '17 Orchard Lane'],
  city: ['Reno', 'Dallas', 'Columbus', 'Savannah', 'Rotterdam'],
  state: ['NV', 'TX', 'OH', 'GA'],
  postalCode: ['89502', '75207', '43215', '31401'],
  country: ['US', 'CA', 'NL'],
  contact: ['Dana Fields', 'Robin Weaver', 'Sam Okafor'],
  phone: ['775-555-0142', '214-555-0177', '614-555-0123'],
  fax: ['775-555-0143', '214-555-0178'],
  email: ['dock@larkspur.example', 'orders@harbor.example'],
  scac: ['DMCR', 'RDWK', 'HLTN'],
  routing: ['Demo Motor Carrier', 'Collect on delivery', 'Ridgeway Lines'],
  description: ['Work boots, brown', 'Wool socks', 'Canvas bag', 'Enamel mug'],
  colour: ['brown', 'navy', 'green'],
  size: ['41', 'M', 'XL'],
  brand: ['Larkspur', 'Tidewater'],
  text: ['Call before delivery', 'Use dock 4', 'Keep dry'],
  messages: ['Call before delivery', 'Use dock 4', 'Keep dry'],
  remarks: ['Call before delivery', 'Keep dry'],
  sku: ['BOOT-41', 'SOCK-M', 'MUG-07', 'BAG-22'],
  currency: ['USD', 'EUR', 'CAD'],
  gln: ['0614141000128', '4012345000009'],
  type: ['ZZ'],
  vessel: ['Blue Heron', 'Northern Tern'],
};

const DIGITS: Words = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const LONGEST_NUMBER = 8;

/** A text of a field, as long as its element takes. `owner` is the name of what is around the field. */
export function sampleText(name: string, owner: string, domain: TextDomain, random: Random): string {
  const { min, max } = domain;
  if (domain.digits || (min === max && max >= 8)) return digits(Math.max(min, Math.min(max, LONGEST_NUMBER)), random);
  const words = WORDS[name] ?? WORDS[owner];
  const text = words === undefined ? numbered(name, domain, random) : random.pick(words);
  const cut = text.slice(0, max).trim();
  return cut.padEnd(min, DIGITS[0]);
}

/** `PO-4711` for a purchaseOrder: its initials and a number, where there is room for both. */
function numbered(name: string, { max }: TextDomain, random: Random): string {
  const initials = name
    .replaceAll(/(?<=.)[a-z]/g, '')
    .slice(0, 3)
    .toUpperCase();
  const text = `${initials}-${digits(5, random)}`;
  return text.length <= max ? text : digits(max, random);
}

/** A number: amounts have decimals, quantities are whole. */
export function sampleNumber(name: string, domain: NumberDomain, random: Random): number {
  const decimals = domain.whole
    ? 0
    : /amount|price|rate|weight|value/i.test(name)
      ? Math.max(1, Math.min(domain.decimals || 2, 2))
      : 0;
  const room = Math.max(1, Math.min(domain.digits - decimals, 3));
  const most = 10 ** Math.min(room + decimals, 6) - 1;
  return (1 + random.below(most)) / 10 ** decimals;
}

/** A working day of December 2026, in five minutes' steps. */
export function sampleMoment({ times, zones }: MomentDomain, random: Random): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `2026-12-${two(1 + random.below(28))}`;
  if (!times) return day;
  return `${day}T${two(7 + random.below(11))}:${two(random.below(12) * 5)}:00${zones ? '-08:00' : '+00:00'}`;
}

function digits(length: number, random: Random): string {
  const first = String(1 + random.below(9));
  return first + Array.from({ length: length - 1 }, () => random.pick(DIGITS)).join('');
}
