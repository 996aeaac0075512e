import type { Delimiters } from '../../../src/edi/delimiters.ts';
import type { ElementDefinition } from '../../../src/edi/dictionary/types.ts';
import type { Json } from '../../../src/events/types.ts';
import { CONVERSIONS } from '../../../src/mapping/conversions.ts';
import { shippedFiles } from './maps.ts';

const ANY: ElementDefinition = { number: '', type: 'AN', decimals: 0, min: 1, max: 80, codes: undefined };
/** The element of EDIFACT whose format stands behind it. */
const EDIFACT_MOMENT: ElementDefinition = { ...ANY, number: '2380' };

/** Codes with the meanings that any shipped code table gives them, and every meaning for what is not in a table. */
const MEANINGS: ReadonlyMap<string, readonly string[]> = meanings();
const OTHERWISE = MEANINGS.get('else') ?? [];

function meanings(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, text } of shippedFiles) {
    if (!path.startsWith('maps/codes/')) continue;
    for (const [, quoted, plain, meaning = ''] of text.matchAll(/^ +(?:"([^"]*)"|([^":\s][^":]*)): +(\S.*)$/gm)) {
      const code = quoted ?? plain ?? '';
      found.set(code, [...(found.get(code) ?? []), meaning.replace(/ *#.*$/, '')]);
    }
  }
  return found;
}

/** Everything the language can make of the bytes of a value; between its first element and its last there may be others. */
export function readingsOf(raw: string, delimiters: Delimiters): readonly (Json | undefined)[] {
  const texts = textsOf(raw, delimiters);
  const [first = '', ...others] = texts;
  const last = texts.at(-1) ?? '';
  const converted = Object.values(CONVERSIONS).flatMap(({ read }) => [read(texts, ANY), read([first, last], ANY)]);
  // A number whose sign another segment tells; a text over elements of EDIFACT; decimals that are implied; a time with a code between it and its date; a moment of EDIFACT.
  converted.push(CONVERSIONS.signed?.read([first, '1'], ANY));
  converted.push(CONVERSIONS.joined?.read(texts, { ...ANY, max: 35 }));
  for (const decimals of [1, 2, 3, 4]) converted.push(CONVERSIONS.number?.read(texts, { ...ANY, decimals }));
  converted.push(CONVERSIONS.datetime?.read([first, ...others.slice(1)], ANY));
  converted.push(CONVERSIONS.datetime?.read(texts, EDIFACT_MOMENT));
  const code = texts.filter((text) => text !== '').join(' ');
  return [code, ...converted, ...(MEANINGS.get(code) ?? []), ...OTHERWISE];
}

/** The elements and components of some bytes as text. */
function textsOf(raw: string, { element, component, release }: Delimiters): readonly string[] {
  const texts = [''];
  for (let at = 0; at < raw.length; at++) {
    const byte = raw.charCodeAt(at);
    const released = byte === release && at + 1 < raw.length;
    if (released) at++;
    if (!released && (byte === element || byte === component)) texts.push('');
    else texts.push(`${texts.pop() ?? ''}${raw.charAt(at)}`);
  }
  return texts.map((text) => text.trim());
}

/** What a JSON Pointer leads to. */
export function valueAt(data: Json | undefined, pointer: string): Json | undefined {
  let value = data;
  for (const name of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value;
}

/** Every leaf of some data, as a JSON Pointer. */
export function leaves(value: Json, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${at}/${name}`));
}
